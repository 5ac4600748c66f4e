"""A text as one table of tokens, made once; every other room reads its columns.

A token is a word, a number, a mark or another single sign. Abbreviations keep their stop, so that a stop token is the
end of something; contractions are split ("Clinton" + "'s", "don" + "'t"), because a possessive is a source and "'s"
may be a verb; words joined by hyphens are one token.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from framelens.text.article import PARTS, Sentence, Span
from framelens.text.attribution import VOICES, Voices
from framelens.text.lines import paragraph_lines

__all__ = ["Range", "Tokens", "paragraphs", "tokenise", "word_set"]

# Token numbers from … up to and without …
Range = tuple[int, int]
Ints = NDArray[np.int32]

# Signs that nobody sees inside a word: soft hyphens, zero-width spaces and joiners, combining accents.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(
    r"((?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|Jr|Sr|Gen|Lt|Col|Prof|Rev|vs)\.(?=\s)"
    r"|['’](?:s|S|t|re|ve|ll|d|m)\b|\d+(?:[.,]\d+)*"
    rf"|\w+(?:(?:-|-\r?\n(?=[a-z])|[{UNSEEN}\u0300-\u036f]+)\w+)*[{UNSEEN}\u0300-\u036f]*|''|``|\.\.\.|--|[^\w\s])"
)
_HIDDEN = re.compile(rf"[{UNSEEN}]|-\r?\n")


def word_set(words: str) -> frozenset[str]:
    """A set of words written as running text, which reads better than a column of strings."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Parallel columns, one place a token, in order of the text.

    ``words`` and ``lower`` are strings as a reader sees them (no soft hyphens, words joined that a line end broke),
    ``starts`` and ``ends`` code points. ``sentence`` and ``paragraph`` number
    where a token stands, ``part`` is the place of its sentence's part in `PARTS`, and ``voice`` the place of its voice
    in `VOICES`, the author's until `with_voices`. ``counts`` is true for the tokens that every count of words counts:
    those that begin with a letter, a digit or an underscore ("don't", "far-right" and "U.S." are one word each).
    ``bounds`` holds for each sentence its first token and the one behind its last.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentence: Ints
    paragraph: Ints
    part: NDArray[np.int8]
    counts: NDArray[np.bool_]
    bounds: list[Range]
    paragraphs: list[Span]
    voice: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.words)

    def first_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a code point."""
        return bisect_left(self.starts, offset)

    def within(self, span: Span) -> Range:
        """The tokens that begin inside a span."""
        first = bisect_left(self.starts, span.start)
        return first, bisect_left(self.starts, span.end, first)

    def covered(self, spans: Iterable[Span]) -> NDArray[np.bool_]:
        """Which tokens begin inside any of some spans."""
        depth = np.zeros(len(self) + 1, np.int32)
        for span in spans:
            first, last = self.within(span)
            depth[first] += 1
            depth[last] -= 1
        return np.cumsum(depth[:-1]) > 0

    def count(self, span: Span) -> int:
        """How many words begin inside a span."""
        first, last = self.within(span)
        return int(np.count_nonzero(self.counts[first:last]))

    def with_voices(self, voices: Voices) -> Tokens:
        """The same table with the voice in which each token begins."""
        numbers = np.array([VOICES.index(voice) for voice in voices.voices], np.int8)
        first = np.searchsorted(self.starts, voices.starts)
        column = np.repeat(numbers, np.diff(first, append=len(self)))
        return replace(self, voice=column)


def tokenise(text: str, sentences: Sequence[Sentence]) -> Tokens:
    """Split a text whose sentences are known into its table of tokens."""
    # Splitting and adding up lengths is several times faster than a match object for each token.
    parts = _TOKEN.split(text)
    edges = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))
    words = [_seen(word) for word in parts[1::2]] if not text.isascii() or "-\n" in text else parts[1::2]
    starts = edges[:-1:2]
    blocks = paragraphs(text, sentences)
    opening = np.array([sentence.span.start for sentence in sentences], dtype=np.int64)
    closing = np.array([sentence.span.end for sentence in sentences], dtype=np.int64)
    first, behind = np.searchsorted(starts, opening).tolist(), np.searchsorted(starts, closing).tolist()
    sentence = np.maximum(np.searchsorted(opening, starts, "right") - 1, 0).astype(np.int32)
    kinds = np.array([PARTS.index(s.part) for s in sentences], dtype=np.int8)
    return Tokens(
        words=words,
        lower=list(map(str.lower, words)),
        starts=starts.tolist(),
        ends=edges[1::2].tolist(),
        sentence=sentence,
        paragraph=np.searchsorted([b.start for b in blocks], starts, "right").astype(np.int32) - 1,
        part=kinds[sentence] if len(kinds) else np.zeros(len(words), np.int8),
        counts=np.fromiter(map(_is_word, words), dtype=np.bool_, count=len(words)),
        bounds=list(zip(first, behind, strict=True)),
        paragraphs=blocks,
        voice=np.zeros(len(words), np.int8),
    )


def _seen(word: str) -> str:
    """A word as a reader sees it: accents on their letters, ligatures taken apart, nothing hidden inside."""
    if word.isascii() and "\n" not in word:
        return word
    return unicodedata.normalize("NFKC", _HIDDEN.sub("", word)) or word if word[0].isalnum() else word


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"


def paragraphs(text: str, sentences: Sequence[Sentence]) -> list[Span]:
    """The paragraphs of a text; lines over which a sentence runs are one."""
    result: list[Span] = []
    starts = [sentence.span.start for sentence in sentences]
    for line in paragraph_lines(text):
        start, end = line.start, line.end
        if result:
            at = bisect_left(starts, start) - 1
            inside = at >= 0 and sentences[at].span.end > start and starts[at] < result[-1].end
            if inside and start - result[-1].end <= 2:
                result[-1] = Span(result[-1].start, end)
                continue
        result.append(Span(start, end))
    return result
