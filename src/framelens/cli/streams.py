"""Articles in and text out, as every command reads and writes them."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from framelens.cli import EXIT_INPUT
from framelens.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from framelens.inputs import ReadOptions
    from framelens.text import Article

__all__ = ["ArticleStream", "Remarks", "console", "open_output", "say"]

_NAMED = 3  # articles of one kind that are named before the others are only counted
_PIPE_WIDTH = 80


def say(message: str) -> None:
    """A message on stderr."""
    click.echo(f"framelens: {message}", err=True)


class Remarks:
    """What is to be said of articles that were read all the same: first examples, and in the end how many."""

    def __init__(self, *, any_language: bool = False) -> None:
        self._any_language = any_language
        self.counts: Counter[str] = Counter()

    def note(self, article: Article) -> None:
        """Count what reading an article mended or could not read, and name the first articles of each kind."""
        for repair in article.repairs:
            # The kind is what stands before a colon; what follows differs from article to article.
            kind = repair.split(":", 1)[0] if not repair[:1].isdigit() else "letters are lost (U+FFFD)"
            warned = kind in {"date not read", "cut by its source", "letters are lost (U+FFFD)"}
            self._count(kind, f"{article.id}: {repair}" if warned else None)
        language = article.language
        if language not in {None, "en"} and not self._any_language:
            self._count("not English", f"{article.id}: its language is {language!r}, and framelens reads English")

    def _count(self, kind: str, message: str | None) -> None:
        self.counts[kind] += 1
        if message is not None and self.counts[kind] <= _NAMED:
            say(message)

    def close(self) -> None:
        """Say how many articles each remark holds for."""
        for kind, count in self.counts.items():
            what = f"{count:,} article{'s' * (count != 1)}"
            if kind == "not English":
                say(f"{what} not English; figures hold for English alone, and --any-language silences this")
            elif kind == "date not read":
                say(f"{what} without a date, for it was not read; --day-first reads 31/01/2024")
            else:
                say(f"{what}: {kind}" + ("" if kind.startswith(("cut", "letters are", "a feed")) else " mended"))


class ArticleStream:
    """The articles of all inputs; what cannot be read is named on stderr and counted in ``failures``."""

    def __init__(self, inputs: Iterable[str], reading: ReadOptions, *, any_language: bool = False) -> None:
        self._inputs = inputs
        self._reading = reading
        self._remarks = Remarks(any_language=any_language)
        self.failures = 0

    def __iter__(self) -> Iterator[Article]:
        from framelens.inputs import Rejected, ScoredArticle, read_articles

        for item in read_articles(self._inputs, self._reading):
            if isinstance(item, Rejected):
                self.reject(str(item))
                continue
            if not isinstance(item, ScoredArticle):  # of a report all was said when it was made
                self._remarks.note(item)
            yield item
        self._remarks.close()

    def reject(self, reason: str) -> None:
        """Name an input, or a record of one, that is left out."""
        self.failures += 1
        say(reason)

    @property
    def exit_code(self) -> int:
        """0, or the code for inputs that could not all be read."""
        return EXIT_INPUT if self.failures else 0


@contextmanager
def open_output(output: Path | None, inputs: Iterable[str] = ()) -> Iterator[TextIO]:
    """The file to write, which must be none of the inputs, or stdout; UTF-8 on every platform.

    A lone surrogate, as in the name of a file, becomes its escape.
    """
    if output is None:
        if sys.stdout is None:
            raise InputError("standard output is closed; name a file with -o")
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        return
    try:
        if output.exists() and any(Path(name).exists() and output.samefile(name) for name in inputs):
            raise click.BadParameter(f"{output} is an input and would be overwritten", param_hint="--output")
        file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise click.BadParameter(f"{output}: {error.strerror}", param_hint="--output") from error
    with file:
        yield file


def console(out: TextIO, width: int = _PIPE_WIDTH) -> Console:
    """A console on a stream; a pipe has no width of its own, nor has a terminal that calls itself 0 columns wide."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            """Leave a reader that went away to whoever runs the command; rich would end with 1."""
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    said = os.environ.get("COLUMNS", "")
    unusable = said.isdigit() and int(said) < 20
    return Piped(file=out, highlight=False, width=width if unusable or not out.isatty() else None)
