"""What a comparison found: groups with rates, distinctive words, and events side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from framelens.compare.rates import Rate
from framelens.compare.tally import Side
from framelens.text import Voice

__all__ = ["COMPARISON_SCHEMA", "Comparison", "Distinctive", "Event", "EventArticle", "Group"]

COMPARISON_SCHEMA = "framelens-comparison/2"


@dataclass(frozen=True, slots=True)
class Distinctive:
    """A word or loaded term that more of a group's articles use than the others' do, in one voice.

    It counts once an article, however often it stands there: a word that fills one article is its topic, not its
    outlet's habit. ``rest_articles`` are those of all other groups.
    """

    kind: Literal["word", "term"]
    voice: Side
    text: str
    z: float
    log_odds: float
    articles: int
    rest_articles: int


@dataclass(frozen=True, slots=True)
class Group:
    """One outlet, or one value of another column, with pooled rates over its articles.

    ``loaded_per_1000_words`` counts loaded terms in the author's voice per 1,000 words of the author's own voice;
    ``editorializing_share`` is None where no model scored the sentences.
    """

    name: str
    articles: int
    words: int
    own_words: int
    loaded_terms: int
    loaded_per_1000_words: Rate
    quoted_per_1000_words: Rate
    editorializing_share: Rate | None
    voice_shares: Mapping[Voice, Rate]
    frames: Mapping[str, Rate]
    distinctive: tuple[Distinctive, ...] = ()

    def most(self, kind: Literal["word", "term"], voice: Side) -> tuple[Distinctive, ...]:
        """The group's distinctive words or terms of one voice, the most distinctive first."""
        return tuple(d for d in self.distinctive if d.kind == kind and d.voice == voice)


@dataclass(frozen=True, slots=True)
class EventArticle:
    """One article of an event; ``terms`` are the loaded terms in the author's voice, the commonest first."""

    id: str
    group: str
    title: str
    published: str
    words: int
    loaded_per_1000_words: float
    editorializing_share: float | None
    quoted_share: float
    frames: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Articles of several groups about the same event, the most loaded first."""

    articles: tuple[EventArticle, ...]

    @property
    def title(self) -> str:
        return self.articles[0].title or self.articles[0].id

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(sorted({article.group for article in self.articles}))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of articles side by side, the most loaded first.

    ``left_out`` counts the articles that are not shown: those without a value of the column ``by``, and those
    of groups that are too small (which still count in "the rest" that words are compared with).
    """

    by: str
    groups: tuple[Group, ...]
    left_out: int = 0
    model: str | None = None
    events: tuple[Event, ...] = ()
    resamples: int = field(default=1000, compare=False)

    def __getitem__(self, name: str) -> Group:
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[Group]:
        return iter(self.groups)

    @property
    def articles(self) -> int:
        """Articles in the groups shown."""
        return sum(group.articles for group in self.groups)

    @property
    def frames(self) -> tuple[str, ...]:
        """The frames of any group, the strongest over all groups first."""
        totals: dict[str, float] = {}
        for group in self.groups:
            for name, rate in group.frames.items():
                totals[name] = totals.get(name, 0.0) + (rate.value or 0.0) * group.articles
        return tuple(sorted(totals, key=lambda name: (-totals[name], name)))

    def to_dict(self) -> dict[str, object]:
        """The comparison as JSON-ready data."""
        return {
            "schema": COMPARISON_SCHEMA,
            "by": self.by,
            "articles": self.articles,
            "left_out": self.left_out,
            "model": self.model,
            "interval": {"level": 0.95, "method": "percentile bootstrap over articles", "resamples": self.resamples},
            "groups": [asdict(group) for group in self.groups],
            "events": [{"title": event.title, **asdict(event)} for event in self.events],
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """The comparison as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_csv(self, table: Literal["groups", "words", "events"] = "groups") -> str:
        """One of the comparison's tables as CSV, formula-like cells defused by an apostrophe."""
        from framelens.compare.tables import csv_text

        return csv_text(self, table)

    def to_html(self) -> str:
        """The comparison as one self-contained page with plots."""
        from framelens.compare.page import page

        return page(self)

    def __repr__(self) -> str:
        return (
            f"<Comparison by {self.by}: {len(self.groups)} groups, {self.articles} articles; "
            f"see .groups, .to_dict(), .to_html()>"
        )

    def _repr_html_(self) -> str:
        from framelens.compare.page import fragment

        return fragment(self)
