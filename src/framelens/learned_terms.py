"""The learned lexicon: words that a linear model proposes as loaded in their sentence, beside the curated list.

A word's logit is the sum of its own weight, a weight for each neighbour, and a share of the sentence's
editorializing logit, so a plain word counts only where the sentence supports it. The weights are learned from the
``biased_words`` of BABE (Spinde et al. 2021); see the model's card.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from framelens.document import Document, Sentence, Span
from framelens.errors import ModelError
from framelens.features import TOKEN, Vocabulary
from framelens.matcher import TermMatch
from framelens.report import LexiconStamp, SentenceScore

__all__ = ["LEARNED", "LearnedTerms", "load_learned_terms"]

#: Name and category of what the learned lexicon proposes.
LEARNED = "learned"

_VERSION = 1
_SHORTEST = 4  # letters; shorter words are nearly all function words
_NOTE = "Words like this were marked as biased in context by the annotators of BABE; weighed with its sentence."
_SOURCE = "Learned from BABE (Spinde et al. 2021), not curated"


@dataclass(frozen=True, slots=True)
class LearnedTerms:
    """Weights by vocabulary row: of the word itself and of the word before and after it."""

    vocabulary: Vocabulary
    own: tuple[float, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    sentence_weight: float
    capital_weight: float
    intercept: float
    threshold: float
    stamp: LexiconStamp

    def match(
        self, document: Document, curated: Sequence[TermMatch], scores: Sequence[SentenceScore]
    ) -> tuple[TermMatch, ...]:
        """Words whose logit reaches the threshold, none of which a curated term covers."""
        taken: dict[int, list[Span]] = {}
        for match in curated:
            taken.setdefault(match.sentence, []).append(match.span)
        found: list[TermMatch] = []
        for score in scores:
            sentence = document.sentences[score.sentence]
            for span, logit in self._proposals(document.text, sentence, score.logit or 0.0):
                if not any(span.overlaps(other) for other in taken.get(sentence.index, ())):
                    found.append(_term(document, sentence, span, logit))
        return tuple(found)

    def _proposals(self, text: str, sentence: Sentence, sentence_logit: float) -> list[tuple[Span, float]]:
        tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, sentence.span.start, sentence.span.end)]
        rows = [0, *(self.vocabulary.row(token) for token, _, _ in tokens), 0]
        common = self.intercept + self.sentence_weight * sentence_logit
        proposals = []
        for i, (token, start, end) in enumerate(tokens):
            own = self.own[rows[i + 1]]
            if common + own < self.threshold - 2 or len(token) < _SHORTEST or not token[0].isalpha():
                continue
            capital = self.capital_weight if i and token[0].isupper() else 0.0
            logit = common + own + self.before[rows[i]] + self.after[rows[i + 2]] + capital
            if logit >= self.threshold:
                proposals.append((Span(start, end), logit))
        return proposals


def _term(document: Document, sentence: Sentence, span: Span, logit: float) -> TermMatch:
    return TermMatch(
        span=span,
        text=span.of(document.text),
        entry=LEARNED,
        lexicon=LEARNED,
        category=LEARNED,
        sentence=sentence.index,
        voice=document.voice_of(span),
        severity=1,
        note=_NOTE,
        source=_SOURCE,
        weight=logit,
    )


def _folder() -> Path:
    return Path(str(files("framelens.models") / "learned_terms"))


@cache
def load_learned_terms() -> LearnedTerms:
    """The learned lexicon that ships with framelens; raises `ModelError` where it was altered."""
    folder = _folder()
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        packed = (folder / "arrays.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: not a learned lexicon: {error}") from error
    digest = hashlib.sha256(packed).hexdigest()
    if config.get("version") != _VERSION or config.get("arrays_sha256") != digest:
        raise ModelError(f"{folder}: the learned lexicon was altered or is of another version; get it afresh")
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        own, before, after = (tuple(arrays[name].astype(float).tolist()) for name in ("own", "before", "after"))
        vocabulary = Vocabulary([str(word) for word in arrays["words"]])
    numbers = ("sentence_weight", "capital_weight", "intercept", "threshold")
    stamp = LexiconStamp(LEARNED, str(config["released"]), digest[:16])
    return LearnedTerms(vocabulary, own, before, after, stamp=stamp, **{key: float(config[key]) for key in numbers})
