"""Quotation marks paired into quotes, in the styles that newspapers use.

One pass over the marks of each paragraph. A mark that finds no partner is ordinary text (an apostrophe, a
measurement), but an opening mark whose paragraph ends before it closes holds to the end of the paragraph when
the next paragraph re-opens it (Chicago Manual of Style, 13.32), and otherwise to the end of its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from framelens.text import Sentence, Span

__all__ = ["Quote", "find_quotes"]

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚'`]")
_SINGLE = frozenset("‘’‚'`")
# Words that begin with an apostrophe of elision, not with an opening mark.
_ELISION = re.compile(
    r"['’‘](?:\d\d?0?s\b|\d\d\b|(?:em|tis|twas|til|till|cause|bout|n|round|cuz|neath|kay|sup)\b)", re.IGNORECASE
)
# The end of a quotation in single marks, which tells "'Twas a lie,' he said" from an apostrophe alone.
_CLOSED_LATER = re.compile(r"[,.!?…]['’](?:\s|$)")
_OPENERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "``": "''", '"': '"', "''": "''"}
_OPENERS_SINGLE = {"‘": "’", "’": "’", "‚": "‘’", "'": "'", "`": "'`"}
# What follows a plural possessive: "the councillors' excuses".
_GOES_ON = re.compile(r" [a-z]")
_LONGEST_SINGLE = 600
_NEXT_MARKS = 24
_LONGEST_LETTER = 12  # paragraphs


@dataclass(frozen=True, slots=True)
class Quote:
    """Text between quotation marks.

    ``outer`` offsets include the marks. ``continues`` is true where the quote takes up one that the paragraph
    before left open. ``closed`` is false where no closing mark was found.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    closed: bool = True
    continues: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    text: str
    start: int
    end: int
    may_open: bool
    may_close: bool
    possessive: bool = False


def find_quotes(text: str, blocks: Sequence[Span], sentences: Sequence[Sentence]) -> list[Quote]:
    """All outermost quotes of a text in order; quotes inside quotes belong to the outer one."""
    ends = [sentence.span.end for sentence in sentences]
    table = [_marks(text, block) for block in blocks]
    quotes: list[Quote] = []
    carried = ""
    closing = -1  # the paragraph that closes a quote which those before it do not open again
    for number, block in enumerate(blocks):
        marks = table[number]
        if number < closing:
            quotes.append(Quote(block.start, block.end, block.start, block.end, number, True, True))
            continue
        if not marks:
            carried = ""
            continue
        if (not carried or carried in _SINGLE) and _opens_single(text, blocks, number, marks):
            mark = marks[0]
            again = carried == mark.text
            quotes.append(Quote(mark.end, block.end, mark.start, block.end, number, False, again, single=True))
            carried = mark.text
            continue
        quotes += _carried_over(carried, marks, number, block)
        found = _pair(marks, number, block, quotes[-1].end if quotes else -1)
        if carried and found and found[0].outer_start == _first_ink(text, block):
            first = found[0]
            if text.startswith(carried, first.outer_start) or carried in "''\"“":
                found[0] = Quote(
                    first.start, first.end, first.outer_start, first.outer_end, number, first.closed, True, first.single
                )
        carried = ""
        if found and not found[-1].closed:
            carried = text[found[-1].outer_start : found[-1].start]
            closing = _closed_by(table, number, carried) if found[-1].outer_start == _first_ink(text, block) else -1
            if closing >= 0:
                found[-1] = replace(found[-1], continues=True)
            elif not _reopens(text, blocks, number, carried):
                found[-1] = _cut_at_sentence(found[-1], ends, block, text)
                if found[-1].outer_start != _first_ink(text, block):
                    carried = ""
        quotes += found
    return quotes


def _first_ink(text: str, block: Span) -> int:
    head = text[block.start : min(block.end, block.start + 200)]
    return block.start + len(head) - len(head.lstrip())


def _reopens(text: str, blocks: Sequence[Span], number: int, mark: str) -> bool:
    return number + 1 < len(blocks) and text.startswith(mark, _first_ink(text, blocks[number + 1]))


def _closed_by(table: Sequence[Sequence[_Mark]], number: int, mark: str) -> int:
    """The paragraph that closes a quote left open in this one, where none between holds a double mark; else -1."""
    closers = _OPENERS.get(mark, "")
    for later in range(number + 1, min(number + 1 + _LONGEST_LETTER, len(table))):
        first = next((m for m in table[later] if m.text not in _SINGLE), None)
        if first is not None:
            return later if closers and first.text in closers and first.may_close and not first.may_open else -1
    return -1


def _opens_single(text: str, blocks: Sequence[Span], number: int, marks: Sequence[_Mark]) -> bool:
    """Whether a paragraph begins with a single mark that it does not close and the next one begins with again."""
    first = marks[0]
    if first.text not in _SINGLE or not first.may_open or first.start != _first_ink(text, blocks[number]):
        return False
    if _single_partner(marks, 0) is not None:
        return False
    return _reopens(text, blocks, number, first.text)


def _cut_at_sentence(quote: Quote, ends: Sequence[int], block: Span, text: str) -> Quote:
    """An unclosed quote inside a paragraph ends with its sentence; one that opens the paragraph holds it all."""
    if quote.outer_start == _first_ink(text, block):
        return quote
    at = bisect_right(ends, quote.start)
    end = min(quote.end, ends[at]) if at < len(ends) else quote.end
    return Quote(quote.start, end, quote.outer_start, end, quote.paragraph, False)


def _carried_over(carried: str, marks: Sequence[_Mark], number: int, block: Span) -> list[Quote]:
    """A quote left open that this paragraph closes without having re-opened it."""
    closers = _OPENERS.get(carried, "")
    first = next((mark for mark in marks if mark.text not in _SINGLE), None)
    if first is None or not closers or first.text not in closers or not first.may_close or first.may_open:
        return []
    return [Quote(block.start, first.start, block.start, first.end, number, True, True)]


def _marks(text: str, block: Span) -> list[_Mark]:
    result: list[_Mark] = []
    for match in _MARK.finditer(text, block.start, block.end):
        mark = match.group()
        start, end = match.span()
        before = text[start - 1] if start > block.start else " "
        after = text[end] if end < block.end else " "
        if mark in _SINGLE and before.isalnum() and after.isalnum():
            continue
        opens = not (before.isalnum() or before in ".,!?;:…%)") and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        if after in ".,;:!?)":
            # A stop behind a mark makes it a closing one, whatever its shape and the space before it.
            opens, closes = False, True
        elif mark in "«»‹›" and before.isspace() and after.isspace():
            # French setting puts a space inside the marks.
            opens, closes = mark in "«‹", mark in "»›"
        elif mark in {'"', "``", "''"} and _is_spaced(text, block, mark, before + after):
            # Text that comes in tokens has spaces on both sides of its marks.
            opens, closes = mark != "''", mark != "``"
        elif mark in "“„‟«‹‘‚``":
            opens = not after.isspace()
            closes = closes and not opens
        elif mark in "”»›":
            opens = opens and not closes and before in " \t([—–-"
            closes = closes or not opens
        elif mark == '"' and before.isdigit() and text[max(start - 3, 0) : start - 1].strip("0123456789") in {"'", "’"}:
            continue
        if mark in _SINGLE and _ELISION.match(text, start):
            opens = opens and after.isupper() and _CLOSED_LATER.search(text, end, block.end) is not None
        if opens or closes:
            plural = mark in _SINGLE and before == "s" and _GOES_ON.match(text, end) is not None
            result.append(_Mark(mark, start, end, opens, closes, plural))
    return result


def _is_spaced(text: str, block: Span, mark: str, around: str) -> bool:
    """Whether a mark stands between spaces in a paragraph that holds a partner for it."""
    partner = "``" if mark == "''" else "''" if mark == "``" else mark
    return around.isspace() and text.count(partner, block.start, block.end) >= (2 if partner == mark else 1)


def _pair(marks: Sequence[_Mark], number: int, block: Span, used: int) -> list[Quote]:
    found: list[Quote] = []
    current: _Mark | None = None
    ahead = -1  # where the last quote ended that was closed by looking ahead
    for at, mark in enumerate(marks):
        if mark.start < used or mark.start < ahead:
            continue
        if current is None:
            if not mark.may_open:
                continue
            if mark.text in _SINGLE:
                partner = _single_partner(marks, at)
                if partner is not None:
                    found.append(Quote(mark.end, partner.start, mark.start, partner.end, number, single=True))
                    ahead = partner.end
            elif mark.text in _OPENERS or mark.text == "”":
                current = mark
        elif mark.text not in _SINGLE and (closer := _closer(marks, at, current)) is not None:
            found.append(Quote(current.end, closer.start, current.start, closer.end, number))
            ahead, current = closer.end, None
        elif mark.text == current.text and mark.may_open and not mark.may_close:
            # The same mark opens again: the first was never closed and is left as ordinary text.
            current = mark
    if current is not None and current.end < block.end:
        found.append(Quote(current.end, block.end, current.start, block.end, number, False))
    return found


def _closer(marks: Sequence[_Mark], at: int, opening: _Mark) -> _Mark | None:
    """The mark that closes a quote at this place, or further on where the same mark opens a second one here."""
    if _closes(opening, marks[at]):
        return marks[at]
    again = marks[at].text == opening.text and marks[at].may_open and not marks[at].may_close
    return _closes_nested(marks, at) if again else None


def _closes_nested(marks: Sequence[_Mark], at: int) -> _Mark | None:
    """The mark that closes a quote in which the same mark opens a second one, where the two close in turn."""
    depth = 2
    for mark in marks[at + 1 : at + 1 + _NEXT_MARKS]:
        if mark.text != marks[at].text:
            continue
        if mark.may_open and not mark.may_close:
            depth += 1
        elif mark.may_close and not mark.may_open:
            depth -= 1
            if depth == 0:
                return mark
    return None


def _closes(opening: _Mark, mark: _Mark) -> bool:
    if not mark.may_close:
        return False
    if opening.text in "“”":
        return mark.text in '”"' or (mark.text == "“" and not mark.may_open) or mark.text == "''"
    if opening.text in {"``", "''"}:
        return mark.text in {"''", '"', "”"}
    if opening.text == '"':
        return mark.text in {'"', "”"}
    return mark.text in _OPENERS.get(opening.text, "")


def _single_partner(marks: Sequence[_Mark], at: int) -> _Mark | None:
    """The mark that closes a single quote, or None for an apostrophe."""
    opening = marks[at]
    closers = _OPENERS_SINGLE[opening.text]
    possessive: _Mark | None = None
    for mark in marks[at + 1 : at + 1 + _NEXT_MARKS]:
        if mark.start - opening.end > _LONGEST_SINGLE:
            break
        if mark.text in closers and mark.may_close:
            if mark.possessive:
                possessive = possessive or mark
                continue
            return mark if mark.start > opening.end else None
        if mark.text == opening.text and mark.may_open:
            break
    return possessive
