"""JSON: one record a line, a list of records, or records one after another, however they were put together."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from framelens.errors import InputError
from framelens.inputs.encoding import decode
from framelens.inputs.fields import columns_of
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.records import record_to_article
from framelens.text import Article

__all__ = ["lines", "read_json"]

_CHUNK = 1_000_000
_LIST_GAP = re.compile(r"[ \t\r\n,]*")
_DEPTH = 3  # of objects around a list of records, as services answer


def lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None stands for one longer than ``limit`` bytes, which is skipped."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield None


def read_json(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of JSON Lines, of a list, of one object, or of values that follow each other.

    Where the values stand one a line, a broken line costs only itself; elsewhere what follows a syntax error cannot
    be told apart and is given up.
    """
    head = stream.peek(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"["):
        yield from _read_stream(name, _chunks(stream), options)
        return
    source = lines(stream, options.max_record_bytes)
    held: list[bytes | None] = []
    for line in source:
        held.append(line)
        if line is None or line.removeprefix(codecs.BOM_UTF8).strip():
            break
    if held and held[-1] is not None and not _is_whole(held[-1]):
        held += [following for following in (next(source, b""),) if following != b""]
        if held[-1] is not None and not held[-1].lstrip().startswith(b"{"):  # one object over many lines
            yield from _read_stream(name, chain(filter(None, held), _chunks(stream)), options)
            return
    yield from _read_lines(name, chain(held, source), options)


def _is_whole(line: bytes) -> bool:
    """Whether a line holds JSON values and nothing that would go on in the next line."""
    try:
        for _ in _line_values(line.decode("utf-8-sig", "surrogateescape")):
            pass
    except (ValueError, RecursionError):
        return not line.lstrip().startswith(b"{")
    return True


def _line_values(text: str) -> Iterator[object]:
    """The values of one line, of which there may be several."""
    decoder, at = json.JSONDecoder(), 0
    while (at := _end(_LIST_GAP, text, at)) < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _read_lines(name: str, source: Iterable[bytes | None], options: ReadOptions) -> Iterator[Article | Rejected]:
    for number, line in enumerate(source, 1):
        try:
            if line is None:
                raise InputError(f"is longer than {options.max_record_bytes:,} bytes")
            for index, value in enumerate(_line_values(decode(line)), 1):
                yield from _articles(value, f"{name}#{number}" + f".{index}" * (index > 1), number, options)
        except json.JSONDecodeError as error:
            yield Rejected(name, number, f"is not JSON: {error.msg} at character {error.pos}")
        except RecursionError:
            yield Rejected(name, number, "is not a record: its JSON nests too deeply")
        except (InputError, ValueError) as error:
            yield Rejected(name, number, str(error))


def _read_stream(name: str, chunks: Iterator[bytes], options: ReadOptions) -> Iterator[Article | Rejected]:
    for number, value in enumerate(_values(chunks, options.max_record_bytes), 1):
        yield from _articles(value, f"{name}#{number}", number, options)


def _articles(value: object, own: str, number: int, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of one value: a record, a list of them, or what a service answers with them in it."""
    name = own.rsplit("#", 1)[0]
    found = _inner(value, options)
    for index, record in enumerate(found, 1):
        try:
            if not isinstance(record, Mapping):
                raise InputError(f"is {type(record).__name__}, not a JSON object")
            yield record_to_article(record, own if len(found) == 1 else f"{own}.{index}", options)
        except (InputError, ValueError) as error:
            yield Rejected(name, number, str(error))


def _inner(value: object, options: ReadOptions, depth: int = 0) -> list[object]:
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        return value
    if not isinstance(value, Mapping) or depth == _DEPTH or "schema" in value:
        return [value]
    try:
        columns_of(value, options)
    except InputError:
        lists: list[object] = [
            item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], Mapping)
        ]
        answers = lists or [item for item in value.values() if isinstance(item, Mapping)]
        if len(answers) == 1:
            inner = _inner(answers[0], options, depth + 1)
            return [value] if inner == answers else inner
    return [value]


def _chunks(stream: io.BufferedReader) -> Iterator[bytes]:
    return iter(lambda: stream.read(_CHUNK), b"")


def _values(chunks: Iterator[bytes], limit: int) -> Iterator[object]:
    """The values of a JSON stream and those of its lists, holding little more than one of them in memory."""
    decoder = json.JSONDecoder()
    # A byte that is not UTF-8 travels as a surrogate, so that it costs its own record and no other.
    text = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    buffer, at, done, listed, want = "", 0, False, False, _CHUNK
    while True:
        if not done and len(buffer) - at < want:
            # A chunk more than is wanted, so that many small records do not each move the buffer.
            buffer, at = buffer[at:], 0
            while not done and len(buffer) < want + _CHUNK:
                chunk = next(chunks, b"")
                done = not chunk
                buffer += text.decode(chunk, final=done)
        at = _end(_LIST_GAP, buffer, at)
        if at == len(buffer):
            if done and listed:
                raise InputError("is not JSON: the list does not end")
            if done:
                return
            continue
        if (buffer[at] == "[" and not listed) or (buffer[at] == "]" and listed):
            listed, at = not listed, at + 1
            continue
        try:
            value, at = decoder.raw_decode(buffer, at)
        except (json.JSONDecodeError, RecursionError) as error:
            if want > limit:
                raise InputError(f"a record is longer than {limit:,} characters") from error
            if done:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else "it nests too deeply"
                raise InputError(f"is not JSON: {reason}: {buffer[at : at + 20]!r}") from error
            want = min(max(want, len(buffer) - at) * 2, limit + 1)
            continue
        yield value
        want = _CHUNK
