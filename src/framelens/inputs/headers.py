"""What separates the cells of a table, and what its columns are called."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from framelens.errors import InputError
from framelens.inputs.fields import FIELD_NAMES, columns_of, plain_name
from framelens.inputs.json_lines import lines
from framelens.inputs.options import ReadOptions

__all__ = ["delimiter_named", "delimiter_of", "text_lines", "unique_names"]

_DELIMITERS = ",;\t|"
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)


def delimiter_named(name: str) -> str | None:
    """A delimiter by itself or by its name; None where it is none."""
    found = _NAMED.get(name.lower(), name)
    return found if len(found) == 1 and found not in '\r\n"' else None


def text_lines(stream: io.BufferedReader, limit: int) -> Iterator[str]:
    """The lines of a table, of which a Mac's may end in a carriage return alone."""
    head = stream.peek(1)
    returns = b"\r" in head and b"\n" not in head
    encoding = "utf-8-sig"
    for line in lines(stream, limit):
        if line is None:
            raise InputError(f"has a line longer than {limit:,} bytes")
        # A byte that is not UTF-8 travels as a surrogate, so that it costs its own row and no other.
        text = line.decode(encoding, "surrogateescape")
        encoding = "utf-8"
        yield from (part + "\n" for part in text.rstrip("\r\n").split("\r")) if returns else (text,)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def delimiter_of(first: str, kind: str, options: ReadOptions) -> tuple[str, bool]:
    """What separates the cells of a table, and whether its first line only says so."""
    said = _SEP_LINE.fullmatch(first)
    if options.delimiter is not None:
        return options.delimiter, said is not None
    if said is not None:
        return said[1], True

    def likelihood(delimiter: str) -> tuple[bool, int, bool]:
        cells = _cells(first, delimiter)
        try:
            columns_of([cell.strip() for cell in cells], options)
        except InputError:
            return False, len(cells), False
        return True, len(cells), delimiter == ("\t" if kind == "tsv" else ",")

    return max(_DELIMITERS, key=likelihood), False


def unique_names(header: Sequence[str], options: ReadOptions) -> list[str]:
    """The names of columns, those that occur twice with a number; `InputError` where it matters which is meant."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name}#{seen[name]}" if name and header.count(name) > 1 else name)
    alike: dict[str, list[str]] = {}
    for name, own in zip(header, names, strict=True):
        alike.setdefault(plain_name(name), []).append(own)
    for field, usual in FIELD_NAMES.items():
        double = next((columns for name, columns in alike.items() if len(columns) > 1 and name in usual), None)
        if double is not None and getattr(options, f"{field}_column", "") is None:
            raise InputError(
                f"has {len(double)} columns that may hold the {field}; name one: "
                f"--{field}-column {' or '.join(map(repr, double))}"
            )
    return names
