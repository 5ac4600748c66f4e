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
from pathlib import Path

from framelens.errors import InputError
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.web import fetch

__all__ = ["STDIN", "Source", "is_address", "locate"]

STDIN = "-"

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of bytes to read, under the name that messages and default ids use."""

    name: str
    open: Callable[[], io.BufferedReader]
    media_type: str | None = None
    charset: str | None = None


def is_address(name: str) -> bool:
    """Whether an input is written as a URL, of whatever scheme."""
    return _ADDRESS.match(name) is not None


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, hidden ones apart, in an order that does not change between runs."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(at, name)


def _file(path: Path, *, found: bool = False) -> Source:
    def opened() -> io.BufferedReader:
        # A pipe that a search came upon would wait for ever; one that was named is meant.
        if found and not path.is_file():
            raise InputError("is not a regular file")
        return path.open("rb")

    return Source(str(path), opened)


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
    buffer = sys.stdin.buffer
    return buffer if isinstance(buffer, io.BufferedReader) else _held(buffer.read())


def locate(name: str, options: ReadOptions) -> Iterator[Source | Rejected]:
    """The sources that one INPUT names; a folder is read to its depth, a glob may hold ``**``."""
    if name == STDIN:
        yield Source("stdin", _stdin)
        return
    if is_address(name):
        yield _fetched(name, options)
        return
    path = Path(name)
    try:
        if path.is_dir():
            empty = True
            for file in _files(path):
                empty = False
                yield _file(file, found=True)
            if empty:
                yield Rejected(name, None, "is a folder without files")
        elif path.exists() or not glob.has_magic(name):
            yield _file(path)
        else:
            # Not Path.glob: that takes no absolute patterns.
            found = glob.iglob(name, recursive=True)  # noqa: PTH207
            matches = sorted(match for match in found if not Path(match).is_dir())
            yield from (_file(Path(match), found=True) for match in matches)
            if not matches:
                yield Rejected(name, None, "matches no file")
    except (OSError, ValueError) as error:  # a name too long for the system, or with a NUL
        yield Rejected(name, None, _plain(error))


def _plain(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
