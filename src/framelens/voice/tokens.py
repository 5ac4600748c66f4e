"""Words and punctuation of a text, with offsets; the unit that cues, sources and the tagger work on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framelens.document import Sentence

__all__ = ["Paragraph", "Range", "Tokens", "paragraphs", "tokenise", "word_set"]

# Token numbers from … up to and without …
Range = tuple[int, int]

# Abbreviations keep their stop, so that a stop token is the end of something; contractions are split
# ("Clinton" + "'s", "don" + "'t"), because a possessive is a source and "'s" may be a verb.
_TOKEN = re.compile(
    r"((?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|Jr|Sr|Gen|Lt|Col|Prof|Rev|vs)\.(?=\s)"
    r"|['’](?:s|S|t|re|ve|ll|d|m)\b|\d+(?:[.,]\d+)*|\w+(?:-\w+)*|''|``|\.\.\.|--|[^\w\s])"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: the strings, their lower-case forms and their offsets."""

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def first_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a code point."""
        return bisect_left(self.starts, offset)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text without a line break, as newspapers set it."""

    start: int
    end: int


def word_set(words: str) -> frozenset[str]:
    """A set of words written as running text, which reads better than a column of strings."""
    return frozenset(words.split())


def tokenise(text: str) -> Tokens:
    """Split a text into words, numbers, marks and other single signs."""
    # Splitting and adding up lengths is several times faster than a match object for each token.
    parts = _TOKEN.split(text)
    edges = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))
    words = parts[1::2]
    starts: list[int] = edges[:-1:2].tolist()
    ends: list[int] = edges[1::2].tolist()
    return Tokens(words, list(map(str.lower, words)), starts, ends)


_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def paragraphs(text: str, sentences: Sequence[Sentence]) -> list[Paragraph]:
    """The non-blank lines of a text, hard-wrapped lines joined where a sentence runs over the break."""
    result: list[Paragraph] = []
    starts = [sentence.span.start for sentence in sentences]
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start:end].isspace():
            continue
        if result:
            at = bisect_left(starts, start) - 1
            inside = at >= 0 and sentences[at].span.end > start and starts[at] < result[-1].end
            if inside and start - result[-1].end <= 2:
                result[-1] = Paragraph(result[-1].start, end)
                continue
        result.append(Paragraph(start, end))
    return result
