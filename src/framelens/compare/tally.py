"""One article's contribution to a comparison: counts, not text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from framelens.document import Document, Span, Voice
from framelens.report import ArticleReport

__all__ = ["LEAD", "SIDES", "Side", "Tally", "side_of", "tally", "term_key", "word_tokens"]

#: Whose words: the outlet's own, or those it reports. Scare-quoted words are neither.
Side = Literal["author", "quoted"]

SIDES: tuple[Side, ...] = ("author", "quoted")

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LEAD = 600  # code points after the title: headline and first paragraphs say which event it is


def side_of(voice: Voice) -> Side | None:
    """The side on which a voice speaks."""
    if voice == "scare":
        return None
    return "author" if voice == "author" else "quoted"


def word_tokens(text: str) -> list[str]:
    """The words of a text in lower case, without numbers, apostrophes straightened."""
    return [word.lower().replace("’", "'") for word in _TOKEN.findall(text)]


def term_key(text: str) -> str:
    """A loaded term's words as they are counted: lower case, on one line."""
    return " ".join(text.lower().replace("’", "'").split())


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article adds to its group.

    ``words`` are counted by voice and ``loaded`` loaded terms by voice; ``scored`` counts the
    sentences that have a probability and ``editorializing`` those at or above the threshold, both None without
    a model. ``vocabulary`` and ``terms`` hold the lower-cased words and loaded terms of each side.
    """

    id: str
    group: str
    title: str
    outlet: str
    published: str
    words: Mapping[Voice, int]
    loaded: Mapping[Voice, int]
    scored: int | None
    editorializing: int | None
    frames: Mapping[str, float]
    vocabulary: Mapping[Side, Counter[str]]
    terms: Mapping[Side, Counter[str]]
    lead: str = field(default="", repr=False)


def _vocabulary(document: Document, sentences: Iterable[Span]) -> dict[Side, Counter[str]]:
    words: dict[Side, Counter[str]] = {side: Counter() for side in SIDES}
    for span in sentences:
        for stretch, voice in document.voice_spans(span):
            side = side_of(voice)
            if side is not None:
                words[side].update(word_tokens(stretch.of(document.text)))
    return words


def tally(report: ArticleReport, group: str) -> Tally:
    """Count what a comparison needs from a report."""
    article, threshold = report.article, report.provenance.threshold
    terms: dict[Side, Counter[str]] = {side: Counter() for side in SIDES}
    for match in report.matches:
        side = side_of(match.voice)
        if side is not None:
            terms[side][term_key(match.text)] += 1
    scored = None if threshold is None else len(report.scores)
    return Tally(
        id=article.id,
        group=group,
        title=article.title or "",
        outlet=article.outlet or "",
        published=article.published or "",
        words=report.words_by_voice,
        loaded={voice: len(found) for voice, found in report.by_voice().items()},
        scored=scored,
        editorializing=None if threshold is None else sum(s.probability >= threshold for s in report.scores),
        frames={frame.frame: frame.score for frame in report.frames},
        vocabulary=_vocabulary(report.document, (s.span for s in report.counted_sentences())),
        terms=terms,
        lead=f"{article.title or ''}\n{article.text[:LEAD]}",
    )
