"""The quotes of a text, paragraph by paragraph, and over paragraphs where one is opened again or closed late.

A mark that finds no partner is ordinary text, but an opening mark whose paragraph ends before it closes holds to the
end of the paragraph when the next paragraph re-opens it (Chicago Manual of Style, 13.32), and otherwise to the end of
its sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from framelens.text import Sentence, Span
from framelens.voice.marks import OPENERS, SINGLE, Mark, Quote, marks_of, pair, single_partner

__all__ = ["find_quotes"]

_LONGEST_LETTER = 12  # paragraphs


def find_quotes(text: str, blocks: Sequence[Span], sentences: Sequence[Sentence]) -> list[Quote]:
    """All outermost quotes of a text in order; quotes inside quotes belong to the outer one."""
    ends = [sentence.span.end for sentence in sentences]
    table = [marks_of(text, block) for block in blocks]
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
        if (not carried or carried in SINGLE) and _opens_single(text, blocks, number, marks):
            mark = marks[0]
            again = carried == mark.text
            quotes.append(Quote(mark.end, block.end, mark.start, block.end, number, False, again, single=True))
            carried = mark.text
            continue
        quotes += _carried_over(carried, marks, number, block)
        found = pair(marks, number, block, quotes[-1].end if quotes else -1)
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


def _closed_by(table: Sequence[Sequence[Mark]], number: int, mark: str) -> int:
    """The paragraph that closes a quote left open in this one, where none between holds a double mark; else -1."""
    closers = OPENERS.get(mark, "")
    for later in range(number + 1, min(number + 1 + _LONGEST_LETTER, len(table))):
        first = next((m for m in table[later] if m.text not in SINGLE), None)
        if first is not None:
            return later if closers and first.text in closers and first.may_close and not first.may_open else -1
    return -1


def _opens_single(text: str, blocks: Sequence[Span], number: int, marks: Sequence[Mark]) -> bool:
    """Whether a paragraph begins with a single mark that it does not close and the next one begins with again."""
    first = marks[0]
    if first.text not in SINGLE or not first.may_open or first.start != _first_ink(text, blocks[number]):
        return False
    if single_partner(marks, 0) is not None:
        return False
    return _reopens(text, blocks, number, first.text)


def _cut_at_sentence(quote: Quote, ends: Sequence[int], block: Span, text: str) -> Quote:
    """An unclosed quote inside a paragraph ends with its sentence; one that opens the paragraph holds it all."""
    if quote.outer_start == _first_ink(text, block):
        return quote
    at = bisect_right(ends, quote.start)
    end = min(quote.end, ends[at]) if at < len(ends) else quote.end
    return Quote(quote.start, end, quote.outer_start, end, quote.paragraph, False)


def _carried_over(carried: str, marks: Sequence[Mark], number: int, block: Span) -> list[Quote]:
    """A quote left open that this paragraph closes without having re-opened it."""
    closers = OPENERS.get(carried, "")
    first = next((mark for mark in marks if mark.text not in SINGLE), None)
    if first is None or not closers or first.text not in closers or not first.may_close or first.may_open:
        return []
    return [Quote(block.start, first.start, block.start, first.end, number, True, True)]
