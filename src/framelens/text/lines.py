"""A text → its paragraphs, one a line, or several lines where the text is wrapped at a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from framelens.text.article import Span

__all__ = ["paragraph_lines"]

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_ENDED = re.compile(r"[.!?:…][\"”’')\]]*\s*$")
# Marks that begin a line of its own: a list, a quoted block.
_OPENS_LINE = re.compile(r"\s*(?:[-*•>·–—]\s|\d+[.)]\s)")
# Columns at which text is wrapped: narrower are lists and verses, wider are paragraphs.
_NARROWEST, _WIDEST = 24, 120


def paragraph_lines(text: str) -> list[Span]:
    """The lines that are not blank; in a text wrapped at a column those of one paragraph together."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if not match.group().isspace()]
    width = _column(text, lines)
    if not width:
        return lines
    result: list[Span] = []
    for number, line in enumerate(lines):
        if number and _runs_on(text, lines[number - 1], line, width):
            result[-1] = Span(result[-1].start, line.end)
        else:
            result.append(line)
    return result


def _adjacent(text: str, line: Span, following: Span) -> bool:
    """Whether nothing but one line end stands between two lines."""
    return text[line.end : following.start] in {"\n", "\r\n", "\r", "\u2028"}


def _column(text: str, lines: Sequence[Span]) -> int:
    """The column at which a text is wrapped, by the lengths of all its lines; 0 where it is not."""
    if any(len(line) > _WIDEST for line in lines):
        return 0
    width = broken = running = lower = 0
    for line, following in pairwise(lines):
        if not _adjacent(text, line, following) or _OPENS_LINE.match(text, following.start):
            continue
        broken += 1
        width = max(width, len(line))
        runs = not _ENDED.search(text[line.start : line.end])
        running += runs
        lower += runs and text[following.start].islower()
    wrapped = width >= _NARROWEST and lower and 2 * running >= broken
    return width if wrapped else 0


def _runs_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether a line ended because the first word of the next would have gone beyond the column."""
    if not _adjacent(text, line, following) or _OPENS_LINE.match(text, following.start):
        return False
    if text[following.start].islower():
        return True
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > width
