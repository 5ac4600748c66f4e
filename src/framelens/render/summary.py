"""Report → the figures and words that every rendering shows, worked out once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from framelens.text import (
    VOICES,
    FrameScore,
    Genre,
    GenreLabel,
    Part,
    Portrayal,
    Sentence,
    SentenceScore,
    TermKind,
    Voice,
)

if TYPE_CHECKING:
    from framelens.report import ArticleReport, SourceSummary

__all__ = [
    "VOICE_NAMES",
    "PartRow",
    "ScoredSentence",
    "Summary",
    "VoiceRow",
    "frame_list",
    "plain",
    "summarize",
    "wilson",
]

VOICE_NAMES: dict[Voice, str] = {
    "author": "own voice",
    "direct": "quoted",
    "indirect": "paraphrased",
    "scare": "scare quotes",
}

_Z = 1.959964  # two-sided 95 %


def plain(name: str) -> str:
    """An identifier as words: ``contentious_label`` reads *contentious label*."""
    return name.replace("_", " ")


def frame_list(frames: Sequence[FrameScore]) -> str:
    """Frames with their scores, those that an article counts as using apart from the fainter ones."""
    used = [f"{plain(f.frame)} {f.score:.2f}" for f in frames if f.used]
    faint = [f"{plain(f.frame)} {f.score:.2f}" for f in frames if not f.used]
    parts = [", ".join(used) or "none clearly"]
    if faint:
        parts.append(f"faint: {', '.join(faint)}")
    return "; ".join(parts)


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (Wilson 1927); (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    share = hits / trials
    scale = 1 + _Z**2 / trials
    middle = (share + _Z**2 / (2 * trials)) / scale
    half = _Z * sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2)) / scale
    # At the ends the interval touches 0 or 1 exactly, which floating point misses by a hair.
    return (0.0 if hits == 0 else middle - half), (1.0 if hits == trials else middle + half)


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """How much one voice says, and how many loaded terms are in it."""

    voice: Voice
    words: int
    share: float
    terms: int
    per_1000_words: float


@dataclass(frozen=True, slots=True)
class PartRow:
    """Loadedness and editorializing of the headline or the body; terms are those in the outlet's own voice."""

    part: Part
    words: int
    terms: int
    per_1000_words: float
    probability: float | None
    editorializing: int
    sentences: int


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with its score."""

    sentence: Sentence
    text: str
    score: SentenceScore


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands above and below the article in every rendering.

    ``interval`` is the 95 % Wilson interval of ``share``; both are None without a model. ``flagged`` holds the
    sentences that reach the threshold, the most probable first; ``genre`` says what the article reads as, and from
    which figures; ``excused`` counts suppressed forms by reason.
    """

    title: str
    byline: tuple[str, ...]
    url: str | None
    genre: tuple[str, str] | None
    words: int
    voices: tuple[VoiceRow, ...]
    kinds: tuple[tuple[TermKind, int, int], ...]
    share: float | None
    interval: tuple[float, float] | None
    scored: int
    flagged: tuple[ScoredSentence, ...]
    parts: tuple[PartRow, ...]
    sources: tuple[SourceSummary, ...]
    portrayals: tuple[Portrayal, ...]
    excused: tuple[tuple[str, int], ...]
    made_by: tuple[str, ...]


def _title(report: ArticleReport) -> str:
    if report.article.title:
        return " ".join(report.article.title.split())
    headline = [s.span for s in report.document.sentences if s.part == "headline"]
    if headline:
        return " ".join(report.document.text[headline[0].start : headline[-1].end].split())
    return report.article.id or "Untitled article"


def _http(url: str | None) -> str | None:
    """The URL where it is safe to link: ``http`` and ``https`` only."""
    return url if url and url.strip().lower().startswith(("http://", "https://")) else None


def _file_name(article_id: str) -> str:
    # A report is passed on, and where a file lay is nobody else's business.
    return re.split(r"[\\/]", article_id)[-1]


_GENRES: dict[GenreLabel, str] = {
    "opinion": "This reads as an opinion piece: editorializing is expected.",
    "reporting": "This reads as news reporting: the outlet’s own voice is expected to stay neutral.",
    "satire": "This declares itself satire: its wording is not meant literally.",
}


def _genre(genre: Genre | None) -> tuple[str, str] | None:
    """What the article reads as and why, in words; None where nothing can be said."""
    if genre is None:
        return None
    found, mean = genre.evidence, genre.evidence.mean_probability
    if genre.label == "unclear":
        if mean is None:
            return None
        says = "Whether this is opinion or reporting is not clear from its wording."
    else:
        says = _GENRES[genre.label]
    signs = [
        f"“I” and “my”: {found.first_persons:.1f} per 100 own words",
        f"“said” and the like: {found.reporting_verbs:.1f}",
        f"others’ words: {found.others_share:.0%} of the text",
    ]
    if mean is not None:
        signs.insert(0, f"mean probability of editorializing: {mean:.0%}")
    return says, "; ".join(signs)


def _voices(report: ArticleReport) -> tuple[VoiceRow, ...]:
    words, shares = report.words_by_voice, report.voice_shares
    counts = Counter(match.voice for match in report.terms)
    return tuple(VoiceRow(v, words[v], shares[v], counts[v], _rate(counts[v], words[v])) for v in VOICES)


def _rate(count: int, words: int) -> float:
    return 1000 * count / words if words else 0.0


def _kinds(report: ArticleReport) -> tuple[tuple[TermKind, int, int], ...]:
    """Each kind with its terms in the outlet's own voice and in all voices, the commonest first."""
    own = Counter(match.kind for match in report.terms if match.voice == "author")
    everywhere = Counter(match.kind for match in report.terms)
    ranked = sorted(everywhere, key=lambda name: (-own[name], -everywhere[name], name))
    return tuple((name, own[name], everywhere[name]) for name in ranked)


def _parts(report: ArticleReport, threshold: float | None) -> tuple[PartRow, ...]:
    sentences = report.document.sentences
    scores = {score.sentence: score.probability for score in report.scores}
    own = Counter(sentences[m.sentence].part for m in report.terms if m.voice == "author")
    rows = []
    parts: tuple[Part, ...] = ("headline", "body")
    for part in parts:
        inside = [s for s in sentences if s.part == part]
        if not inside:
            continue
        counts: Counter[Voice] = Counter()
        for sentence in inside:
            counts.update(report.document.words_by_voice(sentence))
        scored = [scores[s.index] for s in inside if s.index in scores]
        rows.append(
            PartRow(
                part=part,
                words=counts.total(),
                terms=own[part],
                per_1000_words=_rate(own[part], counts["author"] + counts["scare"]),
                probability=sum(scored) / len(scored) if scored else None,
                editorializing=sum(p >= threshold for p in scored) if threshold is not None else 0,
                sentences=len(scored),
            )
        )
    return tuple(rows)


def _flagged(report: ArticleReport, threshold: float | None) -> tuple[ScoredSentence, ...]:
    if threshold is None:
        return ()
    document = report.document
    over = sorted((s for s in report.scores if s.probability >= threshold), key=lambda s: (-s.probability, s.sentence))
    return tuple(ScoredSentence(s, s.span.of(document.text), x) for x in over for s in [document.sentences[x.sentence]])


def _made_by(report: ArticleReport) -> tuple[str, ...]:
    provenance = report.provenance
    lines = [f"framelens {provenance.framelens}"]
    lines += [f"lexicon {x.name} {x.version}, digest {x.digest}" for x in provenance.lexicons]
    if provenance.model is None:
        lines.append("no sentence model")
    else:
        lines.append(f"model {provenance.model.name}, digest {provenance.model.digest}")
    if provenance.threshold is not None:
        lines.append(f"threshold {provenance.threshold:.3f}")
    return tuple(lines)


def summarize(report: ArticleReport) -> Summary:
    """The figures of a report in the order in which they are shown."""
    article, threshold = report.article, report.provenance.threshold
    flagged, share = _flagged(report, threshold), report.editorializing_share
    return Summary(
        title=_title(report),
        byline=tuple(x for x in (article.outlet, article.published, _file_name(article.id)) if x),
        url=_http(article.url),
        genre=_genre(report.genre),
        words=report.words,
        voices=_voices(report),
        kinds=_kinds(report),
        share=share,
        interval=None if share is None else wilson(len(flagged), len(report.scores)),
        scored=len(report.scores),
        flagged=flagged,
        parts=_parts(report, threshold),
        sources=report.by_source(),
        portrayals=tuple(p for p in report.portrayals if p.labels),
        excused=tuple(Counter(s.reason for s in report.suppressed).most_common()),
        made_by=_made_by(report),
    )
