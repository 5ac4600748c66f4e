"""What framelens found in one article, and the questions one asks of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from framelens.sources import source_names
from framelens.text import (
    VOICES,
    Article,
    Document,
    FrameScore,
    Genre,
    Portrayal,
    Provenance,
    SentenceScore,
    Stance,
    Suppressed,
    TermKind,
    TermMatch,
    Voice,
)

__all__ = ["ArticleReport", "Concordance", "SourceSummary"]


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What one source says in an article: words by kind, its cues, and their stances."""

    source: str
    attributions: int
    words_direct: int
    words_indirect: int
    cues: tuple[str, ...]
    stances: tuple[Stance, ...]

    @property
    def words(self) -> int:
        return self.words_direct + self.words_indirect


@dataclass(frozen=True, slots=True)
class Concordance:
    """A term with the text to its left and right."""

    left: str
    term: TermMatch
    right: str


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """One article's report: raw parts as fields, questions as properties and methods.

    ``terms`` are those at or above the line of probability; ``unlikely`` those below it, which no figure counts.
    Boilerplate is in the document but counted nowhere.
    """

    document: Document
    terms: tuple[TermMatch, ...]
    suppressed: tuple[Suppressed, ...]
    scores: tuple[SentenceScore, ...]
    provenance: Provenance
    frames: tuple[FrameScore, ...] = ()
    portrayals: tuple[Portrayal, ...] = ()
    genre: Genre | None = None
    unlikely: tuple[TermMatch, ...] = ()
    _words: Mapping[Voice, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", self.document.words_by_voice())

    @property
    def article(self) -> Article:
        return self.document.article

    @property
    def words_by_voice(self) -> dict[Voice, int]:
        """Words of headline and body that each voice speaks; compounds and contractions are one word."""
        return dict(self._words)

    @property
    def words(self) -> int:
        """Words of headline and body."""
        return sum(self._words.values())

    @property
    def voice_shares(self) -> dict[Voice, float]:
        """Share of the words that each voice speaks; all 0 for an empty article."""
        return {voice: count / (self.words or 1) for voice, count in self._words.items()}

    def by_kind(self) -> dict[TermKind, tuple[TermMatch, ...]]:
        """The terms of each kind found, the commonest kind first."""
        counts = Counter(match.kind for match in self.terms)
        return {name: tuple(m for m in self.terms if m.kind == name) for name, _ in counts.most_common()}

    def by_voice(self) -> dict[Voice, tuple[TermMatch, ...]]:
        """The terms in each of the four voices."""
        return {voice: tuple(m for m in self.terms if m.voice == voice) for voice in VOICES}

    @property
    def own_words(self) -> int:
        """Words in the outlet's own voice, those in its scare quotes included."""
        return self._words["author"] + self._words["scare"]

    @property
    def per_1000_words(self) -> float:
        """Loaded terms in the author's voice per 1,000 words of the author's own voice."""
        return 1000 * len(self.by_voice()["author"]) / self.own_words if self.own_words else 0.0

    def strong(self) -> dict[Voice, tuple[TermMatch, ...]]:
        """The terms of strength 2 or 3 in each of the four voices."""
        return {voice: tuple(m for m in terms if m.strength >= 2) for voice, terms in self.by_voice().items()}

    @property
    def strong_per_1000_words(self) -> float:
        """Terms of strength 2 or 3 in the author's voice per 1,000 words of the author's own voice."""
        return 1000 * len(self.strong()["author"]) / self.own_words if self.own_words else 0.0

    @property
    def editorializing_share(self) -> float | None:
        """Share of the scored sentences whose probability reaches the threshold; None without a model."""
        threshold = self.provenance.threshold
        if threshold is None:
            return None
        return sum(s.probability >= threshold for s in self.scores) / len(self.scores) if self.scores else 0.0

    def by_source(self) -> tuple[SourceSummary, ...]:
        """Who speaks in the article, the most words first; unnamed sources stand together as ``""``.

        "The Taliban" and "the Taliban" are one source, and "Khan" is "Ismail Khan" where only one Khan speaks.
        """
        spoken = [a for a in self.document.attributions if a.kind != "scare"]
        names = source_names(self.document.text, spoken)
        groups: dict[str, list[tuple[int, int, str, Stance]]] = {}
        for attribution, name in zip(spoken, names, strict=True):
            words = sum(self.document.tokens.count(span) for span in attribution.content)
            direct = words if attribution.kind in {"direct", "block"} else 0
            cue = attribution.cue.of(self.document.text).lower() if attribution.cue else ""
            groups.setdefault(name, []).append((direct, words - direct, cue, attribution.stance))
        summaries = [
            SourceSummary(
                source=name,
                attributions=len(rows),
                words_direct=sum(row[0] for row in rows),
                words_indirect=sum(row[1] for row in rows),
                cues=tuple(dict.fromkeys(row[2] for row in rows if row[2])),
                stances=tuple(dict.fromkeys(row[3] for row in rows)),
            )
            for name, rows in groups.items()
        ]
        return tuple(sorted(summaries, key=lambda s: (not s.source, -s.words, s.source)))

    def concordance(self, width: int = 40) -> tuple[Concordance, ...]:
        """Each term with ``width`` code points of text on either side, line ends shown as spaces."""
        text = self.document.text
        return tuple(
            Concordance(
                text[max(0, m.span.start - width) : m.span.start].replace("\n", " "),
                m,
                text[m.span.end : m.span.end + width].replace("\n", " "),
            )
            for m in self.terms
        )

    def to_dict(self, *, everything: bool = False) -> dict[str, object]:
        """The report as JSON-ready data, schema ``framelens/2``; with ``everything`` also the unlikely terms."""
        from framelens.export import to_dict

        return to_dict(self, everything=everything)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> ArticleReport:
        """A report read back from `to_dict`; raises `InputError` where the data is not of that schema."""
        from framelens.export import fields_of

        return cls(**fields_of(data))

    def __repr__(self) -> str:
        name = self.article.title or self.article.id or "article"
        share = self.editorializing_share
        scored = "" if share is None else f", {share:.0%} of sentences editorializing"
        return (
            f"<ArticleReport {name!r}: {self.words} words, {len(self.by_voice()['author'])} loaded terms in the "
            f"author's voice{scored}; see .terms, .by_source(), .to_dict()>"
        )

    def _repr_html_(self) -> str:
        from framelens.render import html_fragment

        return html_fragment(self)
