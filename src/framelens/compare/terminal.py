"""Comparison → a rich console."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from framelens.compare.comparison import Comparison, Distinctive, Event
from framelens.compare.rates import Rate

__all__ = ["print_comparison"]

_EVENTS = 5
_BAR = 24


def shown(rate: Rate | None, *, percent: bool = False) -> str:
    """A rate with its interval, as ``2.31 [1.80, 2.95]`` or ``12 % [9, 15]``."""
    if rate is None or rate.value is None:
        return "–"
    scale, digits, unit = (100, 0, " %") if percent else (1, 2, "")
    text = f"{rate.value * scale:.{digits}f}{unit}"
    if rate.low is None or rate.high is None:
        return text
    return f"{text} [{rate.low * scale:.{digits}f}, {rate.high * scale:.{digits}f}]"


def _bar(rate: Rate, top: float) -> str:
    """A bar on which the interval is drawn thin around the value."""
    if rate.value is None or not top:
        return ""
    value, low, high = (round(_BAR * (x or 0.0) / top) for x in (rate.value, rate.low or 0.0, rate.high or rate.value))
    return "█" * low + "▓" * max(value - low, 0) + "░" * max(high - max(value, low), 0)


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print the groups with intervals, what sets each apart, the frames, and the largest events."""
    console.print(_rates(comparison))
    console.print(
        f"{comparison.articles} articles; in brackets 95 % intervals from {comparison.resamples} resamplings of "
        f"articles; model: {comparison.model or 'none'}; not shown: {comparison.left_out} articles",
        style="dim",
        markup=False,
    )
    if comparison.frames:
        console.print(_frames(comparison))
    if any(group.distinctive for group in comparison.groups):
        console.print(_words(comparison))
    for event in comparison.events[:_EVENTS]:
        console.print(_event(event, comparison.by))
    if len(comparison.events) > _EVENTS:
        console.print(f"{len(comparison.events) - _EVENTS} more events; -f csv --table events lists them", style="dim")


def _rates(comparison: Comparison) -> Table:
    table = Table(title="Loaded terms in the author's voice per 1,000 words of it", title_justify="left")
    table.add_column(comparison.by, overflow="fold")
    table.add_column("articles", justify="right")
    table.add_column("loaded per 1,000", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("editorializing", justify="right")
    table.add_column("direct", justify="right")
    table.add_column("indirect", justify="right")
    top = max(
        (g.loaded_per_1000_words.high or g.loaded_per_1000_words.value or 0.0 for g in comparison.groups), default=0.0
    )
    for group in comparison.groups:
        table.add_row(
            escape(group.name),
            str(group.articles),
            escape(shown(group.loaded_per_1000_words)),
            _bar(group.loaded_per_1000_words, top),
            escape(shown(group.editorializing_share, percent=True)),
            escape(shown(group.voice_shares["direct"], percent=True)),
            escape(shown(group.voice_shares["indirect"], percent=True)),
        )
    return table


def _frames(comparison: Comparison) -> Table:
    names = comparison.frames[:5]
    table = Table(title="Strongest frames, mean score", title_justify="left")
    table.add_column(comparison.by, overflow="fold")
    for name in names:
        table.add_column(escape(name.replace("_", " ")), justify="right", overflow="fold")
    for group in comparison.groups:
        table.add_row(escape(group.name), *(escape(shown(group.frames.get(name))) for name in names))
    return table


def _items(items: tuple[Distinctive, ...]) -> str:
    return escape(", ".join(f"{item.text} {item.z:.1f} ({item.articles})" for item in items)) or "–"


def _words(comparison: Comparison) -> Table:
    table = Table(title="What sets each apart: z of log-odds (count), a Dirichlet prior", title_justify="left")
    for name in (comparison.by, "loaded terms, own voice", "loaded terms, quoted", "words, own voice", "words, quoted"):
        table.add_column(name, overflow="fold")
    for group in comparison.groups:
        table.add_row(
            escape(group.name),
            _items(group.most("term", "author")[:5]),
            _items(group.most("term", "quoted")[:5]),
            _items(group.most("word", "author")[:6]),
            _items(group.most("word", "quoted")[:6]),
        )
    return table


def _event(event: Event, by: str) -> Table:
    table = Table(title=escape(f"The same event: {event.title}"), title_justify="left")
    for name in (by, "title", "loaded per 1,000", "editorializing", "quoted", "loaded terms, own voice"):
        table.add_column(name, overflow="fold")
    for article in event.articles:
        share = article.editorializing_share
        table.add_row(
            escape(article.group),
            escape(article.title),
            f"{article.loaded_per_1000_words:.1f}",
            "–" if share is None else f"{share:.0%}",
            f"{article.quoted_share:.0%}",
            escape(", ".join(article.terms[:8])) or "–",
        )
    return table
