"""``framelens corpus``: many articles in, three Parquet tables out."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framelens.cli import EXIT_INPUT
from framelens.cli.options import (
    analyzer_options,
    check_base_rate,
    input_argument,
    language_option,
    reading_options,
    settings_here,
    warn_of_unknown,
)
from framelens.cli.streams import say

if TYPE_CHECKING:
    from framelens.corpus import CorpusResult
    from framelens.corpus.shard import Scoring
    from framelens.inputs import ReadOptions


@click.command(
    "corpus",
    epilog="\b\nExamples:\n  framelens corpus articles.jsonl.gz -o scored/ --workers 2\n"
    "  framelens corpus articles.jsonl.gz -o scored/ --resume\n"
    "  framelens corpus table.csv -o scored/ --text-column story --outlet-column paper\n"
    "  framelens corpus 'crawl/*.warc.gz' -o scored/ --engine dask --scheduler tcp://10.0.0.5:8786",
)
@input_argument
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that score.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler; without it a cluster on this machine.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run in DIR ended.")
@click.option("--shard-size", type=click.IntRange(min=1), default=100, show_default=True, help="Articles a shard.")
@click.option(
    "--duplicates",
    type=click.Choice(["outlet", "drop", "keep"]),
    default="outlet",
    show_default=True,
    help="Pass over what one outlet printed twice, what any did, or nothing.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what the run is doing.")
@click.option("--keep", multiple=True, metavar="COLUMN", help="Take along a column, for `framelens compare --by`.")
@analyzer_options
@language_option
@reading_options
def command(
    inputs: tuple[str, ...],
    output: Path,
    workers: int,
    engine: Any,
    scheduler: str | None,
    resume: bool,
    shard_size: int,
    duplicates: Any,
    verbose: bool,
    keep: tuple[str, ...],
    any_language: bool,
    reading: ReadOptions,
    **rest: Any,
) -> int:
    """Score a corpus into DIR: INPUT is a file, folder, glob, URL or - for standard input.

    DIR gets articles/, sentences/ and terms/ with one Parquet file a shard, manifest.json, and lists of what
    was rejected (rejected.jsonl) and what stood there twice (duplicates.jsonl).
    """
    from framelens.corpus import CorpusOptions, score_corpus
    from framelens.corpus.progress import terminal_progress

    if scheduler and engine != "dask":
        raise click.BadOptionUsage("scheduler", "--scheduler needs --engine dask")
    for name in inputs:
        # A run that goes on would find its own tables among the inputs.
        if Path(name).is_dir() and output.resolve().is_relative_to(Path(name).resolve()):
            raise click.BadParameter(f"{output} lies in the input {name}; name a folder outside it", param_hint="-o")
    options = CorpusOptions(
        scoring=_scoring(**rest),
        reading=replace(reading, keep=keep),
        workers=workers,
        engine=engine,
        scheduler=scheduler,
        shard_size=shard_size,
        duplicates=duplicates,
    )
    if options.scoring.ignore:
        from framelens.corpus.shard import analyzer_for

        warn_of_unknown(options.scoring.ignore, analyzer_for(options.scoring).lexicons)
    on_terminal = sys.stderr is not None and sys.stderr.isatty() and not verbose
    if not on_terminal:
        _log_to_stderr()
    try:
        with terminal_progress() if on_terminal else nullcontext() as progress:
            result = score_corpus(inputs, output, options, resume=resume, progress=progress)
    except (KeyboardInterrupt, OSError):
        if (output / "manifest.json").exists():
            say(f"stopped; the finished shards are in {output}, and --resume goes on from there")
        raise
    click.echo(json.dumps(asdict(result)))
    _say_what_happened(result, output, any_language=any_language)
    return EXIT_INPUT if result.rejected or not result.articles else 0


def _say_what_happened(result: CorpusResult, output: Path, *, any_language: bool) -> None:
    """What a reader of the figures must know of the articles behind them."""
    passed, listed = result.duplicate_ids + result.duplicate_texts, output / "duplicates.jsonl"
    foreign = 0 if any_language else result.not_english
    remarks = (
        (result.rejected, f"could not be read; see {output / 'rejected.jsonl'}"),
        (passed, f"stood there before and were passed over; see {listed}, and --duplicates keep"),
        (result.duplicates_kept, f"are also another outlet's or file's, and were kept for each; see {listed}"),
        (result.undated, "have a date that was not read; `repairs` names it, and --day-first reads 31/01/2024"),
        (foreign, "are not English, and figures hold for English alone; see the column `language`, and --any-language"),
        (result.repaired, "were mended on reading; see their `repairs`, and --raw"),
    )
    for count, what in remarks:
        if count:
            say(f"{count:,} {what}")
    if not result.articles:
        say("no article was scored")


def _scoring(
    model: str, lexicons: tuple[Path, ...], ignore: tuple[str, ...], *, learned: bool, base_rate: float | None
) -> Scoring:
    """The shared options as names and absolute paths, since workers may stand in another folder."""
    from framelens.corpus.shard import Scoring

    check_base_rate(model, base_rate)
    settings = settings_here()
    chosen: str | None = None if model == "none" else model
    if chosen is not None and Path(chosen).is_dir():
        chosen = str(Path(chosen).resolve())
    paths = tuple(str(path.resolve()) for path in (*settings.lexicons, *lexicons))
    return Scoring(chosen, paths, (*settings.ignore, *ignore), learned, base_rate)


def _log_to_stderr() -> None:
    """Show this package's log lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("framelens")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
