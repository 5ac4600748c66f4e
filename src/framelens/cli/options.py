"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["analyzer_options", "input_argument", "make_analyzer"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

input_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")

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
    click.option("--learned/--no-learned", default=True, help="Add the terms that the learned lexicon proposes."),
)


def analyzer_options(command: _Command) -> _Command:
    """Add the options that choose model and lexicons."""
    for option in reversed(_ANALYZER):
        command = option(command)
    return command


def make_analyzer(
    model: str, lexicons: tuple[Path, ...], ignore: tuple[str, ...], *, learned: bool, explain: bool = False
) -> Any:
    """An `Analyzer` by the shared options and the project file."""
    from framelens.analyzer import Analyzer
    from framelens.project import project_settings

    settings = project_settings(Path.cwd())
    return Analyzer(
        None if model == "none" else model,
        (*settings.lexicons, *lexicons),
        ignore=(*settings.ignore, *ignore),
        learned=learned,
        explain=explain,
    )
