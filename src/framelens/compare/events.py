"""Which articles are about the same event, and how each of them tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from framelens.compare.comparison import Event, EventArticle
from framelens.compare.tally import Tally
from framelens.text import Voice

__all__ = ["find_events"]


def find_events(tallies: Sequence[Tally], *, days: int = 2, similarity: float = 0.35) -> tuple[Event, ...]:
    """Events that at least two groups tell, those of the most groups first.

    Articles belong to an event if their titles and first paragraphs are like those of its earliest article (cosine
    of TF-IDF at least ``similarity``) and they appeared within ``days`` of it. Likeness to one article, not to
    any, keeps a long story from swallowing its neighbours. Undated articles are left out, unless no article has a
    date: then all are compared with one another.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    # Among dated articles an undated one may be years away from what it resembles.
    dated = [tally for tally in tallies if _day(tally.published)]
    tallies = dated or tallies
    if len(tallies) < 2:
        return ()
    ordered = sorted(tallies, key=lambda tally: (_day(tally.published), tally.id))
    days_of = [_day(tally.published) for tally in ordered]
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True, token_pattern=r"[^\W_]{2,}")  # noqa: S106 - no password
    try:
        matrix = vectors.fit_transform(tally.lead for tally in ordered)
    except ValueError:  # no words but stop words
        return ()
    taken = [False] * len(ordered)
    events: list[Event] = []
    end = 0
    for first, day in enumerate(days_of):
        end = max(end, first + 1)
        while end < len(ordered) and days_of[end] - day <= days:
            end += 1
        if taken[first]:
            continue
        near = (matrix[first] @ matrix[first:end].T).toarray()[0]
        members = [
            first + i for i, value in enumerate(near) if (i == 0 or value >= similarity) and not taken[first + i]
        ]
        if len({ordered[i].group for i in members}) > 1:
            for i in members:
                taken[i] = True
            events.append(_event([ordered[i] for i in members]))
    return tuple(sorted(events, key=lambda e: (-len(e.groups), -len(e.articles), e.title)))


def _day(published: str) -> int:
    """The day as a number; 0, a day of its own, where there is none."""
    try:
        return dt.date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return 0


def _event(tallies: Sequence[Tally]) -> Event:
    articles = sorted(map(_article, tallies), key=lambda a: (-a.loaded_per_1000_words, a.group, a.id))
    return Event(tuple(articles))


def _article(tally: Tally) -> EventArticle:
    words = sum(tally.words.values())

    def count(*voices: Voice) -> int:
        return sum(tally.words.get(voice, 0) for voice in voices)

    own = count("author", "scare")
    return EventArticle(
        id=tally.id,
        group=tally.group,
        title=tally.title,
        published=tally.published,
        words=words,
        loaded_per_1000_words=1000 * tally.loaded.get("author", 0) / own if own else 0.0,
        editorializing_share=(
            None if tally.editorializing is None or tally.scored is None else tally.editorializing / (tally.scored or 1)
        ),
        quoted_share=count("direct", "indirect") / words if words else 0.0,
        frames=tuple(sorted(tally.frames, key=lambda frame: -tally.frames[frame])[:2]),
        terms=tuple(term for term, _ in tally.terms["author"].most_common()),
    )
