"""Rows of separated values; one whose quotation marks are broken is refused, and none is made of its pieces."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from framelens.errors import InputError
from framelens.inputs.dates import read_date
from framelens.inputs.fields import FIELD_NAMES, is_absent, plain_name

__all__ = ["Rows", "records"]

_AHEAD = 1000  # lines in which a broken cell may end


class Rows:
    """The rows of a table: lists of cells, and the reason where a row is broken."""

    def __init__(self, source: Iterator[str], delimiter: str, limit: int) -> None:
        self._source = source
        self._delimiter = delimiter
        self._limit = limit
        self._ahead: deque[str] = deque()
        self._taken: list[str] = []
        self._line = 0
        self._solid: set[int] | None = None
        self.header: list[str] = []

    def _feed(self) -> Iterator[str]:
        while self._ahead or self._look(1):
            line = self._ahead.popleft()
            self._taken.append(line)
            yield line

    def _look(self, count: int) -> int:
        """Have so many lines ready, where there are as many."""
        self._ahead.extend(islice(self._source, max(0, count - len(self._ahead))))
        return len(self._ahead)

    def _parse(self) -> list[str] | None:
        # The limit is the csv module's only global; it is widened for one row and put back.
        before = csv.field_size_limit(self._limit)
        self._taken = []
        try:
            return next(csv.reader(self._feed(), delimiter=self._delimiter, strict=True), None)
        finally:
            csv.field_size_limit(before)

    def read_header(self) -> list[str]:
        """The first row; raises `InputError` where there is none."""
        try:
            row = self._parse()
        except csv.Error as error:
            raise InputError(f"has no readable header: {error}") from error
        if row is None:
            raise InputError("holds no text")
        self._line += len(self._taken)
        return row

    def __iter__(self) -> Iterator[list[str] | str]:
        while True:
            try:
                row: list[str] | str | None = self._parse()
                if self._delimiter == "\t" and row is not None:
                    row = self._unquoted() or row
            except csv.Error as error:
                row = (self._unquoted() if self._delimiter == "\t" else None) or self._refused(error)
            if row is None:
                return
            self._line += len(self._taken)
            if isinstance(row, list) and len(row) == len(self.header):
                self._remember(row)
            if row:
                yield row

    def _unquoted(self) -> list[str] | None:
        """The cells of a tab-separated line in which a quotation mark is a letter like any other, where it must be."""
        first, *others = self._taken
        tabs = len(self.header) - 1
        cells = first.rstrip("\r\n").split("\t")
        # One that holds a whole cell together, over lines that are no rows, is a mark.
        is_row = others and any(line.count("\t") == tabs for line in others)
        broken = not others and len(_cells_strictly(first)) != len(cells)
        if tabs and len(cells) == tabs + 1 and (is_row or broken):
            self._ahead.extendleft(reversed(others))
            self._taken = [first]
            return cells
        return None

    def _remember(self, row: Sequence[str]) -> None:
        """Keep in mind which columns never held a space: a line that has one there is a piece of prose."""
        now = {index for index, cell in enumerate(row) if cell and not any(c.isspace() for c in cell)}
        self._solid = now if self._solid is None else self._solid & now

    def _refused(self, error: csv.Error) -> str:
        """Pass over a broken row to where the next begins, and say why."""
        begin = self._line + 1
        self._ahead.extendleft(reversed(self._taken))
        self._look(_AHEAD)
        passed = self._end_of_broken() or self._next_row()
        self._taken = [self._ahead.popleft() for _ in range(passed)]
        where = f"line {begin}" if passed == 1 else f"lines {begin} to {begin + passed - 1}"
        return f"is broken at {where}, left out: {error}"

    def _end_of_broken(self) -> int:
        """How many lines a row takes if a quotation mark inside a cell is one of its letters; 0 where it never ends."""
        cells, within = 1, False
        for number, line in enumerate(islice(self._ahead, _AHEAD), 1):
            more, within = _scan(line, self._delimiter, within=within)
            cells += more
            if not within:
                return number if cells == len(self.header) else 0
        return 0

    def _next_row(self) -> int:
        """How many lines to pass over before one that can only be a row."""
        for number, line in enumerate(islice(self._ahead, 1, None), 1):
            if self._is_row(line):
                return number
        return len(self._ahead)

    def _is_row(self, line: str) -> bool:
        cells = _cells_strictly(line, self._delimiter)
        if len(cells) != len(self.header):
            return False
        if len(cells) == 1:
            return line.startswith('"')
        solid = self._solid or set()
        return all(map(_fits, self.header, cells)) and not any(c.isspace() for i in solid for c in cells[i])


def _cells_strictly(line: str, delimiter: str = "\t") -> list[str]:
    """The cells of a line that is a row by itself, with no stray quotation mark in it; none of another."""
    try:
        rows = list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    marks = line.count('"')
    # Marks that hold cells together, and doubled ones within them, are even; those of an unquoted cell stay in it.
    return rows[0] if len(rows) == 1 and marks % 2 == 0 else []


def _fits(column: str, cell: str) -> bool:
    """Whether a cell may stand in a column of this name."""
    name = plain_name(column)
    if is_absent(cell):
        return True
    if name in FIELD_NAMES["id"]:
        return not any(c.isspace() for c in cell)
    if name in FIELD_NAMES["published"]:
        return read_date(cell) is not None
    return name not in FIELD_NAMES["url"][:-1] or "://" in cell


def _scan(line: str, delimiter: str, *, within: bool) -> tuple[int, bool]:
    """How many cells end in a line, and whether its end lies within a quoted one; a stray mark ends none."""
    ended, at, body, fresh = 0, 0, line.rstrip("\r\n"), not within
    while True:
        if within:
            mark = body.find('"', at)
            if mark < 0:
                return ended, True
            after = body[mark + 1 : mark + 2]
            within, fresh = after not in {delimiter, ""}, False
            at = mark + 1 + (after == '"')
        elif fresh and body[at : at + 1] == '"':
            within, at = True, at + 1
        else:
            end = body.find(delimiter, at)
            if end < 0:
                return ended, False
            ended, at, fresh = ended + 1, end + 1, True


def records(rows: Iterable[list[str] | str], header: Sequence[str]) -> Iterator[dict[str, object] | str]:
    """Rows by the names of their columns, and the reasons of those that have none."""
    for row in rows:
        if isinstance(row, str):
            yield row
        elif len(row) != len(header):
            yield f"has {len(row)} cells where the header has {len(header)}"
        else:
            yield dict(zip(header, row, strict=True))
