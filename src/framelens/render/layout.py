"""Report → its text cut into paragraphs, sentences, voices and terms, in one sweep over all boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from framelens.text import Sentence, Span, TermMatch, Voice

if TYPE_CHECKING:
    from framelens.report import ArticleReport

__all__ = ["Mark", "Piece", "paragraphs", "pieces"]

# A line end with the blank lines after it; indentation stays with the next paragraph.
_PARAGRAPH_END = re.compile(r"\n(?:[^\S\n]*\n)*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A term on a piece of text; ``first`` and ``last`` where the term begins and ends in this piece."""

    index: int
    term: TermMatch
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A longest stretch of text with one sentence, one voice and the same terms throughout."""

    span: Span
    text: str
    sentence: Sentence | None
    voice: Voice
    marks: tuple[Mark, ...] = ()


def _boundaries(report: ArticleReport) -> list[int]:
    document = report.document
    size = len(document.text)
    edges = {0, size}
    for sentence in document.sentences:
        edges |= {sentence.span.start, sentence.span.end}
    for match in report.terms:
        edges |= {match.span.start, match.span.end}
    edges.update(span.start for span, _ in document.voices.within(Span(0, size)))
    edges.update(end.end() for end in _PARAGRAPH_END.finditer(document.text))
    return sorted(edge for edge in edges if 0 <= edge <= size)


def pieces(report: ArticleReport) -> Iterator[Piece]:
    """The whole text as pieces in order and without gaps; terms may overlap and may cross voices."""
    document, text = report.document, report.document.text
    terms = sorted(enumerate(report.terms), key=lambda item: (item[1].span.start, -item[1].span.end))
    upcoming, active = 0, list[tuple[int, TermMatch]]()
    edges = _boundaries(report)
    for start, end in pairwise(edges):
        active = [(i, term) for i, term in active if term.span.end > start]
        while upcoming < len(terms) and terms[upcoming][1].span.start <= start:
            active.append(terms[upcoming])
            upcoming += 1
        marks = tuple(Mark(i, term, term.span.start == start, term.span.end == end) for i, term in active)
        yield Piece(Span(start, end), text[start:end], document.sentence_at(start), document.voices.at(start), marks)


def paragraphs(report: ArticleReport) -> Iterator[list[Piece]]:
    """The pieces by paragraph; line ends belong to the paragraph before them."""
    ends = [end.end() for end in _PARAGRAPH_END.finditer(report.document.text)]
    count = 0

    def number(piece: Piece) -> int:
        nonlocal count
        while count < len(ends) and ends[count] <= piece.span.start:
            count += 1
        return count

    return (list(group) for _, group in groupby(pieces(report), key=number))
