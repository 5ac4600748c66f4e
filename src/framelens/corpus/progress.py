"""How far a run is: a bar on a terminal, a log line now and then elsewhere."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["LogProgress", "Progress", "terminal_progress"]

_LOG = logging.getLogger("framelens.corpus")
_EVERY = 10.0  # seconds between log lines


class Progress(Protocol):
    """Told after every shard how much is done."""

    def __call__(self, articles: int, bytes_done: int, bytes_total: int) -> None: ...


def _left(started: float, done: int, total: int) -> float | None:
    return (time.monotonic() - started) * (total - done) / done if 0 < done <= total else None


class LogProgress:
    """Logs the rate and the time left at most every ten seconds."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()

    def __call__(self, articles: int, bytes_done: int, bytes_total: int) -> None:
        now = time.monotonic()
        if now - self._last < _EVERY:
            return
        self._last = now
        left = _left(self._started, bytes_done, bytes_total)
        rest = "" if left is None else f", about {left:.0f} s left"
        _LOG.info("%d articles, %.1f a second%s", articles, articles / (now - self._started), rest)


@contextmanager
def terminal_progress() -> Iterator[Progress]:
    """A bar on standard error with rate and time left."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
        TextColumn("elapsed,"), TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    started = time.monotonic()
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("reading")

        def show(articles: int, bytes_done: int, bytes_total: int) -> None:
            rate = articles / max(time.monotonic() - started, 0.001)
            text = f"{articles:,} articles, {rate:,.1f}/s"
            bar.update(task, completed=bytes_done, total=bytes_total or None, description=text)

        yield show
