"""``framelens evaluate``: measure against annotated corpora."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from framelens.cli.options import analyzer_options, make_analyzer

_files = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
_format = click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)


def _rows(files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    from framelens.training.examples import read_rows

    for path in files:
        yield from read_rows(path)


def _print(figures: Mapping[str, object], format_: str) -> None:
    rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}
    if format_ == "json":
        click.echo(json.dumps(rounded))
    else:
        for key, value in rounded.items():
            click.echo(f"{key:>28}  {value}")


def _table(title: str, rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> None:
    """Rows of a name and figures, the figures in front so that they line up."""
    click.echo(f"\n{title}\n" + " ".join(f"{column:>9}" for column in columns))
    for name, *values in rows:
        cells = ("" if v is None else f"{v:.3f}" if isinstance(v, float) else v for v in values)
        click.echo(" ".join(f"{cell:>9}" for cell in cells) + f"  {name}")


@click.group("evaluate")
def command() -> None:
    """Measure models, lexicons, voices and frames against annotated JSONL files, and a model's even-handedness.

    \b
    framelens evaluate sentences test.jsonl --text-field text --label-field label --positive SUBJ
    framelens evaluate terms articles_with_spans.jsonl.gz -f json
    framelens evaluate swaps --model open
    """


@command.command()
@_files
@click.option("--text-field", default="text", show_default=True)
@click.option("--label-field", default="label", show_default=True)
@click.option("--positive", multiple=True, required=True, help="Label that means editorializing; may be repeated.")
@click.option("--group-field", help="Field that names the outlet, for the baseline that knows only the outlet.")
@analyzer_options
@_format
def sentences(
    files: tuple[Path, ...],
    text_field: str,
    label_field: str,
    positive: tuple[str, ...],
    group_field: str | None,
    format_: str,
    **options: Any,
) -> None:
    """Editorializing against reporting, each row one sentence.

    Beside the model stand baselines on the same rows, each learned on four fifths and tried on the fifth left out:
    majority (the commoner label), length (number of words), outlet (its name alone, with --group-field) and vader
    (strength of sentiment, where the package vaderSentiment is installed). A model worth its name beats them all.
    """
    from framelens.evaluation.sentences import SentenceFields, evaluate_sentences

    fields = SentenceFields(text_field, label_field, group_field)
    result = evaluate_sentences(_rows(files), make_analyzer(**options), fields, positive)
    if format_ == "json":
        _print(result.to_dict(), format_)
        return
    _print(result.model.to_dict(), format_)
    rows = [(name, f.macro_f1, f.auc, f.brier, f.ece) for name, f in result.baselines.items()]
    _table("baselines, out of fold", rows, ("macro_f1", "auc", "brier", "ece"))
    for name, reason in result.left_out.items():
        click.echo(f"{name} is left out: {reason}")


@command.command()
@_files
@analyzer_options
@_format
def terms(files: tuple[Path, ...], format_: str, **options: Any) -> None:
    """Loaded terms, against articles with gold spans."""
    from framelens.evaluation.terms import evaluate_terms

    _print(evaluate_terms(_rows(files), make_analyzer(**options)), format_)


@command.command()
@_files
@_format
def voice(files: tuple[Path, ...], format_: str) -> None:
    """Whose words, against articles with gold attributions."""
    from framelens.voice.evaluate import evaluate_voice

    _print(evaluate_voice(_rows(files)), format_)


@command.command()
@_files
@analyzer_options
@_format
def frames(files: tuple[Path, ...], format_: str, **options: Any) -> None:
    """Generic frames, against articles with gold frames."""
    from framelens.evaluation.frames import evaluate_frames

    _print(evaluate_frames(_rows(files), make_analyzer(**options)), format_)


@command.command()
@analyzer_options
@_format
def swaps(format_: str, **options: Any) -> None:
    """Even-handedness: how far scores move where only a name or group in the sentence changes.

    Built-in sentences of framelens' own take mirrored identities (religions, nationalities, parties, politicians
    of both sides …). Changes are absolute differences of probability between two fillings of one sentence.
    Plain reports about each identity should not be called editorializing.
    """
    from framelens.evaluation.even_handedness import evaluate_swaps

    figures = evaluate_swaps(make_analyzer(**options))
    if format_ == "json":
        click.echo(json.dumps(figures.to_dict()))
        return
    parts = figures.to_dict()
    _print({name: value for name, value in parts.items() if not isinstance(value, tuple)}, format_)
    _table("by group", [(g.group, g.mean_change, g.max_change) for g in figures.groups], ("mean", "max"))
    _table("names that move scores most", [(f"{n.name} ({n.group})", n.effect) for n in figures.names], ("effect",))
    worst = [(f"{s.template}  {s.first} / {s.second}", s.change) for s in figures.worst]
    _table("worst swaps", worst, ("change",))
