"""``framelens train``: labelled sentences in, a calibrated model folder out."""

from __future__ import annotations

from pathlib import Path

import click

from framelens.errors import InputError

_CARD = """# {name}

Trained by `framelens train` on {count} labelled sentences from {files}
({share:.0%} editorializing). Calibrated on what four fits left out.
"""


@click.command(
    "train",
    epilog="\b\nExample:\n  framelens train labelled.jsonl --label-field label --positive opinion -o my-model\n"
    "  framelens score article.txt --model my-model",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-field", default="text", show_default=True)
@click.option("--label-field", default="label", show_default=True)
@click.option("--positive", multiple=True, required=True, help="Label that means editorializing; may be repeated.")
@click.option("--group-field", help="Field by which sentences are left out together, such as the outlet.")
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Model folder.")
@click.option("--name", default="own", show_default=True, help="The model's name in reports.")
@click.option("--members", default=2, show_default=True, help="Networks that are averaged.")
@click.option("--epochs", default=6, show_default=True, help="Passes over the sentences, at least; few take more.")
def command(
    files: tuple[Path, ...],
    text_field: str,
    label_field: str,
    positive: tuple[str, ...],
    group_field: str | None,
    output: Path,
    name: str,
    members: int,
    epochs: int,
) -> None:
    """Train a model of your own on JSON Lines of labelled sentences, starting from the default model's words."""
    from framelens.classifier import EditorializingClassifier
    from framelens.model_io import load_model
    from framelens.training.examples import Example, read_rows
    from framelens.training.recipe import Taught, train_model

    examples = []
    for path in files:
        for number, row in enumerate(read_rows(path), 1):
            if text_field not in row or label_field not in row:
                raise InputError(f"{path}: row {number}: no field {text_field!r} or {label_field!r}")
            label = str(row[label_field]) in positive
            group = str(row[group_field]) if group_field and group_field in row else path.stem
            if any(c.isalnum() for c in str(row[text_field])):
                examples.append(Example(str(row[text_field]), float(label), label, path.stem, group, "", False))
    share = sum(bool(e.label) for e in examples) / (len(examples) or 1)
    if len(examples) < 50 or not 0.02 < share < 0.98:
        found = f"{len(examples)} sentences, {share:.0%} editorializing"
        raise InputError(f"{found}: training needs 50 or more, of both kinds")
    table = load_model("default").classifier.table_
    model = train_model(examples, Taught(), EditorializingClassifier(table, members=members, epochs=epochs))
    card = _CARD.format(name=name, count=len(examples), files=", ".join(p.name for p in files), share=share)
    digest = model.save(output, name, card)
    click.echo(f"{output}: model {name} {digest}, threshold {model.threshold:.2f}", err=True)
