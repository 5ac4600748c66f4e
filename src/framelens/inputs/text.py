"""Bytes to text, strictly."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from framelens.errors import InputError
from framelens.inputs.options import ReadOptions
from framelens.text import Article

__all__ = ["check_text", "decode", "read_limited", "read_text"]


def read_limited(stream: io.BufferedReader, limit: int) -> bytes:
    """All of a stream, or `InputError` where it is larger than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes")
    return data


def decode(data: bytes) -> str:
    """UTF-8 as text, without its byte order mark and otherwise exactly as it stands."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError("is UTF-16, not UTF-8; convert it first")
    nul = data.find(0)
    if nul >= 0:
        raise InputError(f"is binary, not text: NUL at byte {nul}")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(codecs.BOM_UTF8) * data.startswith(codecs.BOM_UTF8)
        raise InputError(f"is not UTF-8: byte 0x{data[offset]:02x} at offset {offset}") from error


def check_text(text: str, field: str) -> str:
    """The text, or `InputError` where it holds what no article holds: NULs or unpaired surrogates."""
    nul = text.find("\0")
    if nul >= 0:
        raise InputError(f"{field} holds a NUL at character {nul}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        if 0xDC80 <= code <= 0xDCFF:  # how `surrogateescape` carries a byte that is not UTF-8
            raise InputError(f"{field} is not UTF-8: byte 0x{code - 0xDC00:02x} at character {error.start}") from error
        raise InputError(f"{field} holds the unpaired surrogate U+{code:04X} at character {error.start}") from error
    return text


def read_text(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article]:
    """The one article of a text file."""
    yield Article(decode(read_limited(stream, options.max_record_bytes)), id=name)
