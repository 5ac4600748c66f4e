"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from framelens.inputs.options import FORMATS, ReadOptions

__all__ = [
    "ANALYZER_NAMES",
    "analyzer_options",
    "check_base_rate",
    "input_argument",
    "make_analyzer",
    "output_option",
    "reading_options",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])

input_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")

output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to stdout."
)

_COLUMNS = {
    "text": "Column of a table, or field of JSON records, that holds the article's text; found by its usual names "
    "(text, body, content …) where not given.",
    "title": "Column of the headline.",
    "outlet": "Column of the outlet.",
    "url": "Column of the address.",
    "published": "Column of the date.",
    "id": "Column of the id.",
}

_READING = (
    click.option(
        "--input-format",
        type=click.Choice(FORMATS),
        help="What every INPUT is, where neither its name nor its content says so.",
    ),
    *(click.option(f"--{name}-column", metavar="NAME", help=help_) for name, help_ in _COLUMNS.items()),
    click.option(
        "--max-page-bytes",
        type=click.IntRange(min=1),
        default=ReadOptions().max_page_bytes,
        show_default=True,
        help="Refuse HTML pages that are larger; the largest ones take minutes to parse.",
    ),
    click.option("--allow-private", is_flag=True, help="Also fetch URLs on private and loopback addresses."),
)


def _share(ctx: click.Context, parameter: click.Parameter, value: float | None) -> float | None:  # noqa: ARG001
    # Not click.FloatRange, which lets "nan" pass.
    if value is not None and not 0 < value < 1:
        raise click.BadParameter(f"{value} does not lie between 0 and 1")
    return value


_ANALYZER = (
    click.option(
        "--model", default="default", show_default=True, metavar="NAME|DIR|none", help="Model for sentence scores."
    ),
    click.option(
        "--lexicon",
        "lexicons",
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        help="Add a lexicon of your own; may be given several times.",
    ),
    click.option(
        "--ignore", multiple=True, metavar="ENTRY|CATEGORY|PHRASE", help="Never count this; may be given several times."
    ),
    click.option(
        "--learned/--no-learned",
        default=True,
        help="Add the terms that the learned lexicon proposes; --model open never does.",
    ),
    click.option(
        "--base-rate",
        type=float,
        callback=_share,
        metavar="SHARE",
        help="Share of sentences that editorialize in these texts, where it is known: probabilities are set by it.",
    ),
)


ANALYZER_NAMES = ("model", "lexicons", "ignore", "learned", "base_rate")


def analyzer_options(command: _Command) -> _Command:
    """Add the options that choose model and lexicons."""
    for option in reversed(_ANALYZER):
        command = option(command)
    return command


def reading_options(command: _Command) -> Callable[..., Any]:
    """Add the options that say how inputs are read; the command gets them as one `ReadOptions` named ``reading``."""

    @wraps(command)
    def with_reading(*args: Any, input_format: Any, **rest: Any) -> Any:
        names = ("allow_private", "max_page_bytes", *(f"{name}_column" for name in _COLUMNS))
        reading = ReadOptions(format=input_format, **{name: rest.pop(name) for name in names})
        return command(*args, reading=reading, **rest)

    for option in reversed(_READING):
        with_reading = option(with_reading)
    return with_reading


def check_base_rate(model: str, base_rate: float | None) -> None:
    """Refuse a base rate where no model's probabilities could be set by it."""
    if model == "none" and base_rate is not None:
        raise click.BadOptionUsage("base_rate", "--base-rate needs a model, not --model none")


def make_analyzer(
    model: str,
    lexicons: tuple[Path, ...],
    ignore: tuple[str, ...],
    *,
    learned: bool,
    base_rate: float | None,
    explain: bool = False,
) -> Any:
    """An `Analyzer` by the shared options and the project file."""
    from framelens.analyzer import Analyzer
    from framelens.project import project_settings

    check_base_rate(model, base_rate)
    settings = project_settings(Path.cwd())
    chosen: Any = None if model == "none" else model
    if base_rate is not None:
        from framelens.model_io import load_model

        chosen = load_model(model).at_base_rate(base_rate)
    return Analyzer(
        chosen,
        (*settings.lexicons, *lexicons),
        ignore=(*settings.ignore, *ignore),
        learned=learned,
        explain=explain,
    )
