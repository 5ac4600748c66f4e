"""Bytes to text: by what was said, by what the bytes declare, and else as UTF-8, strictly."""

from __future__ import annotations

import codecs
import io

from framelens.errors import InputError

__all__ = ["decode", "guess", "known_encoding", "to_utf8"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 16
_NO_TEXT = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
# Letters that English news has from Windows-1252: accents, curly quotes, dashes, currencies.
_WESTERN = frozenset("éèêëáàâäãåçíìîïñóòôöõøúùûüßæœÉÈÁÀÂÄÇÍÑÓÖØÚÜ“”‘’–—…•£€¢§°·©®™½¼«»¡¿\xa0")


def known_encoding(name: str) -> str | None:
    """Python's name of an encoding of text, or None where it knows none by this name."""
    try:
        found = codecs.lookup(name)
        b"".decode(name)
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    return None if found.name in _NO_TEXT else found.name


def _declared(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _unmarked(head: bytes) -> str | None:
    """UTF-16 that no mark declares, by the NULs between its letters."""
    for name, letters, nuls in (("utf-16-le", head[::2], head[1::2]), ("utf-16-be", head[1::2], head[::2])):
        if len(nuls) >= 8 and nuls.count(0) > 0.7 * len(nuls) and letters.count(0) < 0.1 * len(nuls):
            return name
    return None


def guess(data: bytes) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8, to be offered and not to be trusted."""
    western = data.decode("cp1252", "replace")
    beyond = [letter for letter in western if not letter.isascii()]
    if len(beyond) < 0.3 * len(western) and sum(letter in _WESTERN for letter in beyond) >= 0.9 * len(beyond):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_CHUNK]).best()
    return best.encoding if best else None


def decode(data: bytes) -> str:
    """UTF-8 as text, without its byte order mark and otherwise exactly as it stands."""
    nul = data.find(0)
    if nul >= 0:
        raise InputError(f"is binary, not text: NUL at byte {nul}; where it is UTF-16, say --encoding utf-16")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(codecs.BOM_UTF8) * data.startswith(codecs.BOM_UTF8)
        likely = guess(data)
        advice = f"; it looks like {likely}: --encoding {likely}" if likely else "; --encoding names another"
        raise InputError(f"is not UTF-8: byte 0x{data[offset]:02x} at offset {offset}{advice}") from error


def to_utf8(stream: io.BufferedReader, encoding: str | None) -> io.BufferedReader:
    """The stream, in UTF-8 where it is written, by ``encoding`` or its byte order mark, in another encoding."""
    head = stream.peek(64)[:64]
    name = encoding or _declared(head)
    if name is None and (likely := _unmarked(head)):
        raise InputError(f"is not UTF-8; it looks like {likely}: --encoding {likely}")
    if name is None or codecs.lookup(name).name == "utf-8":
        return stream
    return io.BufferedReader(_Recoded(stream, name), _CHUNK)


class _Recoded(io.RawIOBase):
    """A stream in UTF-8; a byte that its encoding does not know stays, and costs its own record."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
        self._rest = b""
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while not self._rest and not self._done:
            data = self._stream.read(_CHUNK)
            self._done = not data
            try:
                text = self._decoder.decode(data, final=self._done)
            except UnicodeDecodeError as error:
                raise InputError(f"is not {error.encoding}: {error.reason} at byte {error.start}") from error
            self._rest = text.removeprefix("\ufeff").encode("utf-8", "surrogateescape")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
