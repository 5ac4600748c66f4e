"""Makes broken inputs out of good ones; `python tests/corruption.py FOLDER [COUNT]` fills a folder with them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

_PLACES = (
    "Harbour",
    "Mill Lane",
    "Orchard Row",
    "Stonebridge",
    "Weaver Street",
    "North Quay",
    "Fen End",
    "Cooper Hill",
)


def record(number: int) -> dict[str, str]:
    """A made-up article; no two have the same text."""
    place = _PLACES[number % len(_PLACES)]
    text = (
        f"Council votes on plan {number} for {place}\n\n"
        f"The town council voted on Tuesday to rebuild {place} after {number + 2} months of talks. "
        f"“We owe it to the residents,” the mayor said. Critics called the plan “a disgraceful giveaway”. "
        f"According to the treasurer, the work will cost {number + 3} million and take two years.\n\n"
        "The notorious contractor was not available for comment on Wednesday, and the café owners’ union "
        "said that it would wait for the full report before it decided whether to appeal.\n"
    )
    return {
        "id": f"a{number}",
        "title": f"Council votes on plan {number} for {place}",
        "outlet": f"The {place} Post",
        "url": f"https://example.org/{number}",
        "published": "2024-05-07",
        "text": text,
    }


def _jsonl(records: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def _separated(records: list[dict[str, str]], separator: str) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(records[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(records)
    return buffer.getvalue().encode()


def _parquet(records: list[dict[str, str]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), buffer)
    return buffer.getvalue()


def page(number: int) -> bytes:
    """A small news page around an article."""
    r = record(number)
    body = "".join(f"<p>{p}</p>" for p in r["text"].split("\n\n")[1:])
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{r['title']}</title></head><body><nav><a "
        f"href=/>Home</a> <a href=/news>News</a></nav><article><h1>{r['title']}</h1>{body}</article></body></html>"
    ).encode()


def _warc(numbers: list[int]) -> bytes:
    parts = []
    for number in numbers:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000-{number}>\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2024-05-07T08:00:00Z\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        parts.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(parts)


def good_files(numbers: list[int]) -> dict[str, bytes]:
    """The same articles in every format that is read."""
    records = [record(n) for n in numbers]
    lines = _jsonl(records)
    return {
        "one.txt": records[0]["text"].encode(),
        "lines.jsonl": lines,
        "lines.jsonl.gz": gzip.compress(lines),
        "lines.jsonl.zst": zstandard.compress(lines),
        "list.json": json.dumps(records, ensure_ascii=False, indent=1).encode(),
        "table.csv": _separated(records, ","),
        "table.tsv": _separated(records, "\t"),
        "table.parquet": _parquet(records),
        "page.html": page(numbers[0]),
        "pages.warc": _warc(numbers),
        "pages.warc.gz": gzip.compress(_warc(numbers)),
    }


def _insert(data: bytes, what: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + what + data[at:]


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 5, 50])):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut_out(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


_BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda data, rng: data[: rng.randrange(1, len(data))],
    lambda data, rng: data[rng.randrange(1, len(data)) :],
    _flip,
    _cut_out,
    lambda data, rng: _insert(data, b"\0" * 9, rng),
    lambda data, rng: _insert(data, b"\xe9\xff", rng),
    lambda data, rng: _insert(data, b'"', rng),
    lambda data, rng: _insert(data, b"\\ud800 \\u0000", rng),
    lambda data, rng: _insert(data, rng.randbytes(300), rng),
    lambda data, rng: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data, rng: data.decode("utf-8", "replace").encode("latin-1", "replace"),
    lambda data, rng: rng.randbytes(len(data)),
    lambda data, rng: data.replace(b"text", b"tixt"),
    lambda data, rng: data.replace(b'"', b""),
    lambda data, rng: b"{" * 5000 + data,
    lambda data, rng: b"[" * 200_000,
    lambda data, rng: data + b"trailing \x1f\x8b garbage",
    lambda data, rng: data.replace(b"\n", b"\r"),
    lambda data, rng: b"",
)


def broken_files(count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """``count`` broken inputs, each with a name: every way of breaking on every format in turn, then at random."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    good = list(good_files([900, 901, 902]).items())
    for number in range(count):
        name, data = good[number % len(good)]
        broken = _BREAKS[(number // len(good)) % len(_BREAKS)](data, rng)
        if name.endswith(".gz") and rng.random() < 0.5:
            broken = gzip.compress(_BREAKS[(number // len(good)) % len(_BREAKS)](gzip.decompress(data), rng))
        yield f"broken-{number:04}-{name}", broken


def bombs(pieces: int = 1000) -> Iterator[tuple[str, bytes]]:
    """Small files that expand to ``pieces`` megabytes, and one record of a fifth of that."""
    zeros = bytes(1_000_000)
    compressor = zstandard.ZstdCompressor().compressobj()
    yield "bomb.txt.zst", b"".join(compressor.compress(zeros) for _ in range(pieces)) + compressor.flush()
    for name, piece in (("bomb.txt.gz", zeros), ("bomb.jsonl.gz", b'{"text": "' + b"a" * 999_980 + b'"}\n')):
        buffer = io.BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=1) as file:
            for _ in range(pieces):
                file.write(piece)
        yield name, buffer.getvalue()
    yield "huge.jsonl", b'{"id": "huge", "text": "' + b"word " * (40_000 * pieces) + b'"}\n' + _jsonl([record(903)])


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    folder.mkdir(parents=True)
    for name, data in (*broken_files(count), *bombs()):
        (folder / name).write_bytes(data)
    for number in range(100):
        (folder / f"good-{number:03}.txt").write_text(record(number)["text"], "utf-8")


if __name__ == "__main__":
    main()
