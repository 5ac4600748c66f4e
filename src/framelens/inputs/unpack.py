"""Compressed streams, opened without trusting what they claim to hold."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Iterator
from typing import BinaryIO, Protocol, cast

from framelens.errors import InputError, MissingExtraError

__all__ = ["unpack"]

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BZIP2 = b"BZh"
_XZ = b"\xfd7zXZ\x00"
# Below this no ratio is suspicious: it fits in memory.
_FREE_BYTES = 64_000_000
# One block of a hostile zstd file grows 30,000-fold, so little is fed at a time.
_ZSTD_CHUNK = 1024
_ZSTD_WINDOW = 2**27


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Counted(io.RawIOBase):
    """A stream that counts the bytes taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Expanded(io.RawIOBase):
    """An expanded stream that stops where it has grown beyond reason."""

    def __init__(self, stream: _Readable, packed: _Counted, ratio: int) -> None:
        self._stream = stream
        self._packed = packed
        self._ratio = ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._count += len(data)
        if self._count > max(_FREE_BYTES, self._ratio * self._packed.count):
            raise InputError(f"expands to more than {self._ratio} times its size: a decompression bomb?")
        buffer[: len(data)] = data
        return len(data)


class _Zstd:
    """Reads zstd frames; unlike the library's own reader, it notices a file that ends too early."""

    def __init__(self, packed: _Counted) -> None:
        self._chunks = _zstd_chunks(packed)
        self._rest = memoryview(b"")  # a view: slices of a large block must not copy it

    def read(self, size: int = -1, /) -> bytes:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = memoryview(chunk)
        data, self._rest = self._rest[:size], self._rest[size:]
        return bytes(data)


def _zstd_chunks(packed: _Counted) -> Iterator[bytes]:
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError("reading zstd", "zstd") from None

    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame = decompressor.decompressobj()
    data = packed.read(_ZSTD_CHUNK)
    while data:
        yield frame.decompress(data)
        data = frame.unused_data
        if frame.eof:
            data = data or packed.read(_ZSTD_CHUNK)
            if not data:
                return
            frame = decompressor.decompressobj()
        else:
            data = packed.read(_ZSTD_CHUNK)
    raise EOFError("the zstd stream ends too early")


def unpack(stream: io.BufferedReader, max_expansion: int) -> io.BufferedReader:
    """The stream itself, or what it holds where its first bytes say gzip, zstd, bzip2 or xz.

    Reading raises `InputError` where the content expands beyond ``max_expansion`` times its packed size.
    """
    head = stream.peek(6)
    packed = _Counted(stream)
    if head.startswith(_GZIP):
        return io.BufferedReader(_Expanded(gzip.GzipFile(fileobj=packed), packed, max_expansion), 65_536)
    if head.startswith(_BZIP2) and head[3:4].isdigit():
        return io.BufferedReader(_Expanded(bz2.BZ2File(packed), packed, max_expansion), 65_536)
    if head.startswith(_XZ):
        return io.BufferedReader(_Expanded(lzma.LZMAFile(cast("BinaryIO", packed)), packed, max_expansion), 65_536)
    if head.startswith(_ZSTD):
        return io.BufferedReader(_Expanded(_Zstd(packed), packed, max_expansion), 65_536)
    return stream
