"""An article read once: its sentences, its table of tokens, and who speaks where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from framelens.text.article import Article, Sentence, Span
from framelens.text.attribution import VOICES, Attribution, SentenceVoice, Voice, Voices
from framelens.text.normalise import normalise
from framelens.text.segment import segment
from framelens.text.tokens import Tokens, tokenise

__all__ = ["Document"]

_AUTHOR, _DIRECT, _INDIRECT, _SCARE = range(len(VOICES))
# A connective or two beside the speech ("But", "on Monday") does not make a sentence mixed.
_ONE_VOICE = 0.8


@dataclass(frozen=True, slots=True)
class Document:
    """An article taken apart: sentences in order, tokens, and who speaks where.

    ``normalised`` is the text made comparable, one code point for one. `Document.read` makes one from an article,
    `attributed` adds whose words they are.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: Tokens = field(repr=False, compare=False)
    normalised: str = field(repr=False, compare=False)
    attributions: tuple[Attribution, ...] = ()
    voices: Voices = field(default=Voices((0,), ("author",)), repr=False, compare=False)
    _words: NDArray[np.int64] = field(init=False, repr=False, compare=False)
    _framing: NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        count, tokens = len(self.sentences), self.tokens
        cell = tokens.sentence * len(VOICES) + tokens.voice
        inside = tokens.counts if count else np.zeros(0, np.bool_)
        words = np.bincount(cell[inside], minlength=count * len(VOICES)).reshape(-1, len(VOICES))
        object.__setattr__(self, "_words", words)
        framing = [
            s
            for a in self.attributions
            if a.kind not in {"scare", "attitude"}
            for s in (a.source, a.cue)
            if s is not None
        ]
        own = inside & (tokens.voice == _AUTHOR) & tokens.covered(framing) if framing else inside & False
        object.__setattr__(self, "_framing", np.bincount(tokens.sentence[own], minlength=count))

    @classmethod
    def read(cls, article: Article, sentences: tuple[Sentence, ...] | None = None) -> Document:
        """An article cut into sentences, by default `segment`'s, and tokens, all in the author's voice."""
        cut = segment(article) if sentences is None else sentences
        return cls(article, cut, tokenise(article.text, cut), normalise(article.text))

    @classmethod
    def sentence(cls, text: str) -> Document:
        """A text as one sentence, however it is punctuated."""
        only = (Sentence(0, Span(0, len(text)), "body"),) if text.strip() else ()
        return cls.read(Article(text), only)

    def attributed(self, attributions: Sequence[Attribution]) -> Document:
        """The same document with whose words stand where."""
        voices = Voices.of(attributions)
        tokens = self.tokens.with_voices(voices)
        return replace(self, attributions=tuple(attributions), voices=voices, tokens=tokens)

    @property
    def text(self) -> str:
        return self.article.text

    def counted(self) -> Iterator[Sentence]:
        """The sentences of headline and body."""
        return (s for s in self.sentences if s.part != "boilerplate")

    def voice_of(self, span: Span) -> Voice:
        """The voice in which a span begins."""
        return self.voices.at(span.start)

    def words_by_voice(self, sentence: Sentence | None = None) -> dict[Voice, int]:
        """How many words each voice speaks in a sentence, or in headline and body together."""
        if sentence is not None:
            counts = self._words[sentence.index]
        else:
            counts = self._words[[s.index for s in self.counted()]].sum(axis=0)
        return dict(zip(VOICES, counts.tolist(), strict=True))

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a code point, or None between sentences."""
        index = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        if index < 0 or self.sentences[index].span.end <= offset:
            return None
        return self.sentences[index]

    def sentence_voice(self, sentence: Sentence) -> SentenceVoice:
        """Who speaks a sentence: one voice for all words but those of source and cue, else ``mixed``.

        Scare quotes leave a sentence the author's.
        """
        counts = self._words[sentence.index].tolist()
        own = counts[_AUTHOR] - int(self._framing[sentence.index]) + counts[_SCARE]
        shares: dict[SentenceVoice, int] = {"author": own, "direct": counts[_DIRECT], "indirect": counts[_INDIRECT]}
        total = sum(shares.values())
        winner = max(shares, key=shares.__getitem__)
        return winner if total == 0 or shares[winner] >= _ONE_VOICE * total else "mixed"
