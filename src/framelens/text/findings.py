"""What framelens finds in one article, as plain values: terms, sentence scores, frames, genre, portrayals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from framelens.text.article import Span
from framelens.text.attribution import Voice

__all__ = [
    "TERM_KINDS",
    "Contribution",
    "FrameScore",
    "Genre",
    "GenreEvidence",
    "GenreLabel",
    "Label",
    "LexiconStamp",
    "ModelStamp",
    "Portrayal",
    "PortrayalLabel",
    "Provenance",
    "SentenceScore",
    "Strength",
    "Suppressed",
    "TermKind",
    "TermMatch",
]

#: What a loaded term is: a label of people or things, a metaphor (``noun``), a hedge without a name (``weasel``) …
TermKind = Literal[
    "label", "adjective", "adverb", "verb", "noun", "euphemism", "puffery", "intensifier", "weasel", "doubt",
]  # fmt: skip
Strength = Literal[1, 2, 3]
TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)
Label = Literal["editorializing", "reporting", "uncertain"]
GenreLabel = Literal["opinion", "reporting", "satire", "unclear"]


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A loaded term in an article, with everything a reader needs to argue with it.

    ``entry`` is the id of the lexicon's entry, None for a term that the model proposes. ``sentence`` is the index of
    the sentence it stands in. ``probability`` is how probable it is, in 0…1 and calibrated, that a copy editor would
    query the term here; None where no model judged it. ``strength`` is 1 (mild or arguable), 2 (clear) or 3 (blatant).
    ``reason`` says in words why it is shown. Each of ``alternatives`` can stand in the term's place; ``note`` and
    ``source`` are the entry's.
    """

    span: Span
    text: str
    entry: str | None
    lexicon: str
    kind: TermKind
    sentence: int
    voice: Voice
    probability: float | None = None
    strength: Strength = 2
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A form that was seen and excused, and why."""

    span: Span
    text: str
    entry: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """One named part of a sentence's logit."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How probable it is that a sentence editorializes, calibrated; ``sentence`` is its index.

    ``contributions`` are filled where an explanation was asked for; their values sum to ``logit``.
    """

    sentence: int
    probability: float
    label: Label
    logit: float | None = None
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameScore:
    """How much of an article a generic frame (Policy Frames Codebook) carries, in 0…1.

    ``author`` and ``quoted`` are the shares of the evidence in the outlet's own and in others' words;
    ``passages`` are the words that carry the frame.
    """

    frame: str
    score: float
    author: float = 0.0
    quoted: float = 0.0
    passages: tuple[Span, ...] = ()

    @property
    def used(self) -> bool:
        """Whether the article counts as using the frame: scores are scaled so that one half is every threshold."""
        return self.score >= 0.5


@dataclass(frozen=True, slots=True)
class GenreEvidence:
    """What the genre was told from.

    ``mean_probability`` is the sentences' mean probability of editorializing, None without a model.
    ``first_persons`` ("I", "my") and ``reporting_verbs`` ("said", "according to") are counted per 100 own words;
    ``others_share`` is the share of all words that are quoted or paraphrased.
    """

    mean_probability: float | None
    first_persons: float
    reporting_verbs: float
    others_share: float


@dataclass(frozen=True, slots=True)
class Genre:
    """What an article reads as, as context for its figures; *unclear* where the evidence is thin or disagrees."""

    label: GenreLabel
    evidence: GenreEvidence


@dataclass(frozen=True, slots=True)
class PortrayalLabel:
    """A label, epithet or verb attached to an entity, and in whose voice."""

    text: str
    span: Span
    voice: Voice


@dataclass(frozen=True, slots=True)
class Portrayal:
    """What a named entity is called in the article."""

    entity: str
    mentions: int
    labels: tuple[PortrayalLabel, ...]


@dataclass(frozen=True, slots=True)
class LexiconStamp:
    """Which lexicon was used."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class ModelStamp:
    """Which model was used."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What produced a report, so that its numbers can be had again.

    A sentence editorializes from ``threshold`` on; a term is shown from ``term_line`` on. Both are probabilities, None
    without a model.
    """

    framelens: str
    lexicons: tuple[LexiconStamp, ...]
    model: ModelStamp | None
    threshold: float | None
    term_line: float | None = None
