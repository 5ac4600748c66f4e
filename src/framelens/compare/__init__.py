"""Reports → comparison between outlets, or by any other column: rates with intervals, words that set apart, events.

>>> from framelens.compare import compare
>>> comparison = compare([])
>>> len(comparison)
0
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from framelens.compare.comparison import Comparison, Distinctive, Event, EventArticle, Group
from framelens.compare.gather import CompareOptions, gather
from framelens.compare.log_odds import LogOdds, log_odds
from framelens.compare.rates import Rate
from framelens.compare.tally import Tally, tally
from framelens.errors import InputError
from framelens.report import ArticleReport
from framelens.text import Article

__all__ = [
    "FIELDS",
    "CompareOptions",
    "Comparison",
    "Distinctive",
    "Event",
    "EventArticle",
    "Group",
    "LogOdds",
    "Rate",
    "Tally",
    "compare",
    "gather",
    "group_of",
    "log_odds",
    "tally",
]

_YEAR, _MONTH = re.compile(r"\d{4}(?=-|$)"), re.compile(r"\d{4}-\d\d(?=-|$)")


def _part(pattern: re.Pattern[str], published: str | None) -> str | None:
    """The first part of an ISO date; None for other dates, of which day and month cannot be told apart."""
    found = pattern.match(published or "")
    return found and found.group()


#: What articles can be grouped by without a function.
FIELDS: dict[str, Callable[[Article], str | None]] = {
    "outlet": lambda article: article.outlet,
    "id": lambda article: article.id,
    "title": lambda article: article.title or article.id,
    "url": lambda article: article.url,
    "published": lambda article: article.published,
    "year": lambda article: _part(_YEAR, article.published),
    "month": lambda article: _part(_MONTH, article.published),
}


def group_of(article: Article, by: str) -> str | None:
    """The value of an article's field: outlet, id, title, url, published, year or month; `InputError` for another."""
    if by not in FIELDS:
        raise InputError(f"articles have no {by!r} to be compared by; they have {', '.join(FIELDS)}")
    return FIELDS[by](article)


def compare(
    reports: Iterable[ArticleReport],
    by: str | Callable[[Article], str] = "outlet",
    options: CompareOptions | None = None,
    *,
    name: str | None = None,
) -> Comparison:
    """Compare reports by a field of their articles, or by what a function called ``name`` says of each article.

    Reports are read once and not kept, so a generator such as ``Analyzer().pipe(articles)`` may be given.
    """
    models: set[str] = set()

    def tallies() -> Iterator[Tally]:
        for report in reports:
            if report.provenance.model is not None:
                models.add(report.provenance.model.name)
            group = group_of(report.article, by) if isinstance(by, str) else by(report.article)
            yield tally(report, (group or "").strip())

    column: str = name or (by if isinstance(by, str) else str(getattr(by, "__name__", "group")))
    return gather(tallies(), by=column, options=options, model=lambda: ", ".join(sorted(models)) or None)
