"""Comparison → a rich console, as wide as it is."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from framelens.compare.comparison import Comparison, Distinctive, Event, EventArticle, Group
from framelens.compare.rates import Rate

__all__ = ["print_comparison"]

_EVENTS = 5
_FRAMES = 4
_BAR = 24
# From how many columns on a table holds these without breaking words.
_VOICES, _BARS, _SHARES = 130, 76, 58

# Names and titles may not move the reader's cursor: control characters show as pictures.
_CONTROLS = {code: 0x2400 + code for code in range(0x20)} | dict.fromkeys((*range(0x7F, 0xA0), 0x2028, 0x2029), 0xFFFD)


def _plain(text: str) -> Text:
    return Text(text.translate(_CONTROLS))


def shown(rate: Rate | None, *, percent: bool = False) -> str:
    """A rate with its interval, as ``2.31 [1.80, 2.95]`` or ``12 % [9, 15]``."""
    if rate is None or rate.value is None:
        return "–"
    scale, digits, unit = (100, 0, " %") if percent else (1, 2, "")
    text = f"{rate.value * scale:.{digits}f}{unit}"
    if rate.low is None or rate.high is None:
        return text
    return f"{text} [{rate.low * scale:.{digits}f}, {rate.high * scale:.{digits}f}]"


def _bar(rate: Rate, top: float, width: int) -> str:
    """A bar that is solid up to the interval, and shaded within it."""
    if rate.value is None or not top:
        return ""
    value, low, high = (round(width * x / top) for x in (rate.value, rate.low or 0.0, rate.high or rate.value))
    return "█" * low + "▓" * max(value - low, 0) + "░" * max(high - max(value, low), 0)


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print the groups with intervals, their frames, what sets each apart, and the largest events."""
    console.print(_rates(comparison, console.width))
    console.print(_plain(_about(comparison)), style="dim")
    if comparison.frames:
        console.print()
        console.print(_frames(comparison, console.width))
    if any(group.distinctive for group in comparison.groups):
        _words(comparison, console)
    for event in comparison.events[:_EVENTS]:
        _event(event, console)
    if len(comparison.events) > _EVENTS:
        more = len(comparison.events) - _EVENTS
        console.print(Text(f"\n{more} more events; -f csv --table events lists them", "dim"))


def _about(comparison: Comparison) -> str:
    intervals = f"in brackets 95 % intervals from {comparison.resamples} resamplings of articles; "
    left_out = f"; {comparison.left_out:,} more articles are not shown, for their groups are small or have no name"
    return (
        f"{comparison.articles:,} articles; {intervals if comparison.resamples else ''}model: "
        f"{comparison.model or 'none'}{left_out if comparison.left_out else ''}"
    )


def _table(title: str) -> Table:
    return Table(title=Text(title, "bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))


def _rates(comparison: Comparison, width: int) -> Table:
    table = _table("Loaded terms in the outlet's own voice, per 1,000 words of it")
    scored = any(group.editorializing_share for group in comparison.groups)
    table.add_column(_plain(comparison.by), overflow="fold")
    table.add_column("articles" if width >= _BARS else "n", justify="right", no_wrap=True)
    table.add_column("loaded", justify="right", no_wrap=True)
    if width >= _BARS:
        table.add_column("", no_wrap=True)
    if scored and width >= _SHARES:
        table.add_column("editorializing", justify="right", no_wrap=width >= _BARS)
    if width >= _VOICES:
        table.add_column("quoted", justify="right", no_wrap=True)
        table.add_column("paraphrased", justify="right", no_wrap=True)
    rates = [group.loaded_per_1000_words for group in comparison.groups]
    top = max((rate.high or rate.value or 0.0 for rate in rates), default=0.0)
    for group in comparison.groups:
        row = [_plain(group.name), Text(str(group.articles)), Text(shown(group.loaded_per_1000_words))]
        if width >= _BARS:
            row.append(Text(_bar(group.loaded_per_1000_words, top, _BAR if width >= 100 else _BAR // 2)))
        if scored and width >= _SHARES:
            row.append(Text(shown(group.editorializing_share, percent=True)))
        if width >= _VOICES:
            row += [Text(shown(group.voice_shares[voice], percent=True)) for voice in ("direct", "indirect")]
        table.add_row(*row)
    return table


def _frames(comparison: Comparison, width: int) -> Table:
    names = comparison.frames[:_FRAMES]
    if width < _VOICES:
        table = _table("Strongest frames, mean score")
        table.add_column(_plain(comparison.by), overflow="fold", ratio=1)
        table.add_column("frames", overflow="fold", ratio=2)
        for group in comparison.groups:
            table.add_row(_plain(group.name), Text(_strongest(group)))
        return table
    table = _table("Commonest frames, mean score")
    table.add_column(_plain(comparison.by), overflow="fold")
    for name in names:
        table.add_column(_plain(name.replace("_", " ")), justify="right")
    for group in comparison.groups:
        table.add_row(_plain(group.name), *(Text(shown(group.frames.get(name))) for name in names))
    return table


def _strongest(group: Group) -> str:
    found = sorted(((rate.value or 0.0, name) for name, rate in group.frames.items()), key=lambda x: (-x[0], x[1]))
    return ", ".join(f"{name.replace('_', ' ')} {value:.2f}" for value, name in found[:3]) or "–"


def _words(comparison: Comparison, console: Console) -> None:
    console.print(Text("\nWhat sets each apart", "bold"))
    console.print(
        "z of log-odds over articles with a Dirichlet prior (articles that use it); among so many words some reach 3 "
        "by chance",
        style="dim",
    )
    for group in comparison.groups:
        if not group.distinctive:
            continue
        console.print()
        console.print(_plain(group.name), style="bold")
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column()
        for label, items in (
            ("own terms", group.most("term", "author")[:6]),
            ("own words", group.most("word", "author")[:8]),
            ("quoted terms", group.most("term", "quoted")[:6]),
            ("quoted words", group.most("word", "quoted")[:8]),
        ):
            if items:
                grid.add_row(label, _items(items))
        console.print(Padding(grid, (0, 0, 0, 2)))


def _items(items: tuple[Distinctive, ...]) -> Text:
    return _plain(", ".join(f"{item.text} {item.z:.1f} ({item.articles})" for item in items))


def _event(event: Event, console: Console) -> None:
    console.print()
    console.print(Text("The same event", "bold"))
    for article in event.articles:
        console.print()
        console.print(Text.assemble((_plain(article.group).plain, "bold"), "  ", _plain(article.title or article.id)))
        console.print(Padding(Text(_figures(article)), (0, 0, 0, 2)))
        if article.terms:
            console.print(Padding(_plain(", ".join(article.terms[:8])), (0, 0, 0, 2)), style="dim")


def _figures(article: EventArticle) -> str:
    share = article.editorializing_share
    figures = [f"{article.loaded_per_1000_words:.1f} loaded terms per 1,000 words"]
    figures += [] if share is None else [f"{share:.0%} editorializing"]
    return ", ".join([*figures, f"{article.quoted_share:.0%} quoted"])
