"""JSON: one record a line, a list of records, or records one after another."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator

from framelens.errors import InputError
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.records import record_to_article
from framelens.inputs.text import decode
from framelens.text import Article

__all__ = ["lines", "read_json", "read_json_lines"]

_CHUNK = 1_000_000
_GAP = re.compile(r"[ \t\r\n]*")
_LIST_GAP = re.compile(r"[ \t\r\n,]*")


def lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None stands for one longer than ``limit`` bytes, which is skipped."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield None


def _article(value: object, name: str, number: int, options: ReadOptions) -> Article:
    if not isinstance(value, dict):
        raise InputError(f"is {type(value).__name__}, not a JSON object")
    return record_to_article(value, f"{name}#{number}", options)


def read_json_lines(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of a file with one JSON object a line; blank lines are passed over."""
    for number, line in enumerate(lines(stream, options.max_record_bytes), 1):
        try:
            if line is None:
                raise InputError(f"is longer than {options.max_record_bytes:,} bytes")
            text = decode(line)
            if text.strip():
                yield _article(json.loads(text), name, number, options)
        except json.JSONDecodeError as error:
            yield Rejected(name, number, f"is not JSON: {error.msg} at character {error.pos}")
        except RecursionError:
            yield Rejected(name, number, "is not a record: its JSON nests too deeply")
        except (InputError, ValueError) as error:
            yield Rejected(name, number, str(error))


def read_json(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of a JSON list, of one object, or of objects that follow each other, read as a stream.

    What follows a syntax error cannot be told apart and is given up; where the objects stand one a line, only
    that line is.
    """
    head = stream.peek(_CHUNK)[:_CHUNK].removeprefix(codecs.BOM_UTF8).lstrip()
    first = head.split(b"\n", 1)[0].rstrip()
    if head.startswith(b"{") and first.endswith(b"}"):
        yield from read_json_lines(name, stream, options)
        return
    for number, value in enumerate(_values(stream, options.max_record_bytes), 1):
        try:
            yield _article(value, name, number, options)
        except InputError as error:
            yield Rejected(name, number, str(error))


def _values(stream: io.BufferedReader, limit: int) -> Iterator[object]:
    """The values of a JSON stream, holding little more than one of them in memory."""
    decoder = json.JSONDecoder()
    text = codecs.getincrementaldecoder("utf-8-sig")()
    buffer, at, done, listed, want = "", 0, False, False, _CHUNK
    while True:
        if not done and len(buffer) - at < want:
            # A chunk more than is wanted, so that many small records do not each move the buffer.
            buffer, at = buffer[at:], 0
            while not done and len(buffer) < want + _CHUNK:
                chunk = stream.read(_CHUNK)
                done = not chunk
                buffer += text.decode(chunk, final=done)
        gap = (_LIST_GAP if listed else _GAP).match(buffer, at)
        at = gap.end() if gap else at
        if at == len(buffer):
            if done and listed:
                raise InputError("is not JSON: the list does not end")
            if done:
                return
            continue
        if buffer[at] == "[" and not listed:
            listed, at = True, at + 1
            continue
        if buffer[at] == "]" and listed:
            return
        try:
            value, at = decoder.raw_decode(buffer, at)
        except (json.JSONDecodeError, RecursionError) as error:
            if want > limit:
                raise InputError(f"a record is longer than {limit:,} characters") from error
            if done:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else "it nests too deeply"
                raise InputError(f"is not JSON: {reason}") from error
            want = min(max(want, len(buffer) - at) * 2, limit + 1)
            continue
        yield value
        want = _CHUNK
