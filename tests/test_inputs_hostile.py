"""No input stops a run or takes the machine."""

from __future__ import annotations

import gzip
import json
import os
import time
import tracemalloc
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
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


@pytest.mark.parametrize("encoding", ["br", "deflate", "raw deflate"])
def test_archived_pages_may_be_packed_as_browsers_take_them(tmp_path: Path, encoding: str) -> None:
    """Brotli and deflate, with its head and without, are undone; a bomb in them costs only itself."""
    pytest.importorskip("fastwarc", reason="needs the extra warc")
    brotli = pytest.importorskip("brotli", reason="needs the extra warc")
    pack = {"br": brotli.compress, "deflate": zlib.compress, "raw deflate": lambda data: zlib.compress(data)[2:-4]}
    header = f"Content-Encoding: {encoding.removeprefix('raw ')}\r\n"
    bodies = (page(1), b"a " * 15_000_000, page(2))
    data = b"".join(_response(n, pack[encoding](body), header) for n, body in enumerate(bodies))
    first, bomb, last = read_articles([str(_put(tmp_path / "a.warc", data))])
    assert [a.title for a in (first, last) if isinstance(a, Article)] == [record(1)["title"], record(2)["title"]]
    assert isinstance(bomb, Rejected)


def test_text_of_whole_pages_is_refused(tmp_path: Path) -> None:
    """WET files hold navigation among their text, and are told from archives of pages."""
    pytest.importorskip("fastwarc", reason="needs the extra warc")
    text = record(1)["text"].encode()
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
    (item,) = read_articles([str(_put(tmp_path / "a.warc.wet", head.encode() + text + b"\r\n\r\n"))])
    assert isinstance(item, Rejected)
    assert "WET" in item.reason


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


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


def _shared_value(path: Path, size: int, rows: int) -> None:
    """A small Parquet file of which all rows share one value, kept in a dictionary."""
    column = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["a" * size]))
    options = {"dictionary_pagesize_limit": 2**30, "write_statistics": False, "store_schema": False}
    pq.write_table(pa.table({"text": column}), path, compression="brotli", **options)


def _read_in(path: Path, most: int) -> list[Article | Rejected]:
    """What is read, which pyarrow may take at most so many bytes for."""
    pool, before = pa.proxy_memory_pool(pa.default_memory_pool()), pa.default_memory_pool()
    pa.set_memory_pool(pool)
    try:
        items = list(read_articles([str(path)]))
    finally:
        pa.set_memory_pool(before)
    assert pool.max_memory() < most
    return items


def _varint(value: int, width: int = 0) -> bytes:
    """A number as Thrift writes it, padded to a width."""
    coded = [value * 2 >> shift & 127 for shift in range(0, 70, 7)]
    length = max(width, *(i + 1 for i, part in enumerate(coded) if part))
    return bytes(part | 128 * (i < length - 1) for i, part in enumerate(coded[:length]))


@pytest.mark.parametrize("column", ["plain", "dictionary", "forged"])
def test_a_parquet_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, column: str) -> None:
    """A page that unpacks to far more than text can is refused, also where the footer belies it."""
    path = tmp_path / "bomb.parquet"
    if column == "plain":
        pq.write_table(pa.table({"text": ["a" * 60_000_000]}), path, compression="brotli", use_dictionary=False)
    else:
        _shared_value(path, 60_000_000, 100)
    if column == "forged":
        size = pq.ParquetFile(path).metadata.row_group(0).total_byte_size
        path.write_bytes(path.read_bytes().replace(_varint(size), _varint(1000, len(_varint(size)))))
        assert pq.ParquetFile(path).metadata.row_group(0).column(0).total_uncompressed_size == 1000
    assert path.stat().st_size < 3000
    (only,) = _read_in(path, 5_000_000)
    assert isinstance(only, Rejected)
    assert "bomb" in only.reason


def test_a_parquet_value_that_rows_share_is_not_copied_for_all(tmp_path: Path) -> None:
    """Rows that share a large value are read one by one, until they are many times the file's size."""
    _shared_value(tmp_path / "a.parquet", 15_000_000, 1000)
    *read, last = _read_in(tmp_path / "a.parquet", 150_000_000)
    assert [len(item.text) for item in read if isinstance(item, Article)] == [15_000_000] * 4
    assert "expands to more than 200 times" in str(last)


@pytest.mark.parametrize(
    "options",
    [
        {"data_page_version": "2.0", "row_group_size": 7},
        {"use_dictionary": False, "column_encoding": {"text": "DELTA_LENGTH_BYTE_ARRAY"}, "compression": "gzip"},
        {"data_page_size": 100, "write_page_index": True, "write_batch_size": 2},
    ],
)
def test_pages_of_every_kind_are_read(tmp_path: Path, options: dict[str, object]) -> None:
    """Row groups, page versions, statistics and encodings make no difference to what is read."""
    records = [record(number) for number in range(40)]
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "a.parquet", **options)
    assert list(read_articles([str(tmp_path / "a.parquet")])) == [Article(**r) for r in records]


@pytest.mark.parametrize(
    ("filling", "reason"),
    [("A word or two. " * 400_000, "more than 5,000,000"), ("<br>word" * 60_000, "60,012 elements")],
)
def test_a_page_beyond_all_news_pages_is_refused_at_once(tmp_path: Path, filling: str, reason: str) -> None:
    """A page that would take minutes to parse is refused by name of the limit and of what raises it."""
    data = page(1).replace(b"</article>", filling.encode() + b"</article>")
    (tmp_path / "a.html").write_bytes(data)
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "html": data.decode()}))
    started = time.monotonic()
    for item in read_articles([str(tmp_path / "a.html"), str(tmp_path / "b.jsonl")]):
        assert isinstance(item, Rejected)
        assert reason in item.reason
        assert "--max-page-bytes" in item.reason
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("attribute", [' a{}="1"', " a{}", "/a{}", "a{}=''"])
def test_an_element_of_very_many_attributes_is_refused_at_once(tmp_path: Path, attribute: str) -> None:
    """Attributes are looked for in one another, so fifty thousand of them would take half a minute."""
    many = "".join(attribute.format(number) for number in range(50_000))
    (tmp_path / "a.html").write_bytes(page(1).replace(b"</article>", f"<p {many}>word</p></article>".encode()))
    started = time.monotonic()
    [item] = read_articles([str(tmp_path / "a.html")])
    assert isinstance(item, Rejected)
    assert "2,000 attributes" in item.reason
    assert time.monotonic() - started < 2


def test_the_limit_of_pages_can_be_moved(tmp_path: Path) -> None:
    """A caller may allow larger pages, or fewer; the limit on elements rises with that on bytes."""
    small, many = page(1), page(1).replace(b"</article>", b"<i>x</i>" * 20_000 + b"</article>")
    for name, data in (("small.html", small), ("many.html", many)):
        (tmp_path / name).write_bytes(data)

    def read(name: str, limit: int) -> bool:
        (item,) = read_articles([str(tmp_path / name)], ReadOptions(max_page_bytes=limit))
        return isinstance(item, Article)

    assert read("small.html", len(small))
    assert not read("small.html", len(small) - 1)
    assert not read("many.html", 5_000_000)
    assert read("many.html", 6_000_000)
