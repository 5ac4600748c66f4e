"""Articles in and text out, as every command reads and writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from framelens.cli import EXIT_INPUT

if TYPE_CHECKING:
    from framelens.inputs import ReadOptions
    from framelens.text import Article

__all__ = ["ArticleStream", "open_output"]


class ArticleStream:
    """The articles of all inputs; what cannot be read is named on stderr and counted in ``failures``."""

    def __init__(self, inputs: Iterable[str], reading: ReadOptions) -> None:
        self._inputs = inputs
        self._reading = reading
        self.failures = 0

    def __iter__(self) -> Iterator[Article]:
        from framelens.inputs import Rejected, read_articles

        for item in read_articles(self._inputs, self._reading):
            if isinstance(item, Rejected):
                self.reject(str(item))
            else:
                yield item

    def reject(self, reason: str) -> None:
        """Name an input, or a record of one, that is left out."""
        self.failures += 1
        click.echo(f"framelens: {reason}", err=True)

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
