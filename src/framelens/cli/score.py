"""``framelens score``: articles in, reports out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from framelens.cli import EXIT_INPUT
from framelens.cli.options import analyzer_options, input_argument, make_analyzer

_FORMATS = ("text", "json", "jsonl", "csv", "markdown", "html")


@click.command(
    "score",
    epilog="\b\nExamples:\n  framelens score article.txt\n  cat article.txt | framelens score - -f json\n"
    "  framelens score articles.jsonl.gz -f jsonl -o reports.jsonl\n"
    "  framelens score story.html -f html -o report.html --explain",
)
@input_argument
@click.option("-f", "--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to stdout.")
@analyzer_options
@click.option("--explain", is_flag=True, help="Show what each sentence's score is made of.")
@click.option(
    "--table", type=click.Choice(["terms", "sentences"]), default="terms", show_default=True, help="Rows of -f csv."
)
@click.option("--text-column", help="Column or field that holds the text of tables and JSON records.")
@click.option("--outlet-column", help="Column or field that holds the outlet.")
@click.option("--allow-private", is_flag=True, help="Also fetch URLs on private and loopback addresses.")
def command(
    inputs: tuple[str, ...],
    format_: str,
    output: Path | None,
    table: str,
    text_column: str | None,
    outlet_column: str | None,
    allow_private: bool,
    **options: Any,
) -> int:
    """Score articles: INPUT is a file, folder, glob, URL or - for standard input."""
    from framelens.inputs import ReadOptions, Rejected, read_articles

    analyzer = make_analyzer(**options)
    rejected: list[Rejected] = []

    def articles() -> Iterator[Any]:
        reading = ReadOptions(text_column=text_column, outlet_column=outlet_column, allow_private=allow_private)
        for item in read_articles(inputs, reading):
            if isinstance(item, Rejected):
                rejected.append(item)
                click.echo(f"framelens: {item}", err=True)
            else:
                yield item

    with _opened(output) as out:
        _write(analyzer.pipe(articles()), format_, table, out)
    return EXIT_INPUT if rejected else 0


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            # Reports are UTF-8 on every platform; a lone surrogate becomes its escape.
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise click.BadParameter(f"{output}: {error.strerror}", param_hint="--output") from error
    with file:
        yield file


def _write(reports: Iterable[Any], format_: str, table: str, out: TextIO) -> None:
    from framelens import export, render

    if format_ == "text":
        from rich.console import Console

        console = Console(file=out, highlight=False)
        for report in reports:
            render.render_terminal(report, console)
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
