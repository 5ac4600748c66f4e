"""One article's contribution to a comparison: counts, not text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from framelens.report import ArticleReport
from framelens.text import Voice

__all__ = ["LEAD", "SIDES", "Neighbours", "Side", "Tally", "side_of", "tally", "term_key", "vocabulary", "word_tokens"]

#: Whose words: the outlet's own, or those it reports. Scare-quoted words are neither.
Side = Literal["author", "quoted"]

SIDES: tuple[Side, ...] = ("author", "quoted")

#: The words before and after a word; an empty string at either end of a sentence, or where the voice changes.
Neighbours = tuple[str, str]

# "U.S." is one word; of single letters only those that are words count, for the others are initials.
_TOKEN = re.compile(r"\b(?:(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)+|[^\W\d_]{2,}|[ai]\b)")
_ADDRESS = ("://", "@", ".com", ".co/", "www.")
LEAD = 600  # code points after the title: headline and first paragraphs say which event it is


def side_of(voice: Voice) -> Side | None:
    """The side on which a voice speaks."""
    if voice == "scare":
        return None
    return "author" if voice == "author" else "quoted"


def word_tokens(text: str) -> list[str]:
    """The words of a text in lower case, without numbers, initials and addresses, apostrophes straightened."""
    if any(mark in text for mark in _ADDRESS):
        text = " ".join(chunk for chunk in text.split() if not any(mark in chunk for mark in _ADDRESS))
    found: list[str] = _TOKEN.findall(text.lower().replace("’", "'"))
    return found


def term_key(text: str) -> str:
    """A loaded term's words as they are counted: lower case, on one line."""
    return " ".join(text.lower().replace("’", "'").split())


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article adds to its group.

    ``words`` are counted by voice and ``loaded`` loaded terms by voice; ``scored`` counts the
    sentences that have a probability and ``editorializing`` those at or above the threshold, both None without
    a model. ``vocabulary`` holds the words of each side with the neighbours of their first use, and ``terms``
    the loaded terms.
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
    vocabulary: Mapping[Side, Mapping[str, Neighbours]]
    terms: Mapping[Side, Counter[str]]
    lead: str = field(default="", repr=False)


def vocabulary(pieces: Iterable[tuple[str, Voice]]) -> dict[Side, dict[str, Neighbours]]:
    """The words of each side, from pieces of sentences that are each in one voice, in the order of the article."""
    words: dict[Side, dict[str, Neighbours]] = {side: {} for side in SIDES}
    for text, voice in pieces:
        side = side_of(voice)
        if side is not None:
            row = ["", *word_tokens(text), ""]
            for before, word, after in zip(row, row[1:], row[2:], strict=False):
                words[side].setdefault(word, (before, after))
    return words


def tally(report: ArticleReport, group: str) -> Tally:
    """Count what a comparison needs from a report."""
    article, threshold = report.article, report.provenance.threshold
    terms: dict[Side, Counter[str]] = {side: Counter() for side in SIDES}
    for match in report.terms:
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
        vocabulary=vocabulary(
            (stretch.of(article.text), voice)
            for sentence in report.document.counted()
            for stretch, voice in report.document.voices.within(sentence.span)
        ),
        terms=terms,
        lead=f"{article.title or ''}\n{article.text[:LEAD]}",
    )
