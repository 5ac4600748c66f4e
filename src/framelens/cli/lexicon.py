"""``framelens lexicon``: check, list, show and measure lexicons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from framelens.cli import EXIT_REFUSED
from framelens.cli.completion import complete_category, complete_term
from framelens.cli.options import input_argument, reading_options
from framelens.cli.streams import ArticleStream

if TYPE_CHECKING:
    from framelens.inputs import ReadOptions


@click.group("lexicon")
def command() -> None:
    """Check, list, show and measure lexicons."""


@command.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def check(path: Path) -> int:
    """Tell what is wrong with a lexicon FILE or folder, with line numbers, and try its examples."""
    from framelens.lexicon import check_lexicon, load_lexicon
    from framelens.matcher import check_examples

    problems: list[object] = list(check_lexicon(path))
    if not problems:
        problems += check_examples(load_lexicon(path))
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} problems", err=True)
        return EXIT_REFUSED
    lexicon = load_lexicon(path)
    click.echo(f"{lexicon.name} {lexicon.version}: {len(lexicon.entries)} entries, nothing wrong")
    return 0


@command.command("list")
@click.option("--category", shell_complete=complete_category, help="Only entries of this category.")
@click.option("--lexicon", "path", type=click.Path(exists=True, path_type=Path), help="Instead of the built-in one.")
@click.option("-f", "--format", "format_", type=click.Choice(["tsv", "markdown"]), default="tsv", show_default=True)
def list_(category: str | None, path: Path | None, format_: str) -> None:
    """Print all entries as a table that can be reviewed."""
    from framelens.lexicon import builtin_lexicon, load_lexicon
    from framelens.lexicon.table import markdown_table, tsv_table

    lexicon = load_lexicon(path) if path else builtin_lexicon()
    entries = [entry for entry in lexicon.entries if category in {None, entry.category}]
    for line in (markdown_table if format_ == "markdown" else tsv_table)(entries):
        click.echo(line)


@command.command()
@click.argument("words", shell_complete=complete_term)
def show(words: str) -> None:
    """Explain an entry, by its id or one of its forms."""
    from framelens.lexicon import builtin_lexicon, surface_forms

    entry = builtin_lexicon().find(words)
    if entry is None:
        raise click.BadParameter(f"no entry has the id or form {words!r}", param_hint="WORDS")
    rows = {
        "id": entry.id,
        "forms": ", ".join(surface_forms(entry.forms, entry.inflect)),
        "category": f"{entry.category}, severity {entry.severity}",
        "counts": f"in voice {', '.join(entry.voices)}"
        + ("; for people and groups only" if entry.target == "people" else ""),
        "side": f"{entry.side}; counterpart {entry.counterpart}" if entry.side else "",
        "only with": ", ".join(entry.only_with),
        "exceptions": "; ".join(entry.exceptions),
        "alternatives": "; ".join(entry.alternatives) or "leave it out",
        "note": entry.note,
        "source": entry.source,
        "hits": "\n              ".join(entry.hits),
        "misses": "\n              ".join(entry.misses),
    }
    for key, value in rows.items():
        if value:
            click.echo(f"{key:>12}  {value}")


@command.command()
@input_argument
@click.option("--balance", is_flag=True, help="Print both sides of every partisan pair.")
@click.option("--limit", default=30, show_default=True, help="Rows of each list.")
@reading_options
def coverage(inputs: tuple[str, ...], balance: bool, limit: int, reading: ReadOptions) -> int:
    """Count in a corpus what the lexicon hits, never hits and may lack."""
    from framelens.coverage import measure_coverage

    articles = ArticleStream(inputs, reading)
    measured = measure_coverage(articles)
    if measured.articles or not articles.failures:
        for line in measured.lines(balance=balance, limit=limit):
            click.echo(line)
    return articles.exit_code
