"""What the tagger sees of each token: hashed word forms, and the state of the text around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from framelens.counterparts import stand_ins
from framelens.text import Tokens
from framelens.voice.clauses import Report
from framelens.voice.cues import CUES
from framelens.voice.marks import Quote

__all__ = ["CONTEXT", "GAP", "STATIC", "WORD_BUCKETS", "Inputs", "Layout", "group_starts", "inputs_of", "word_bucket"]

WORD_BUCKETS = 16384
SUFFIX_BUCKETS = 1024
_SHAPES = 8
_FRAMES = ("say", "think", "want", "judge", "noun")
_STANCES = ("neutral", "doubting", "endorsing")
# Rows of one table: a hash of the word, one of its ending, its shape, its frame as a cue.
_SUFFIX_AT = WORD_BUCKETS
_SHAPE_AT = _SUFFIX_AT + SUFFIX_BUCKETS
_FRAME_AT = _SHAPE_AT + _SHAPES
STATIC = _FRAME_AT + 1 + len(_FRAMES) * len(_STANCES)
CONTEXT = 20
# Empty places between paragraphs, so that nothing flows from one paragraph into the next.
GAP = 4
_LONGEST_PARAGRAPH = 2048

_MOSTLY = 0.8
_MOST_KNOWN = 200_000


def word_bucket(lower: str) -> int:
    """The table row of a lower-case word; rare words share rows."""
    return crc32(lower.encode("utf-8", "surrogatepass")) % WORD_BUCKETS


@lru_cache(_MOST_KNOWN)
def _rows_of(word: str) -> tuple[int, int, int, int]:
    lower = word.lower()
    if word[0].isupper():  # who somebody is must not decide whose words stand there
        lower = stand_ins().get(lower, lower)
    suffix = _SUFFIX_AT + crc32(lower[-3:].encode("utf-8", "surrogatepass"), 7) % SUFFIX_BUCKETS
    entry = CUES.get(lower)
    frame = _FRAME_AT
    if entry is not None:
        frame += 1 + _FRAMES.index(entry[0]) * len(_STANCES) + _STANCES.index(entry[1])
    return word_bucket(lower), suffix, _SHAPE_AT + _shape(word), frame


def _shape(word: str) -> int:
    if word[0].isdigit():
        return 0
    if not word[0].isalpha():
        return 1
    if word.islower():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    if word[0].isupper():
        return 5
    return 6


def _word_rows(words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Table rows of the distinct words, and for each token which distinct word it is."""
    distinct = dict.fromkeys(words)
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    index = np.fromiter(map(numbers.__getitem__, words), dtype=np.int64, count=len(words))
    rows = np.fromiter(chain.from_iterable(map(_rows_of, distinct)), dtype=np.int64, count=4 * len(distinct))
    return rows.reshape(-1, 4), index


@dataclass(frozen=True, slots=True)
class Layout:
    """Where tokens stand in the tagger's row of places: ``places`` for each token, ``size`` in all.

    ``sentence`` and ``paragraph`` number the place of each token for pooling.
    """

    places: NDArray[np.int64]
    size: int
    sentence: NDArray[np.int64]
    paragraph: NDArray[np.int64]


def _layout_of(tokens: Tokens) -> Layout:
    """Places of tokens with a gap between paragraphs."""
    count, paragraph, sentence = len(tokens), tokens.paragraph, tokens.sentence
    # A sentence number alone may run over paragraphs where segmentation left one out.
    change = np.zeros(count, dtype=np.int64)
    change[1:] = (np.diff(sentence) != 0) | (np.diff(paragraph) != 0)
    fresh = np.zeros(count, dtype=np.int64)
    fresh[1:] = np.diff(paragraph) != 0
    # A line without end is read in pieces, so that memory stays bounded.
    fresh[_within(fresh) % _LONGEST_PARAGRAPH == 0] = 1
    fresh[:1] = 0
    change |= fresh
    number = np.cumsum(fresh)
    places = np.arange(count, dtype=np.int64) + GAP * (number + 1)
    size = int(places[-1]) + GAP + 1 if count else 0
    return Layout(places, size, np.cumsum(change), number)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the tagger sees: table rows of the distinct words, each token's word, its context row, its place."""

    rows: NDArray[np.int64]
    index: NDArray[np.int64]
    context: NDArray[np.float32]
    layout: Layout


def inputs_of(
    tokens: Tokens,
    quotes: Sequence[Quote],
    reports: Sequence[Report],
) -> Inputs:
    """The tagger's inputs for a text that the rules have read."""
    layout = _layout_of(tokens)
    return Inputs(*_word_rows(_calmed(tokens)), _context_rows(tokens, layout, quotes, reports), layout)


def _calmed(tokens: Tokens) -> Sequence[str]:
    """The words, those of sentences set in capitals as names are set, which the tagger knows."""
    shouted = [(first, last) for first, last in tokens.bounds if last - first > 4 and tokens.words[first].isupper()]
    words = tokens.words
    for first, last in shouted:
        if sum(word.isupper() for word in words[first:last] if len(word) > 2) >= _MOSTLY * sum(
            len(word) > 2 for word in words[first:last]
        ):
            words = [*words[:first], *map(str.title, words[first:last]), *words[last:]]
    return words


def _within(fresh: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many tokens lie between each token and the beginning of its paragraph."""
    at = np.arange(len(fresh))
    return at - np.maximum.accumulate(np.where(fresh != 0, at, 0))


def _context_rows(
    tokens: Tokens, layout: Layout, quotes: Sequence[Quote], reports: Sequence[Report]
) -> NDArray[np.float32]:
    """One row for each token: its quote, its place in sentence and paragraph, and what the rules propose."""
    count = len(tokens)
    rows = np.zeros((count, CONTEXT), dtype=np.float32)
    if not count:
        return rows
    _quote_state(rows, tokens, quotes)
    _rule_state(rows, reports)
    _positions(rows, layout)
    return rows


def _quote_state(rows: NDArray[np.float32], tokens: Tokens, quotes: Sequence[Quote]) -> None:
    for quote in quotes:
        start, end = tokens.first_at(quote.start), tokens.first_at(quote.end)
        length = end - start
        rows[start:end, 0] = 1
        rows[start:end, 1] = length <= 3
        rows[start:end, 2] = 3 < length <= 8
        rows[start : start + 1, 3] = 1
        rows[start:end, 4] = quote.single
        rows[start:end, 5] = not quote.closed
        rows[start:end, 6] = quote.continues
        rows[end : end + 1, 7] = 1


def _rule_state(rows: NDArray[np.float32], reports: Sequence[Report]) -> None:
    for report in reports:
        rows[report.cue[0] : report.cue[1], 8] = 1
        if report.source is not None:
            rows[report.source[0] : report.source[1], 9] = 1
        for start, end in report.content:
            rows[start:end, 10] = 1
            rows[start : start + 1, 11] = 1


def _positions(rows: NDArray[np.float32], layout: Layout) -> None:
    count = len(rows)
    at = np.arange(count)
    for column, number in ((12, layout.sentence), (15, layout.paragraph)):
        first = np.searchsorted(number, number, "left")
        last = np.searchsorted(number, number, "right")
        rows[:, column] = 1 / (1 + at - first)
        rows[:, column + 1] = 1 / (last - at)
        rows[:, column + 2] = np.minimum(last - first, 60) / 60
    rows[:, 18] = _any_of(layout.sentence, rows[:, 0])
    rows[:, 19] = _any_of(layout.paragraph, rows[:, 0])


def group_starts(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of equal numbers begins; the row must not be empty."""
    starts = np.flatnonzero(number[1:] != number[:-1])
    starts += 1
    return np.concatenate((np.zeros(1, dtype=np.int64), starts))


def _any_of(number: NDArray[np.int64], flag: NDArray[np.float32]) -> NDArray[np.float32]:
    """The greatest value of a flag over each group of equal numbers, for each member."""
    edges = group_starts(number)
    result: NDArray[np.float32] = np.maximum.reduceat(flag, edges)[number]
    return result
