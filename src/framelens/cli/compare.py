"""``framelens compare``: outlets, periods or any other groups side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
from click.core import ParameterSource

from framelens.cli.options import (
    ANALYZER_NAMES,
    analyzer_options,
    format_of,
    input_argument,
    language_option,
    make_analyzer,
    output_option,
    reading_options,
)
from framelens.cli.streams import ArticleStream, console, open_output
from framelens.errors import InputError

if TYPE_CHECKING:
    from framelens.analyzer import Analyzer
    from framelens.inputs import ReadOptions
    from framelens.report import ArticleReport
    from framelens.text import Article, Provenance


_FORMATS = ("text", "csv", "json", "html")


@click.command(
    "compare",
    epilog="\b\nExamples:\n  framelens compare scored/\n  framelens compare articles.jsonl.gz --model none\n"
    "  framelens score articles.jsonl.gz -f jsonl -o reports.jsonl && framelens compare reports.jsonl --by month\n"
    "  framelens compare articles.jsonl.gz --by topic -f html -o topics.html\n"
    "  framelens compare here.txt there.txt --by id --events",
)
@input_argument
@click.option(
    "--by", default="outlet", show_default=True, help="outlet, year, month, id, title, or any column of the input."
)
@click.option("-f", "--format", "format_", type=click.Choice(_FORMATS), help="By default as OUT is called, else text.")
@output_option
@click.option(
    "--table", type=click.Choice(["groups", "words", "events"]), default="groups", show_default=True, help="Of -f csv."
)
@click.option("--min-articles", default=1, show_default=True, help="Leave out groups of fewer articles.")
@click.option("--words", default=10, show_default=True, help="Distinctive words and terms of each voice.")
@click.option("--resamples", default=1000, show_default=True, help="Bootstrap resamplings; 0 for no intervals.")
@click.option("--seed", default=0, show_default=True, help="Seed of the bootstrap.")
@click.option("--events", is_flag=True, help="Also find articles on the same event and set them side by side.")
@analyzer_options
@language_option
@reading_options
def command(
    inputs: tuple[str, ...],
    by: str,
    format_: str | None,
    output: Path | None,
    table: str,
    reading: ReadOptions,
    **options: Any,
) -> int:
    """Compare groups of articles.

    INPUT is articles in any form that `framelens score` reads, reports that it wrote (-f json or jsonl), which are
    not scored again, or folders that `framelens corpus` wrote.
    """
    from framelens.compare import CompareOptions
    from framelens.compare.scored import compare_scored, is_scored, provenances

    names = ("min_articles", "words", "resamples", "seed", "events")
    settings = CompareOptions(**{name: options.pop(name) for name in names})
    folders = [name for name in inputs if is_scored(name)]
    if folders and len(folders) < len(inputs):
        raise click.UsageError("give either folders that `framelens corpus` wrote or articles and reports, not both")
    if folders:
        _check_scored(f"{folders[0]} is")
        comparison = compare_scored(folders, by=by, options=settings)
        _note_mixture({json.dumps(provenance, sort_keys=True) for provenance in provenances(folders)})
        code = 0
    else:
        comparison, code = _compare_articles(inputs, by, reading, settings, options)
    if code and not comparison.groups and output is not None:
        return code  # a file of no groups would look like a result
    with open_output(output, inputs) as out:
        _write(comparison, format_ or format_of(output, _FORMATS), table, out)
    return code


def _check_scored(subject: str) -> None:
    """Say which options come too late for what is already scored; refuse a base rate, which alters every figure."""
    context = click.get_current_context()
    given = context.get_parameter_source
    late = [option for option in ANALYZER_NAMES if given(option) is ParameterSource.COMMANDLINE]
    if "base_rate" in late:
        raise click.BadOptionUsage("base_rate", f"{subject} already scored: give --base-rate where it is scored")
    if late:
        flags = ", ".join(p.opts[0] for p in context.command.params if p.name in late)
        click.echo(f"framelens: {subject} already scored, which {flags} cannot change", err=True)


def _note_mixture(provenances: set[Provenance] | set[str]) -> None:
    if len(provenances) > 1:
        click.echo("framelens: models, lexicons or versions differ between the inputs; so may rates", err=True)


def _compare_articles(
    inputs: tuple[str, ...], by: str, reading: ReadOptions, settings: Any, options: dict[str, Any]
) -> tuple[Any, int]:
    """Compare articles and reports; the exit code stands beside."""
    from framelens.compare import FIELDS, compare
    from framelens.inputs import KeptArticle, KnownColumns
    from framelens.inputs.known import UnknownColumnError

    if by not in FIELDS:
        reading = replace(reading, keep=(by,))
    articles = ArticleStream(inputs, reading, any_language=options.pop("any_language"))
    made_with: set[Provenance] = set()
    reports = _reports(articles, lambda: make_analyzer(**options), made_with)
    if by in FIELDS:
        comparison = compare(reports, by, settings)
    else:
        columns = KnownColumns((by,))

        def value(article: Article) -> str:
            """What an article has in the column, or nothing; such articles are counted as not shown."""
            columns.meet(article)
            return article.columns.get(by) or "" if isinstance(article, KeptArticle) else ""

        try:
            comparison = compare(reports, value, settings, name=by)
            columns.check()
        except UnknownColumnError as error:
            there = ", ".join(sorted({*FIELDS, *columns.known} - {"text", "html"})[:40] if columns.known else FIELDS)
            what = "no article has a column" if columns.known else "the input has no columns, so no"
            raise click.BadOptionUsage("by", f"{what} {by!r}; there are {there}") from error
    _note_mixture(made_with)
    return comparison, articles.exit_code


def _reports(
    articles: ArticleStream, analyzer: Callable[[], Analyzer], made_with: set[Provenance]
) -> Iterator[ArticleReport]:
    """The reports of articles: those that came as reports as they are, the others scored; no analyzer is made idly."""
    from framelens.inputs import ScoredArticle
    from framelens.report import ArticleReport

    scorer: Analyzer | None = None
    checked = False
    for scored, run in groupby(articles, key=lambda article: isinstance(article, ScoredArticle)):
        if not scored:
            scorer = scorer or analyzer()
            made_with.add(scorer.provenance)
            yield from scorer.pipe(run)
            continue
        for article in run:
            assert isinstance(article, ScoredArticle)  # noqa: S101 - the key of this run
            if not checked:
                _check_scored("reports are")
                checked = True
            try:
                report = ArticleReport.from_dict(article.report)
            except InputError as error:
                articles.reject(f"{article.id}: {error}")
            else:
                made_with.add(report.provenance)
                yield report


def _write(comparison: Any, format_: str, table: str, out: TextIO) -> None:
    if format_ == "text":
        from framelens.compare.terminal import print_comparison

        # Piped output has no width of its own; the widest table needs about this much.
        print_comparison(comparison, console(out, 150))
    elif format_ == "csv":
        out.write(comparison.to_csv(table))
    elif format_ == "json":
        out.write(comparison.to_json(indent=1) + "\n")
    else:
        out.write(comparison.to_html())
