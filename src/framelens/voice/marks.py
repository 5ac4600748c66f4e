"""Quotation marks paired into quotes within one paragraph, in the styles that newspapers use.

One pass over the marks. A mark that finds no partner is ordinary text (an apostrophe, a measurement).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from framelens.text import Span

__all__ = ["OPENERS", "SINGLE", "Mark", "Quote", "marks_of", "pair", "single_partner"]

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚'`]")
SINGLE = frozenset("‘’‚'`")
# Words that begin with an apostrophe of elision, not with an opening mark.
_ELISION = re.compile(
    r"['’‘](?:\d\d?0?s\b|\d\d\b|(?:em|tis|twas|til|till|cause|bout|n|round|cuz|neath|kay|sup)\b)", re.IGNORECASE
)
# The end of a quotation in single marks, which tells "'Twas a lie,' he said" from an apostrophe alone.
_CLOSED_LATER = re.compile(r"[,.!?…]['’](?:\s|$)")
OPENERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "``": "''", '"': '"', "''": "''"}
_OPENERS_SINGLE = {"‘": "’", "’": "’", "‚": "‘’", "'": "'", "`": "'`"}
# What follows a plural possessive: "the councillors' excuses".
_GOES_ON = re.compile(r" [a-z]")
_LONGEST_SINGLE = 600
_NEXT_MARKS = 24


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
class Mark:
    """A quotation mark and whether its neighbours let it open or close; ``possessive`` as in "the owners' lies"."""

    text: str
    start: int
    end: int
    may_open: bool
    may_close: bool
    possessive: bool = False


def marks_of(text: str, block: Span) -> list[Mark]:
    """The marks of a paragraph that may open or close a quote."""
    result: list[Mark] = []
    for match in _MARK.finditer(text, block.start, block.end):
        mark = match.group()
        start, end = match.span()
        before = text[start - 1] if start > block.start else " "
        after = text[end] if end < block.end else " "
        if mark in SINGLE and before.isalnum() and after.isalnum():
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
        if mark in SINGLE and _ELISION.match(text, start):
            opens = opens and after.isupper() and _CLOSED_LATER.search(text, end, block.end) is not None
        if opens or closes:
            plural = mark in SINGLE and before == "s" and _GOES_ON.match(text, end) is not None
            result.append(Mark(mark, start, end, opens, closes, plural))
    return result


def _is_spaced(text: str, block: Span, mark: str, around: str) -> bool:
    """Whether a mark stands between spaces in a paragraph that holds a partner for it."""
    partner = "``" if mark == "''" else "''" if mark == "``" else mark
    return around.isspace() and text.count(partner, block.start, block.end) >= (2 if partner == mark else 1)


def pair(marks: Sequence[Mark], number: int, block: Span, used: int) -> list[Quote]:
    """The outermost quotes of a paragraph; ``used`` is where one carried over from before ends."""
    found: list[Quote] = []
    current: Mark | None = None
    ahead = -1  # where the last quote ended that was closed by looking ahead
    for at, mark in enumerate(marks):
        if mark.start < used or mark.start < ahead:
            continue
        if current is None:
            if not mark.may_open:
                continue
            if mark.text in SINGLE:
                partner = single_partner(marks, at)
                if partner is not None:
                    found.append(Quote(mark.end, partner.start, mark.start, partner.end, number, single=True))
                    ahead = partner.end
            elif mark.text in OPENERS or mark.text == "”":
                current = mark
        elif mark.text not in SINGLE and (closer := _closer(marks, at, current)) is not None:
            found.append(Quote(current.end, closer.start, current.start, closer.end, number))
            ahead, current = closer.end, None
        elif mark.text == current.text and mark.may_open and not mark.may_close:
            # The same mark opens again: the first was never closed and is left as ordinary text.
            current = mark
    if current is not None and current.end < block.end:
        found.append(Quote(current.end, block.end, current.start, block.end, number, False))
    return found


def _closer(marks: Sequence[Mark], at: int, opening: Mark) -> Mark | None:
    """The mark that closes a quote at this place, or further on where the same mark opens a second one here."""
    if _closes(opening, marks[at]):
        return marks[at]
    again = marks[at].text == opening.text and marks[at].may_open and not marks[at].may_close
    return _closes_nested(marks, at) if again else None


def _closes_nested(marks: Sequence[Mark], at: int) -> Mark | None:
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


def _closes(opening: Mark, mark: Mark) -> bool:
    if not mark.may_close:
        return False
    if opening.text in "“”":
        return mark.text in '”"' or (mark.text == "“" and not mark.may_open) or mark.text == "''"
    if opening.text in {"``", "''"}:
        return mark.text in {"''", '"', "”"}
    if opening.text == '"':
        return mark.text in {'"', "”"}
    return mark.text in OPENERS.get(opening.text, "")


def single_partner(marks: Sequence[Mark], at: int) -> Mark | None:
    """The mark that closes a single quote, or None for an apostrophe."""
    opening = marks[at]
    closers = _OPENERS_SINGLE[opening.text]
    possessive: Mark | None = None
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
