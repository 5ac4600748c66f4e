"""News pages from web archives (WARC), by fastwarc."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from framelens.errors import InputError, MissingExtraError
from framelens.inputs.html import decode_page, extract, page_bytes
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.unpack import unpack
from framelens.text import Article

__all__ = ["read_warc"]

_PAGES = {"text/html", "application/xhtml+xml"}
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_FEWEST_WORDS = 50  # a page with less text is an index, a stub or an error page


def read_warc(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles among an archive's successful HTML responses; other records are no pages and passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtraError("reading WARC", "warc", error) from None

    records = ArchiveIterator(_Stream(stream), record_types=WarcRecordType.any_type)
    number = converted = 0
    while (record := _next(records)) is not None:
        number += 1
        if record.record_type == WarcRecordType.response and record.is_http and _is_page(record):
            try:
                yield _page(record, f"{name}#{number}", options)
            except InputError as error:
                yield Rejected(name, number, str(error))
        converted += record.record_type == WarcRecordType.conversion
    if not number:
        raise InputError("holds no WARC records")
    if converted == number or (converted and converted >= number - 1):
        raise InputError("holds the text of whole pages (WET), navigation and all; read the WARC files instead")


class _Stream:
    """What fastwarc asks of a stream, which is more than an expanded one can do: it never really seeks."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._position += len(data)
        return data

    def close(self) -> None:
        """Leave the stream to whoever opened it."""

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if (offset, whence) not in {(0, io.SEEK_CUR), (self._position, io.SEEK_SET)}:
            raise InputError("cannot be read as a stream")
        return self._position


def _next(records: Iterator[Any]) -> Any:
    """The next record or None; fastwarc's panics, which are no `Exception`, become one."""
    try:
        return next(records, None)
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise InputError(f"is broken: {error}") from error
        raise


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    media_type = (record.http_content_type or "").lower()
    return headers is not None and headers.status_code == 200 and media_type in _PAGES


def _body(record: Any, options: ReadOptions) -> bytes:
    """A page's bytes, out of the transfer and content encodings that some archives keep as they were sent."""
    data = page_bytes(record.reader, options.max_page_bytes)
    if len(data) < record.content_length:
        raise InputError(f"ends after {len(data):,} of {record.content_length:,} bytes")
    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    data = _inflated(data, (record.http_headers.get("Content-Encoding") or "").lower(), options)
    try:
        return page_bytes(unpack(io.BufferedReader(io.BytesIO(data)), options.max_expansion), options.max_page_bytes)
    except (EOFError, OSError, zlib.error) as error:
        raise InputError(f"cannot be unpacked: {error}") from error


def _inflated(data: bytes, encoding: str, options: ReadOptions) -> bytes:
    """A body out of Brotli or deflate, which no first bytes show, within the limits of a page."""
    most = options.max_page_bytes + 1
    if encoding == "br":
        try:
            import brotli
        except ImportError as error:
            raise MissingExtraError("reading Brotli", "warc", error) from None
        try:
            found: bytes = brotli.Decompressor().process(data, output_buffer_limit=most)
        except brotli.error:
            return data  # some archives keep the header and not the encoding
        return found
    if encoding == "deflate":
        for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # with a head, as the standard says, and without, as many did
            try:
                return zlib.decompressobj(window).decompress(data, most)
            except zlib.error:
                continue
    return data


def _joined(data: bytes) -> bytes:
    """Chunks put together; data that is in no chunks, whatever its header says, as it stands."""
    parts: list[bytes] = []
    at = 0
    while (head := _CHUNK.match(data, at)) is not None:
        size = int(head[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(data[head.end() : head.end() + size])
        at = head.end() + size + 2
    return data


def _page(record: Any, name: str, options: ReadOptions) -> Article:
    data = _body(record, options)
    url = record.headers.get("WARC-Target-URI")
    return extract(decode_page(data, record.http_charset), record.record_id or name, options, url, _FEWEST_WORDS)
