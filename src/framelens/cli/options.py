"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from framelens.cli.completion import complete_model, complete_term
from framelens.inputs.options import FORMATS, ReadOptions

if TYPE_CHECKING:
    from framelens.lexicon import Lexicon
    from framelens.project import ProjectSettings

__all__ = [
    "ANALYZER_NAMES",
    "analyzer_options",
    "check_base_rate",
    "format_of",
    "input_argument",
    "language_option",
    "make_analyzer",
    "output_option",
    "reading_options",
    "settings_here",
    "warn_of_unknown",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _no_empty_names(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001
    if "" in value:
        raise click.BadParameter("an INPUT is an empty name; is a variable unset?")
    return value


input_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT…", callback=_no_empty_names)

language_option = click.option("--any-language", is_flag=True, help="Do not warn of texts that are not English.")

_ENDINGS = {".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "markdown"}


def format_of(output: Path | None, formats: Sequence[str]) -> str:
    """The format that the name of an output says, where it is one of those that there are; else text."""
    said = "text" if output is None else _ENDINGS.get(output.suffix.lower(), "text")
    return said if said in formats else "text"


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


def _encoding(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    from framelens.inputs.encoding import known_encoding

    if value is not None and known_encoding(value) is None:
        raise click.BadParameter(f"{value!r} is no encoding of texts; utf-8, cp1252 or utf-16 are")
    return value


def _delimiter(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    from framelens.inputs.headers import delimiter_named

    found = None if value is None else delimiter_named(value)
    if value is not None and found is None:
        raise click.BadParameter(f"{value!r} is not one letter; tab, comma, semicolon and pipe can be named")
    return found


_READING = (
    click.option(
        "--input-format",
        type=click.Choice(FORMATS),
        help="What every INPUT is, where neither its name nor its content says so.",
    ),
    *(click.option(f"--{name}-column", metavar="NAME", help=help_) for name, help_ in _COLUMNS.items()),
    click.option("--encoding", metavar="NAME", callback=_encoding, help="Encoding of texts that are not UTF-8."),
    click.option("--delimiter", metavar="LETTER", callback=_delimiter, help="What separates the cells of a table."),
    click.option("--no-header", is_flag=True, help="Tables name no columns; they are called 1, 2, 3 …"),
    click.option("--day-first", is_flag=True, help="Read 01/02/2024 as the first of February."),
    click.option("--raw", is_flag=True, help="Leave texts as they were read: no entities, tags or addresses mended."),
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
        "--model",
        default="default",
        show_default=True,
        metavar="NAME|DIR|none",
        shell_complete=complete_model,
        help="Model for sentence scores.",
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
        "--ignore",
        multiple=True,
        metavar="ENTRY|CATEGORY|PHRASE",
        shell_complete=complete_term,
        help="Never count this; may be given several times.",
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
        names = (
            "allow_private",
            "max_page_bytes",
            "encoding",
            "delimiter",
            "day_first",
            "raw",
            *(f"{name}_column" for name in _COLUMNS),
        )
        header = not rest.pop("no_header")
        reading = ReadOptions(format=input_format, header=header, **{name: rest.pop(name) for name in names})
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

    check_base_rate(model, base_rate)
    settings = settings_here()
    chosen: Any = None if model == "none" else model
    if base_rate is not None:
        from framelens.model_io import load_model

        chosen = load_model(model).at_base_rate(base_rate)
    ignored = (*settings.ignore, *ignore)
    analyzer = Analyzer(chosen, (*settings.lexicons, *lexicons), ignore=ignored, learned=learned, explain=explain)
    warn_of_unknown(ignored, analyzer.lexicons)
    return analyzer


def settings_here() -> ProjectSettings:
    """The settings of the project that the working folder belongs to; none where that folder is gone."""
    from framelens.project import ProjectSettings, project_settings

    try:
        return project_settings(Path.cwd())
    except FileNotFoundError:
        return ProjectSettings()


def warn_of_unknown(ignored: Sequence[str], lexicons: Sequence[Lexicon]) -> None:
    """Name what is to be ignored and is neither an entry, a category nor a term of these lexicons, with the nearest."""
    from difflib import get_close_matches

    from framelens.lexicon import CATEGORIES

    unknown = [name for name in ignored if name not in CATEGORIES and not any(lex.find(name) for lex in lexicons)]
    if not unknown:
        return
    entries = [entry for lexicon in lexicons for entry in lexicon.entries]
    names = [*CATEGORIES, *(name for entry in entries for name in (entry.id, *entry.forms))]
    for name in unknown:
        near = get_close_matches(name, names, 1)
        advice = f"; the nearest is {near[0]!r}" if near else ""
        click.echo(f"framelens: to be ignored, but no entry, category or listed term: {name!r}{advice}", err=True)
