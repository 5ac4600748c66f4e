"""What a zip file holds: an Office document, or a folder of other inputs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import cast

from framelens.errors import InputError
from framelens.inputs.locate import Source, is_marker
from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.text import read_limited

__all__ = ["members", "office_kind", "seekable"]

_OFFICE: tuple[tuple[str, Format], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_FOREIGN = {
    "ppt/presentation.xml": "a presentation",
    "META-INF/container.xml": "an EPUB book",
    "content.xml": "an OpenDocument file; save it as .docx or .xlsx",
}


def seekable(stream: io.BufferedReader, options: ReadOptions) -> io.BufferedReader:
    """The stream, held in memory within ten records' room where it cannot be sought in."""
    if stream.seekable():
        return stream
    return io.BufferedReader(io.BytesIO(read_limited(stream, 10 * options.max_record_bytes)))


def _opened(stream: io.BufferedReader) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise InputError(f"is a broken zip archive: {error}") from error


def office_kind(stream: io.BufferedReader) -> Format | None:
    """Which Office document a zip file is; None for a plain one, and `InputError` for a kind that is not read."""
    names = set(_opened(stream).namelist())
    stream.seek(0)
    foreign = next((kind for name, kind in _FOREIGN.items() if name in names), None)
    if foreign is not None:
        raise InputError(f"is {foreign}")
    return next((form for name, form in _OFFICE if name in names), None)


def members(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Source | Rejected]:
    """The files in a zip file as sources of their own; one that expands beyond reason is refused."""
    archive = _opened(stream)
    for info in archive.infolist():
        path = PurePosixPath(info.filename)
        if info.is_dir() or is_marker(path) or path.name.startswith("."):
            continue
        inner = f"{name}/{info.filename}"
        if info.flag_bits & 1:
            yield Rejected(inner, None, "is encrypted")
        elif path.suffix.lower() == ".zip":
            yield Rejected(inner, None, "is a zip archive inside another; unpack it first")
        elif info.file_size > max(64_000_000, options.max_expansion * info.compress_size):
            yield Rejected(inner, None, f"expands to more than {options.max_expansion} times its size: a bomb?")
        else:
            yield Source(inner, partial(_member, archive, info))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> io.BufferedReader:
    return io.BufferedReader(cast("io.RawIOBase", archive.open(info)))
