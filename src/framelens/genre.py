"""Article → whether it reads as opinion, reporting or satire: context for a reader, no judgement of the text.

Opinion and reporting are told apart by a logistic model over a dozen plain rates (first persons, "should",
questions, words that are others'). It was learned from 1,107 news articles whose title or address says that they
are opinion, or that came from news agencies and news desks; no outlet's name or label is read. Satire is only
said where the outlet or the text declares itself satirical.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from framelens.document import Document
from framelens.report import SentenceScore

__all__ = ["Genre", "GenreLabel", "genre_features", "genre_of"]

GenreLabel = Literal["opinion", "reporting", "satire"]

_RATES: dict[str, re.Pattern[str]] = {
    "first_singular": re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|me|myself|My)\b"),
    "first_plural": re.compile(r"(?i)\b(?:we|our|us|ourselves|we['’](?:re|ve|ll|d))\b(?!\.)"),
    "second": re.compile(r"(?i)\b(?:you|your|yours|you['’](?:re|ve|ll|d))\b"),
    "duty": re.compile(r"(?i)\b(?:should|must|ought|need to|needs to|let['’]s)\b"),
    "stance": re.compile(
        r"(?i)\b(?:of course|indeed|perhaps|surely|clearly|obviously|simply|frankly|apparently|actually|really|in fact|"
        r"unfortunately|sadly|hardly|merely|so-called|no doubt|after all|in other words|rather|even|never|"
        r"truth|wrong)\b"
    ),
    "present": re.compile(r"\b(?:is|are|isn['’]t|aren['’]t|has|have|does|do|don['’]t|doesn['’]t|can|can['’]t)\b"),
    "negation": re.compile(r"(?i)\b(?:not|no|nothing|nobody|none|neither|nor)\b"),
    "questions": re.compile(r"\?"),
    "exclamations": re.compile(r"!"),
    "connectives": re.compile(r"\b(?:But|And|So|Yet|Because|If|This|That|What|Why|How)\b"),
    "days": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    "reporting_verbs": re.compile(r"\b(?:said|told|according to|announced|reported|declined to|spokes\w+|officials)\b"),
}
_SATIRE_OUTLETS = re.compile(r"(?i)\b(?:the ?onion|babylon ?bee|borowitz|daily ?mash|clickhole|satire|satirical)\b")
_SELF_DECLARED = re.compile(r"(?i)this (?:article|story|piece|column) is (?:a )?(?:satire|satirical|parody)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Genre:
    """What an article reads as, and how probable that is; declared satire has probability 1."""

    label: GenreLabel
    probability: float

    @property
    def name(self) -> str:
        """The label, by the name that reports print."""
        return self.label


def genre_features(document: Document) -> dict[str, float]:
    """How often each sign of opinion or reporting occurs in the author's words (root of the rate per 100 words).

    ``others`` is the share of the words that are somebody else's.
    """
    own: list[str] = []
    others = 0
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        for span, voice in document.voice_spans(sentence.span):
            if voice in {"direct", "indirect"}:
                others += len(_WORD.findall(document.text, span.start, span.end))
            else:
                own.append(span.of(document.text))
    text = "\n".join(own)
    words = len(_WORD.findall(text))
    rates = {name: 100.0 * len(sign.findall(text)) / (words + 30) for name, sign in _RATES.items()}
    return {**{name: math.sqrt(rate) for name, rate in rates.items()}, "others": others / (words + others + 1)}


def genre_of(document: Document, scores: Sequence[SentenceScore] = ()) -> Genre:
    """What a document reads as; ``scores`` are taken so that callers need not change, and are not read."""
    del scores
    article = document.article
    if _SATIRE_OUTLETS.search(f"{article.outlet or ''} {article.url or ''}") or _declares_itself(document.text):
        return Genre("satire", 1.0)
    model = _model()
    logit = model["bias"] + sum(model[name] * value for name, value in genre_features(document).items())
    opinion = 1.0 / (1.0 + math.exp(-logit))
    return Genre("opinion", opinion) if opinion >= 0.5 else Genre("reporting", 1.0 - opinion)


def _declares_itself(text: str) -> bool:
    """Whether the first or last lines say that the piece is satire; one in the middle is about others'."""
    return bool(_SELF_DECLARED.search(text[:500]) or _SELF_DECLARED.search(text[-500:]))


@cache
def _model() -> dict[str, float]:
    data: dict[str, float] = json.loads(files("framelens").joinpath("genre.json").read_text(encoding="utf-8"))
    return data
