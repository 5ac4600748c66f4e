"""``framelens score``: articles in, reports out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from framelens.cli.options import (
    analyzer_options,
    format_of,
    input_argument,
    language_option,
    make_analyzer,
    output_option,
    reading_options,
)
from framelens.cli.streams import ArticleStream, console, open_output

if TYPE_CHECKING:
    from framelens.inputs import ReadOptions

_FORMATS = ("text", "json", "jsonl", "csv", "markdown", "html")


@click.command(
    "score",
    epilog="\b\nExamples:\n  framelens score article.txt\n  cat article.txt | framelens score - -f json\n"
    "  framelens score articles.jsonl.gz -f jsonl -o reports.jsonl\n"
    "  framelens score story.html -f html -o report.html --explain\n"
    "  framelens score table.csv --text-column story --outlet-column paper -f csv --table sentences\n"
    "  curl -s example.org/feed | framelens score - --input-format jsonl -f jsonl",
)
@input_argument
@click.option("-f", "--format", "format_", type=click.Choice(_FORMATS), help="By default as OUT is called, else text.")
@output_option
@analyzer_options
@language_option
@click.option("--explain", is_flag=True, help="Show what each sentence's score is made of.")
@click.option(
    "--table", type=click.Choice(["terms", "sentences"]), default="terms", show_default=True, help="Rows of -f csv."
)
@reading_options
def command(
    inputs: tuple[str, ...],
    format_: str | None,
    output: Path | None,
    table: str,
    reading: ReadOptions,
    any_language: bool,
    **options: Any,
) -> int:
    """Score articles: INPUT is a file, folder, glob, URL or - for standard input."""
    articles = ArticleStream(inputs, reading, any_language=any_language)
    analyzer = make_analyzer(**options)
    form = format_ or format_of(output, _FORMATS)
    reports = analyzer.pipe(articles)
    first = next(reports, None)
    if first is None and articles.failures and (output is not None or form not in {"json", "csv"}):
        return articles.exit_code  # a page or file of no articles would look like a result
    with open_output(output, inputs) as out:
        _write(chain(() if first is None else (first,), reports), form, table, out)
    return articles.exit_code


def _write(reports: Iterable[Any], format_: str, table: str, out: TextIO) -> None:
    from framelens import export, render

    if format_ == "text":
        shown = console(out)
        for report in reports:
            render.render_terminal(report, shown)
    elif format_ == "html":
        out.write(render.to_html_many(tuple(reports)))
    else:
        pieces: Iterable[str]
        if format_ == "json":
            pieces = _json_list(export.to_json(report, indent=1) for report in reports)
        elif format_ == "jsonl":
            pieces = (export.to_json(report) + "\n" for report in reports)
        elif format_ == "csv":
            pieces = export.to_csv(reports, table)  # type: ignore[arg-type]
        else:
            pieces = (render.to_markdown(report) + "\n" for report in reports)
        out.writelines(pieces)


def _json_list(items: Iterable[str]) -> Iterator[str]:
    yield "["
    for index, item in enumerate(items):
        yield (",\n" if index else "\n") + item
    yield "\n]\n"
