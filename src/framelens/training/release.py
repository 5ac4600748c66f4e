"""Trains the models that ship: ``default``, ``open``, and the learned terms.

Run ``python -m framelens.training.release CORPORA TAUGHT -o FOLDER`` after `framelens.training.teacher`; it prints
the figures on the held-out parts, which go into the cards.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from framelens.classifier import EditorializingClassifier
from framelens.evaluation.classification import sentence_figures
from framelens.features import WordTable
from framelens.network import sigmoid
from framelens.training.examples import Example, read_annotation, read_babe, read_newssd, read_rows
from framelens.training.recipe import Taught, TrainedModel, encode_sentences, read_table, read_taught, train_model
from framelens.training.terms import save_terms, train_terms

__all__ = ["main"]

_TERM_THRESHOLD = -0.5
_RELEASED = "2026.11"


def _figures(model: TrainedModel, examples: Sequence[Example]) -> dict[str, dict[str, object]]:
    """Figures on the held-out part of each corpus."""
    table = model.classifier.table_
    figures = {}
    for corpus in dict.fromkeys(e.corpus for e in examples):
        kept = [e for e in examples if e.corpus == corpus and e.held_out and e.label is not None]
        truth = np.array([bool(e.label) for e in kept])
        batch = encode_sentences([e.text for e in kept], table.vocabulary)
        probability = sigmoid(model.classifier.decide(batch))
        uncertain = np.abs(probability - model.threshold) < model.margin
        figures[corpus] = sentence_figures(truth, probability, model.threshold, uncertain).to_dict()
    return figures


def _network(table: WordTable) -> EditorializingClassifier:
    return EditorializingClassifier(table, members=3, filters=96, epochs=4, word_dropout=0.15)


def main() -> None:
    """Train, print the figures, and write the model folders without their cards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("taught", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    table, taught = read_table(options.taught / "table.npz"), read_taught(options.taught / "taught.json")
    examples = [*read_babe(options.corpora), *read_newssd(options.corpora), *read_annotation(options.corpora)]
    train = [e for e in examples if not e.held_out]
    models = {
        "default": train_model(train, taught, _network(table)),
        "open": train_model([e for e in train if e.corpus != "babe"], Taught(), _network(table)),
    }
    for name, model in models.items():
        model.save(options.output / name, name, f"# {name}\n\n{json.dumps(_figures(model, examples), indent=1)}\n")
        print(name, json.dumps(_figures(model, examples)))  # noqa: T201 - a command's result
    rows = list(read_rows(options.corpora / "babe.jsonl.gz"))
    logits = models["open"].classifier.decide(encode_sentences([row["text"] for row in rows], table.vocabulary))
    save_terms(options.output / "learned_terms", train_terms(rows, logits, table), table, _RELEASED, _TERM_THRESHOLD)


if __name__ == "__main__":
    main()
