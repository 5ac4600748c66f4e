"""``framelens compare``: outlets, periods or any other groups side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from framelens.cli import EXIT_INPUT
from framelens.cli.options import analyzer_options, input_argument, make_analyzer


@click.command(
    "compare",
    epilog="\b\nExamples:\n  framelens compare scored/\n  framelens compare articles.jsonl.gz --model none\n"
    "  framelens compare articles.jsonl.gz --by topic -f html -o topics.html\n"
    "  framelens compare here.txt there.txt --by id --events",
)
@input_argument
@click.option(
    "--by", default="outlet", show_default=True, help="outlet, year, month, id, title, or any column of the input."
)
@click.option("-f", "--format", "format_", type=click.Choice(["text", "csv", "json", "html"]), default="text")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to stdout.")
@click.option(
    "--table", type=click.Choice(["groups", "words", "events"]), default="groups", show_default=True, help="Of -f csv."
)
@click.option("--min-articles", default=1, show_default=True, help="Leave out groups of fewer articles.")
@click.option("--words", default=10, show_default=True, help="Distinctive words and terms of each voice.")
@click.option("--resamples", default=1000, show_default=True, help="Bootstrap resamplings; 0 for no intervals.")
@click.option("--seed", default=0, show_default=True, help="Seed of the bootstrap.")
@click.option("--events", is_flag=True, help="Also find articles on the same event and set them side by side.")
@click.option("--text-column", help="Column or field that holds the text of tables and JSON records.")
@analyzer_options
def command(
    inputs: tuple[str, ...],
    by: str,
    format_: str,
    output: Path | None,
    table: str,
    text_column: str | None,
    **options: Any,
) -> int:
    """Compare groups of articles: INPUT is a folder that `framelens corpus` wrote, or articles as for `score`."""
    from framelens.compare import CompareOptions
    from framelens.compare.scored import compare_scored, is_scored

    names = ("min_articles", "words", "resamples", "seed", "events")
    settings = CompareOptions(**{name: options.pop(name) for name in names})
    scored = [path for path in inputs if is_scored(path)]
    failures = 0
    if scored and len(scored) < len(inputs):
        raise click.UsageError("give either folders that `framelens corpus` wrote or articles, not both")
    if scored and options["base_rate"] is not None:
        raise click.BadOptionUsage("base_rate", "give --base-rate to `framelens corpus`: DIR is already scored")
    if scored:
        comparison = compare_scored(scored, by=by, options=settings)
    else:
        comparison, failures = _compare_articles(inputs, by, text_column, settings, options)
    with _opened(output) as out:
        _write(comparison, format_, table, out)
    return EXIT_INPUT if failures else 0


def _compare_articles(
    inputs: tuple[str, ...], by: str, text_column: str | None, settings: Any, options: dict[str, Any]
) -> tuple[Any, int]:
    """Score and compare articles; how many inputs could not be read stands beside."""
    from framelens.compare import FIELDS, compare
    from framelens.inputs import ReadOptions, Rejected, read_articles

    # A column that articles do not have is read in the outlet's place.
    reading = ReadOptions(text_column=text_column, outlet_column=None if by in FIELDS else by)
    failures = 0

    def articles() -> Iterator[Any]:
        nonlocal failures
        for item in read_articles(inputs, reading):
            if isinstance(item, Rejected):
                failures += 1
                click.echo(f"framelens: {item}", err=True)
            else:
                yield item

    reports = make_analyzer(**options).pipe(articles())
    if by in FIELDS:
        return compare(reports, by, settings), failures
    return compare(reports, lambda article: article.outlet or "", settings, name=by), failures


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise click.BadParameter(f"{output}: {error.strerror}", param_hint="--output") from error
    with file:
        yield file


def _write(comparison: Any, format_: str, table: str, out: TextIO) -> None:
    if format_ == "text":
        from rich.console import Console

        from framelens.compare.terminal import print_comparison

        # Piped output has no width of its own; the widest table needs about this much.
        print_comparison(comparison, Console(file=out, highlight=False, width=None if out.isatty() else 150))
    elif format_ == "csv":
        out.write(comparison.to_csv(table))
    elif format_ == "json":
        out.write(comparison.to_json(indent=1) + "\n")
    else:
        out.write(comparison.to_html())
