"""A text read once: its paragraphs, tokens, quotes, what the rules propose and what the tagger says of each token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framelens.document import Sentence, Span
from framelens.voice.clauses import Report, find_reports
from framelens.voice.features import Inputs, inputs_of
from framelens.voice.marks import Quote, find_quotes
from framelens.voice.tagger import Tagger
from framelens.voice.tokens import Paragraph, Range, Tokens, paragraphs, tokenise

__all__ = ["Reading", "read", "read_inputs", "runs", "span_of"]


# A sentence longer than this is read in pieces, so that no text costs more than time in proportion to its length.
_LONGEST = 256


@dataclass(frozen=True, slots=True)
class Reading:
    """What all later steps look at; ``scores`` are the tagger's log-odds, one row for each token.

    ``quote_at`` holds for each token the number of its quote (marks included), or -1. ``bounds`` are the token
    ranges of the sentences that hold a token, in order.
    """

    text: str
    sentences: Sequence[Sentence]
    blocks: Sequence[Paragraph]
    tokens: Tokens
    quotes: Sequence[Quote]
    quote_at: list[int]
    bounds: list[Range]
    reports: list[Report]
    scores: NDArray[np.float32]

    def sentence_of(self, token: int) -> int:
        """Number (in ``bounds``) of the sentence that holds a token."""
        return max(bisect_right(self.bounds, token, key=_first) - 1, 0)

    def paragraph_of(self, token: int) -> int:
        """Number of the paragraph that holds a token."""
        return bisect_right(self.blocks, self.tokens.starts[token], key=_start) - 1

    def paragraph_range(self, number: int) -> Range:
        """The tokens of a paragraph."""
        block = self.blocks[number]
        return self.tokens.first_at(block.start), self.tokens.first_at(block.end)


def _first(bounds: Range) -> int:
    return bounds[0]


def _start(block: Paragraph) -> int:
    return block.start


def read(text: str, sentences: Sequence[Sentence], tagger: Tagger) -> Reading:
    """Take a text apart and ask the tagger about each token."""
    blocks = paragraphs(text, sentences)
    quotes = find_quotes(text, blocks, sentences)
    tokens = tokenise(text)
    quote_at, quoted = _quote_numbers(tokens, quotes)
    bounds = _bounds(tokens, sentences)
    reports = [report for start, end in bounds for report in find_reports(tokens, start, end, quoted)]
    inputs = inputs_of(tokens, sentences, blocks, quotes, reports)
    return Reading(text, sentences, blocks, tokens, quotes, quote_at, bounds, reports, tagger.scores(inputs))


def read_inputs(text: str, sentences: Sequence[Sentence]) -> tuple[Tokens, Inputs]:
    """What the tagger would see of a text, for training."""
    blocks = paragraphs(text, sentences)
    quotes = find_quotes(text, blocks, sentences)
    tokens = tokenise(text)
    _, quoted = _quote_numbers(tokens, quotes)
    reports = [r for start, end in _bounds(tokens, sentences) for r in find_reports(tokens, start, end, quoted)]
    return tokens, inputs_of(tokens, sentences, blocks, quotes, reports)


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


def _bounds(tokens: Tokens, sentences: Sequence[Sentence]) -> list[Range]:
    starts = tokens.starts
    result: list[Range] = []
    at = 0
    for sentence in sentences:
        first = bisect_left(starts, sentence.span.start, at)
        at = bisect_left(starts, sentence.span.end, first)
        result += [(cut, min(cut + _LONGEST, at)) for cut in range(first, at, _LONGEST)]
    return result


def runs(flags: NDArray[np.bool_]) -> list[Range]:
    """The maximal stretches of true values."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def span_of(tokens: Tokens, part: Range) -> Span:
    """The text that a token range covers."""
    return Span(tokens.starts[part[0]], tokens.ends[part[1] - 1])
