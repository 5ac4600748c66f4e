"""A document as the rules of voice read it: its quotes, what the rules propose and what the tagger says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framelens.text import Document, Range, Sentence, Span, Tokens
from framelens.voice.beside import beside_quotes
from framelens.voice.clauses import Report, find_reports
from framelens.voice.features import Inputs, inputs_of
from framelens.voice.marks import Quote
from framelens.voice.patterns import find_patterns
from framelens.voice.quotes import find_quotes
from framelens.voice.tagger import Tagger

__all__ = ["Reading", "read", "read_inputs", "runs", "span_of"]


# A sentence longer than this is read in pieces, so that no text costs more than time in proportion to its length.
_LONGEST = 256


@dataclass(frozen=True, slots=True)
class Reading:
    """What all later steps look at; ``scores`` are the tagger's log-odds, one row for each token.

    ``quote_at`` holds for each token the number of its quote (marks included), or -1, and ``quoted`` whether it stands
    between the marks. ``bounds`` are the token ranges of the sentences that hold a token, in order, and ``paragraph``
    the number of each token's paragraph. ``summed`` holds the running sums of the scores of content and source.
    """

    document: Document
    quotes: Sequence[Quote]
    quote_at: list[int]
    quoted: list[bool]
    bounds: list[Range]
    paragraph: list[int]
    reports: list[Report]
    scores: NDArray[np.float32]
    summed: list[list[float]]

    def mean(self, column: int, part: Range) -> float:
        """The mean of one column of the scores over a range of tokens."""
        sums = self.summed[column]
        return (sums[part[1]] - sums[part[0]]) / (part[1] - part[0])

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def sentences(self) -> Sequence[Sentence]:
        return self.document.sentences

    @property
    def blocks(self) -> Sequence[Span]:
        """The paragraphs."""
        return self.document.tokens.paragraphs

    @property
    def tokens(self) -> Tokens:
        return self.document.tokens

    def sentence_of(self, token: int) -> int:
        """Number (in ``bounds``) of the sentence that holds a token."""
        return max(bisect_right(self.bounds, token, key=_first) - 1, 0)

    def paragraph_range(self, number: int) -> Range:
        """The tokens of a paragraph."""
        return self.tokens.within(self.blocks[number])


def _first(bounds: Range) -> int:
    return bounds[0]


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What the rules see without the tagger."""

    quotes: Sequence[Quote]
    quote_at: list[int]
    quoted: list[bool]
    bounds: list[Range]
    reports: list[Report]
    inputs: Inputs


def read(document: Document, tagger: Tagger) -> Reading:
    """Find a document's quotes and reports, and ask the tagger about each token."""
    seen = _proposed(document)
    scores = tagger.scores(seen.inputs)
    summed = np.concatenate((np.zeros((2, 1)), np.cumsum(scores[:, :2].T, axis=1, dtype=np.float64)), axis=1).tolist()
    paragraph = document.tokens.paragraph.tolist()
    return Reading(
        document, seen.quotes, seen.quote_at, seen.quoted, seen.bounds, paragraph, seen.reports, scores, summed
    )


def read_inputs(document: Document) -> Inputs:
    """What the tagger would see of a document, for training."""
    return _proposed(document).inputs


def _proposed(document: Document) -> _Proposed:
    tokens = document.tokens
    quotes = find_quotes(document.text, tokens.paragraphs, document.sentences)
    quote_at, quoted = _quote_numbers(tokens, quotes)
    bounds = [(cut, min(cut + _LONGEST, end)) for first, end in tokens.bounds for cut in range(first, end, _LONGEST)]
    reports = find_reports(tokens, bounds, quoted)
    inputs = inputs_of(tokens, quotes, reports)
    reports = _with_patterns(tokens, bounds, quoted, reports)
    known = frozenset(report.cue[0] for report in reports)
    spoken = beside_quotes(document.text, tokens, quotes, known)
    return _Proposed(
        quotes, quote_at, quoted, bounds, sorted([*reports, *spoken], key=lambda report: report.cue), inputs
    )


def _with_patterns(
    tokens: Tokens, bounds: Sequence[Range], quoted: Sequence[bool], reports: Sequence[Report]
) -> list[Report]:
    """The reports, those by set phrases in place of others with the same cue."""
    fixed = find_patterns(tokens, bounds, quoted)
    cues = {report.cue[0] for report in fixed}
    return sorted([*fixed, *(r for r in reports if r.cue[0] not in cues)], key=lambda report: report.cue)


def _quote_numbers(tokens: Tokens, quotes: Sequence[Quote]) -> tuple[list[int], list[bool]]:
    """For each token its quote (marks included) or -1, and whether it stands between the marks."""
    quote_at = [-1] * len(tokens)
    quoted = [False] * len(tokens)
    for number, quote in enumerate(quotes):
        for at in range(tokens.first_at(quote.outer_start), tokens.first_at(quote.outer_end)):
            quote_at[at] = number
        for at in range(tokens.first_at(quote.start), tokens.first_at(quote.end)):
            quoted[at] = True
    return quote_at, quoted


def runs(flags: NDArray[np.bool_]) -> list[Range]:
    """The maximal stretches of true values."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def span_of(tokens: Tokens, part: Range) -> Span:
    """The text that a token range covers."""
    return Span(tokens.starts[part[0]], tokens.ends[part[1] - 1])
