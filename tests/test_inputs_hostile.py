"""No input stops a run or takes the machine."""

from __future__ import annotations

import gzip
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from corruption import bombs, broken_files, page, record

from framelens import Article
from framelens.inputs import ReadOptions, Rejected, read_articles
from framelens.inputs.html import decode_page
from framelens.inputs.sniff import sniff

#: CI takes a sample; `FRAMELENS_BROKEN_INPUTS=1000` is the whole.
COUNT = int(os.environ.get("FRAMELENS_BROKEN_INPUTS", "220"))


def test_broken_inputs_are_read_or_refused_with_a_reason(tmp_path: Path) -> None:
    """Each broken input gives an article or a reason, and the good ones between them are all read."""
    names = []
    for number, (name, data) in enumerate(broken_files(COUNT)):
        (tmp_path / name).write_bytes(data)
        (tmp_path / f"good-{number}.txt").write_text(record(number)["text"], "utf-8")
        names += [str(tmp_path / name), str(tmp_path / f"good-{number}.txt")]
    for number, name in enumerate(names):
        items = list(read_articles([name]))
        assert items, name
        assert all(item.reason for item in items if isinstance(item, Rejected))
        if number % 2:
            assert items == [Article(record(number // 2)["text"], id=name)]


@pytest.mark.parametrize("name", ["bomb.txt.zst", "bomb.txt.gz", "bomb.jsonl.gz", "huge.jsonl"])
def test_bombs_are_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    """What expands without end, or is one record without end, is refused before it fills the memory."""
    (tmp_path / name).write_bytes(next(data for bomb, data in bombs(100) if bomb == name))
    tracemalloc.start()
    last = refused = None
    for item in read_articles([str(tmp_path / name)], ReadOptions(max_record_bytes=5_000_000)):
        last = item
        refused = item if isinstance(item, Rejected) else refused
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused is not None
    assert peak < 80_000_000
    assert name != "huge.jsonl" or last == Article(**record(903))


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_truncated_stream_gives_what_it_holds_and_says_that_it_ends(tmp_path: Path, suffix: str) -> None:
    """Records before the cut are read, and the cut is reported."""
    from corruption import good_files

    data = good_files(list(range(2000)))[f"lines.jsonl.{suffix}"]
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(data[: len(data) * 2 // 3])
    *before, last = read_articles([str(tmp_path / f"a.jsonl.{suffix}")])
    assert len(before) > 100
    assert isinstance(last, Rejected)
    assert "end" in last.reason


def test_many_comments_are_sniffed_at_once() -> None:
    """Sniffing takes time that grows with the length of what is read, not with the ways of dividing it."""
    started = time.monotonic()
    assert sniff("story", None, b"<!---->" * 500 + b"x") == "text"
    assert sniff("story", None, b"<!-- a --> " * 300 + b"<html>") == "html"
    assert time.monotonic() - started < 1


def test_a_page_in_a_codec_of_pythons_own_is_read_otherwise() -> None:
    """Punycode would take minutes for a large page."""
    data = b'<meta charset="punycode">' + b"a" * 300_000 + b"\xe9-" + b"99b" * 100_000
    started = time.monotonic()
    assert decode_page(data).startswith("<meta")
    assert time.monotonic() - started < 5


def test_archived_pages_are_read_out_of_their_encodings(tmp_path: Path) -> None:
    """Chunked and packed pages are read; a bomb, and a page that is cut off, cost only themselves."""
    pytest.importorskip("fastwarc", reason="needs the extra warc")
    packed, chunked = "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n"
    records = [
        _response(1, gzip.compress(page(1)), packed),
        _response(2, _chunks(page(2)), chunked),
        _response(3, _chunks(gzip.compress(page(3))), packed + chunked),
        _response(4, gzip.compress(b"a " * 15_000_000), packed),
        _response(5, gzip.compress(page(5))[:150], packed),
        _response(6, page(6), packed),
    ]
    (tmp_path / "pages.warc").write_bytes(b"".join(records))
    items = list(read_articles([str(tmp_path / "pages.warc")]))
    assert [isinstance(item, Rejected) for item in items] == [False, False, False, True, True, False]
    assert [item.title for item in items if isinstance(item, Article)] == [record(n)["title"] for n in (1, 2, 3, 6)]


def _chunks(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p := data[i : i + 300]), p) for i in range(0, len(data), 300)) + b"0\r\n\r\n"


def _response(number: int, body: bytes, headers: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        "Content-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_parquet_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """A column that unpacks to far more than text can is refused by what the file says of itself."""
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "bomb.parquet"
    pq.write_table(pa.table({"text": ["a" * 1_000_000]}), path, compression="zstd", use_dictionary=False)
    (only,) = read_articles([str(path)], ReadOptions(max_record_bytes=10_000))
    assert isinstance(only, Rejected)
    assert "bomb" in only.reason
