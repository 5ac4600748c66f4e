"""Sentences as the classifier sees them: word ids and, word by word, who speaks and what the lexicon says.

Batches are ragged: the tokens of all sentences lie in one array, each sentence followed by a padding token, so
that a window of three words never reaches into a neighbour.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from framelens.counterparts import stand_ins
from framelens.text import Document, Sentence, Span, TermMatch, normalise

__all__ = ["FLAGS", "SENTENCE_FEATURES", "Batch", "Vocabulary", "WordTable", "encode", "token_places"]

# Hyphens part words, but not the parts of a name that has counterparts.
_NAMES = "|".join(word for word in stand_ins() if "-" in word)
_WORD = r"[a-zA-ZÀ-ÿ]+(?:['’][a-zA-Z]+)?|\d[\d.,]*|[^\w\s]"
TOKEN = re.compile(rf"\b(?i:{_NAMES})\b|{_WORD}")

#: What a word carries beside its vector: spelling, the voice that speaks it, and the lexicon's severity.
FLAGS = ("capitalised", "upper case", "direct speech", "indirect speech", "scare quotes", "loaded term")
#: What a sentence carries beside its words.
SENTENCE_FEATURES = ("length", "share of direct speech", "share of indirect speech", "loaded terms of the author")

_LONGEST = 400  # tokens of a sentence that are looked at; longer ones are lists or broken text
_SUFFIX = 3
_REMEMBERED = 200_000  # tokens whose rows are kept: a bound for endless streams of rubbish

_RANDOM_VOCABULARY = 5000
_RANDOM_WIDTH = 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded sentences: ``ids``, ``flags`` and ``words`` by token, the others by sentence."""

    ids: NDArray[np.int32]
    flags: NDArray[np.float32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    dense: NDArray[np.float32]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: NDArray[np.int64]) -> Batch:
        """Some of the sentences, in the order asked for."""
        lengths = self.ends[rows] - self.starts[rows] + 1  # each with its padding
        stops = np.cumsum(lengths)
        places = np.repeat(self.starts[rows] - (stops - lengths), lengths) + np.arange(stops[-1] if len(rows) else 0)
        places = np.concatenate([[0], places]).astype(np.int64)
        words = tuple(self.words[place] for place in places)
        ends = stops.astype(np.int64)
        return Batch(self.ids[places], self.flags[places], ends - lengths + 1, ends, self.dense[rows], words)


class Vocabulary:
    """Words to rows of a vector table; a word that is not in it gets the row of its last three letters.

    Row 0 is padding and row 1 the unknown word; ``"~ous"`` stands for the words that end so. The words of a group in
    ``alike`` all get one row, so that a model cannot tell them apart.
    """

    def __init__(self, words: Sequence[str], alike: Sequence[Sequence[str]] = ()) -> None:
        self.words = tuple(words)
        self.alike = tuple(tuple(group) for group in alike)
        self._rows = {word: row for row, word in enumerate(self.words)}
        for group in self.alike:
            shared = next((self._rows[word] for word in group if word in self._rows), 1)
            self._rows.update(dict.fromkeys(group, shared))
        self._codes = _Codes(self._rows)

    def __len__(self) -> int:
        return len(self.words)

    def row(self, token: str) -> int:
        """The row of a token as it stands in a text."""
        return self._codes[token] >> 2

    def knows(self, token: str) -> bool:
        """Whether a token has a row of its own, not that of its ending."""
        row = self.row(token)
        return row > 1 and not self.words[row].startswith("~")

    def codes(self, tokens: Iterable[str]) -> Iterator[int]:
        """Four times each token's row, plus two where it is capitalised, plus one where it is upper case."""
        return map(self._codes.__getitem__, tokens)


class _Codes(dict[str, int]):
    """Looks each token up once."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        super().__init__({"": 0})  # padding
        self._rows = rows

    def __missing__(self, token: str) -> int:
        upper = token.isupper()
        code = 4 * self._look_up(token) + 2 * token[0].isupper() + (upper and len(token) > 1)
        if len(self) < _REMEMBERED:
            self[token] = code
        return code

    def _look_up(self, token: str) -> int:
        word = normalise(token)
        if word[0].isdigit():
            word = "0"
        row = self._rows.get(word)
        if row is None and word.endswith("'s"):
            row = self._rows.get(word[:-2])
        return row if row is not None else self._rows.get("~" + word[-_SUFFIX:], 1)


def _flagged(
    document: Document, matches: Sequence[TermMatch], places: Sequence[int], flags: NDArray[np.float32]
) -> None:
    """Write voice and lexicon flags for the tokens of a document that begin at ``places``."""
    columns = {"direct": 2, "indirect": 3, "scare": 4}
    end = document.sentences[-1].span.end
    for span, voice in document.voices.within(Span(0, end)):
        if voice != "author":
            flags[bisect_left(places, span.start) : bisect_left(places, span.end), columns[voice]] = 1
    for match in matches:
        low, high = bisect_left(places, match.span.start), bisect_left(places, match.span.end)
        flags[low:high, 5] = match.strength / 3


def encode(
    documents: Sequence[Document], matches: Sequence[Sequence[TermMatch]], vocabulary: Vocabulary
) -> tuple[Batch, list[tuple[int, int]]]:
    """Encode every sentence that is not boilerplate, with the (document, sentence) index of each."""
    words: list[str] = [""]
    starts: list[int] = []
    owners: list[tuple[int, int]] = []
    flagged: list[tuple[int, int]] = []  # documents with something to flag, and where their tokens begin
    for number, document in enumerate(documents):
        if document.attributions or matches[number]:
            flagged.append((number, len(words)))
        for sentence in document.sentences:
            if sentence.part != "boilerplate":
                starts.append(len(words))
                words += TOKEN.findall(document.text, sentence.span.start, sentence.span.end)[:_LONGEST]
                words.append("")
                owners.append((number, sentence.index))
    codes = np.fromiter(vocabulary.codes(words), np.int32, len(words))
    ids = codes >> 2
    begin = np.array(starts, np.int64)
    stop = np.append(begin[1:], len(words))[: len(begin)] - 1
    flags = np.zeros((len(ids), len(FLAGS)), np.float32)
    flags[:, 0] = (codes >> 1) & 1
    flags[:, 1] = codes & 1
    # A sentence's first word is capitalised whatever it is.
    flags[begin[begin < stop], 0] = 0
    for number, base in flagged:
        document = documents[number]
        places = [
            place
            for sentence in document.sentences
            if sentence.part != "boilerplate"
            for place in (*token_places(document, sentence), sentence.span.end)
        ]
        if places:
            _flagged(document, matches[number], places, flags[base : base + len(places)])
    batch = Batch(ids, flags, begin, stop, _dense(flags, begin, stop), tuple(words))
    flags[ids == 0] = 0
    return batch, owners


def token_places(document: Document, sentence: Sentence) -> list[int]:
    """Where each token of a sentence that `encode` sees begins in the text."""
    found = TOKEN.finditer(document.text, sentence.span.start, sentence.span.end)
    return [match.start() for match in islice(found, _LONGEST)]


def _dense(flags: NDArray[np.float32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float32]:
    sums = np.vstack([np.zeros((1, flags.shape[1]), np.float32), np.cumsum(flags, axis=0, dtype=np.float32)])
    counts = np.maximum(ends - starts, 1)
    totals = sums[ends] - sums[starts]
    return np.column_stack(
        [
            np.log1p(counts) / math.log(50),
            totals[:, 2] / counts,
            totals[:, 3] / counts,
            np.minimum(totals[:, 5], 3) / 3,
        ]
    ).astype(np.float32)


def build_vocabulary(texts: Iterable[str], size: int, minimum: int = 3) -> Vocabulary:
    """The ``size`` commonest words of a corpus, and a row for each common ending of the words left over."""
    from collections import Counter

    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(TOKEN.findall(normalise(text)))
    for word in [w for w in counts if w[0].isdigit()]:
        counts["0"] += counts.pop(word)
    kept = [w for w, n in counts.most_common(size) if n >= minimum]
    rest = Counter({("~" + w[-_SUFFIX:]): 0 for w in counts})
    for word in counts.keys() - set(kept):
        rest["~" + word[-_SUFFIX:]] += 1
    endings = [ending for ending, n in rest.most_common(1000) if n >= 5 and ending[1:].isalpha()]
    return Vocabulary(["<pad>", "<unknown>", *kept, *endings])


def class_columns(vocabulary: Vocabulary, classes: Mapping[str, Sequence[str]]) -> NDArray[np.float32]:
    """One column a word class: 1 where the vocabulary's word belongs to it; ``*`` ends a stem."""
    columns = np.zeros((len(vocabulary), len(classes)), np.float32)
    for column, members in enumerate(classes.values()):
        exact = {m for m in members if not m.endswith("*")}
        stems = tuple(m[:-1] for m in members if m.endswith("*"))
        for row, word in enumerate(vocabulary.words):
            columns[row, column] = word in exact or (bool(stems) and word.startswith(stems))
    return columns


@dataclass(frozen=True, slots=True)
class WordTable:
    """What a classifier knows of words before it is fitted: a vector, and the word classes it belongs to.

    Row ``i`` of ``vectors`` and ``classes`` belongs to ``vocabulary.words[i]``; only the vectors are learned on.
    """

    vocabulary: Vocabulary
    vectors: NDArray[np.float32]
    classes: NDArray[np.float32]

    @classmethod
    def random(cls, texts: Sequence[str], seed: int) -> WordTable:
        """A table of the texts' own words with random vectors, for those who bring no better one."""
        vocabulary = build_vocabulary(texts, _RANDOM_VOCABULARY, minimum=1)
        vectors = np.random.default_rng(seed).normal(0, 0.1, (len(vocabulary), _RANDOM_WIDTH))
        return cls(vocabulary, vectors.astype(np.float32), np.zeros((len(vocabulary), 0), np.float32))
