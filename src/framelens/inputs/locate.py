"""Where the inputs are: files, folders, globs, addresses and standard input."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from urllib.parse import unquote

from framelens.errors import InputError
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.web import fetch

__all__ = ["STDIN", "Source", "is_address", "is_marker", "is_once", "locate"]

STDIN = "-"

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# What Spark, Hive and Delta write beside their data.
_MARKERS = re.compile(r"_SUCCESS|_metadata|_common_metadata|_(?:committed|started)_\d+|.*\.crc", re.IGNORECASE)
_MARKER_FOLDERS = {"_temporary", "_delta_log", "__MACOSX"}
_PARTITION = re.compile(r"([\w .-]+)=(.+)")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of bytes to read, under the name that messages and default ids use.

    ``columns`` are those that a folder's name tells, as in ``outlet=Post/part-0.parquet``.
    """

    name: str
    open: Callable[[], io.BufferedReader]
    media_type: str | None = None
    charset: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def is_address(name: str) -> bool:
    """Whether an input is written as a URL, of whatever scheme."""
    return _ADDRESS.match(name) is not None


def is_once(name: str) -> bool:
    """Whether an input can be read only once, or may answer otherwise the second time: pipes and addresses."""
    if name == STDIN or is_address(name):
        return True
    path = Path(name)
    try:
        return path.exists() and not path.is_file() and not path.is_dir()
    except (OSError, ValueError):
        return False


def is_marker(path: PurePath) -> bool:
    """Whether a file is one of those that Spark and its like write beside their data."""
    return _MARKERS.fullmatch(path.name) is not None or not _MARKER_FOLDERS.isdisjoint(path.parts)


def _printable(path: str | Path) -> str:
    """A path as text that can be written anywhere: bytes that are not UTF-8 as their escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _files(folder: Path) -> Iterator[Path | Rejected]:
    """The files below a folder, hidden ones and markers apart, in an order that does not change between runs.

    Links are followed; a folder or file that was met before by another way is passed over.
    """
    refused: list[Rejected] = []
    seen: set[tuple[int, int]] = set()

    def new(path: Path) -> bool:
        try:
            status = path.stat()
        except OSError as error:
            refused.append(Rejected(_printable(path), None, _plain(error)))
            return False
        known = (status.st_dev, status.st_ino) in seen
        if not known and status.st_ino:  # 0 where a file system has no such numbers
            seen.add((status.st_dev, status.st_ino))
        return not known

    def unreadable(error: OSError) -> None:
        refused.append(Rejected(_printable(error.filename), None, _plain(error)))

    new(folder)
    for at, folders, files in os.walk(folder, onerror=unreadable, followlinks=True):
        shown = sorted(n for n in folders if not n.startswith(".") and n not in _MARKER_FOLDERS)
        folders[:] = [name for name in shown if new(Path(at, name))]
        yield from refused
        refused.clear()
        for name in sorted(files):
            # Two names of one file are two files; only a link may lead to what is met anyway.
            path = Path(at, name)
            if not name.startswith(".") and not _MARKERS.fullmatch(name) and (new(path) or not path.is_symlink()):
                yield path
        yield from refused
        refused.clear()
    yield from refused


def _partition(path: Path) -> tuple[tuple[str, str], ...]:
    found = (_PARTITION.fullmatch(part) for part in path.parts[:-1])
    pairs = ((match[1], unquote(match[2])) for match in found if match)
    return tuple((name, value) for name, value in pairs if value != _NO_VALUE)


def _file(path: Path, *, found: bool = False) -> Source:
    def opened() -> io.BufferedReader:
        # A pipe that a search came upon would wait for ever; one that was named is meant.
        if found and not path.is_file():
            raise InputError("is not a regular file")
        return path.open("rb")

    return Source(_printable(path), opened, columns=_partition(path))


def _fetched(url: str, options: ReadOptions) -> Source | Rejected:
    try:
        answer = fetch(url, options)
    except InputError as error:
        return Rejected(url, None, str(error))
    # `text/plain` is what servers say of any file they do not know.
    media_type = None if answer.media_type in {"text/plain", "application/octet-stream"} else answer.media_type
    return Source(answer.url, partial(_held, answer.data), media_type, answer.charset)


def _held(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data))


def _stdin() -> io.BufferedReader:
    if sys.stdin is None:
        raise InputError("is closed")
    buffer = sys.stdin.buffer
    return buffer if isinstance(buffer, io.BufferedReader) else _held(buffer.read())


def locate(name: str, options: ReadOptions) -> Iterator[Source | Rejected]:
    """The sources that one INPUT names; a folder is read to its depth, a glob may hold ``**``."""
    if name == STDIN:
        yield Source("stdin", _stdin)
        return
    if not name:
        yield Rejected("(nothing)", None, "is an empty name; an unset variable?")
        return
    if is_address(name):
        yield _fetched(name, options)
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _found(_printable(name), _files(path), "is a folder without files")
        elif path.exists() or not glob.has_magic(name):
            yield _file(path)
        else:
            yield from _found(_printable(name), _matches(name), "matches no file")
    except (OSError, ValueError) as error:  # a name too long for the system, or with a NUL
        yield Rejected(_printable(name), None, _plain(error))


def _found(name: str, paths: Iterator[Path | Rejected], without: str) -> Iterator[Source | Rejected]:
    empty = True
    for path in paths:
        empty = False
        yield path if isinstance(path, Rejected) else _file(path, found=True)
    if empty:
        yield Rejected(name, None, without)


def _matches(pattern: str) -> Iterator[Path]:
    """The files that match; one that several ways of links lead to comes once, by its shortest name."""
    # Not Path.glob: that takes no absolute patterns.
    found = glob.iglob(pattern, recursive=True)  # noqa: PTH207
    if "**" not in pattern:
        yield from (Path(match) for match in sorted(found) if not Path(match).is_dir())
        return
    seen: set[str] = set()
    for match in sorted(sorted(found), key=lambda match: match.count(os.sep)):
        real = os.path.realpath(match)
        if not Path(match).is_dir() and real not in seen and not _MARKERS.fullmatch(Path(match).name):
            seen.add(real)
            yield Path(match)


def _plain(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
