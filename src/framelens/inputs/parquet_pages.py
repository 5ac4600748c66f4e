"""The sizes of a Parquet column's pages, from the pages' own headers.

The footer of a hostile file may claim any size, and pyarrow takes the memory that a page's header asks for: a file
of 3 kB took 11 GB. pyarrow shows no page headers, so that they are read here: https://parquet.apache.org/docs/.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from framelens.errors import InputError

if TYPE_CHECKING:
    import pyarrow.parquet as pq

__all__ = ["largest_page"]

_DICTIONARY = 2
_LARGEST = 10  # data pages may hold this many times what a record may
_RATIO = 20  # of unpacked to packed bytes, in a data page larger than a record may be; news text packs to a third
_MAX_DEPTH = 8
# Thrift's compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)


class _Page(NamedTuple):
    kind: int
    unpacked: int
    packed: int


def largest_page(stream: io.BufferedReader, chunk: pq.ColumnChunkMetaData, limit: int) -> int:
    """The unpacked size of a column chunk's largest page, which no value in it exceeds.

    Raises `InputError` where a page unpacks to more than records of at most ``limit`` bytes account for.
    """
    start, dictionary = chunk.data_page_offset, chunk.dictionary_page_offset
    if chunk.has_dictionary_page and dictionary and 0 < dictionary < start:
        start = dictionary
    at, end, largest = start, start + chunk.total_compressed_size, 0
    while at < end:
        stream.seek(at)
        page = _page_header(stream)
        most = limit
        if page.kind != _DICTIONARY and page.unpacked <= _RATIO * page.packed:
            most = _LARGEST * limit
        if page.unpacked > most:
            raise InputError(
                f"column {chunk.path_in_schema!r} has a page of {page.unpacked:,} bytes in {page.packed:,}, "
                "which is more than articles take: a decompression bomb?"
            )
        largest = max(largest, page.unpacked)
        at = stream.tell() + page.packed
    return largest


def _page_header(stream: io.BufferedReader) -> _Page:
    """Read one header and leave the stream behind it."""
    found: dict[int, int] = {}
    number = 0
    while head := _byte(stream):
        number = number + (head >> 4) if head >> 4 else _integer(stream)
        if head & 15 == _I32:
            found[number] = _integer(stream)
        else:
            _skip(stream, head & 15)
    try:
        page = _Page(found[1], found[2], found[3])
    except KeyError as error:
        raise InputError("has a broken page header") from error
    if page.unpacked < 0 or page.packed < 0:
        raise InputError("has a broken page header")
    return page


def _byte(stream: io.BufferedReader) -> int:
    data = stream.read(1)
    if not data:
        raise InputError("ends within a page header")
    return data[0]


def _varint(stream: io.BufferedReader) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = _byte(stream)
        value |= (byte & 127) << shift
        if byte < 128:
            return value
    raise InputError("has a broken page header")


def _integer(stream: io.BufferedReader) -> int:
    value = _varint(stream)
    return (value >> 1) ^ -(value & 1)


def _skip(stream: io.BufferedReader, kind: int, depth: int = 0) -> None:
    """Pass over one value."""
    if depth > _MAX_DEPTH or kind in {_SET, _MAP} or not _TRUE <= kind <= _STRUCT:
        raise InputError("has a broken page header")
    if kind in {_I16, _I32, _I64}:
        _varint(stream)
    elif kind in {_BYTE, _DOUBLE}:
        stream.seek(1 if kind == _BYTE else 8, io.SEEK_CUR)
    elif kind == _BINARY:
        stream.seek(_varint(stream), io.SEEK_CUR)
    elif kind == _LIST:
        head = _byte(stream)
        for _ in range(head >> 4 if head >> 4 < 15 else _varint(stream)):
            # A truth value is a byte of its own in a list alone.
            _skip(stream, _BYTE if head & 15 in {_TRUE, _FALSE} else head & 15, depth + 1)
    elif kind == _STRUCT:
        while head := _byte(stream):
            if not head >> 4:
                _varint(stream)
            _skip(stream, head & 15, depth + 1)
