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
from framelens.learned_terms import save_learned_terms
from framelens.network import sigmoid
from framelens.training.examples import Example, read_annotation, read_babe, read_newssd
from framelens.training.recipe import Taught, TrainedModel, encode_sentences, read_table, read_taught, train_model
from framelens.training.term_examples import read_babe_terms, read_term_annotation
from framelens.training.terms import taught_terms, train_term_network

__all__ = ["main", "shipped_network"]

# From which logit a term is proposed: of seven, the best F1 in the outlet's own voice on own whole articles.
_TERM_THRESHOLD = -3.0
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


def shipped_network(table: WordTable) -> EditorializingClassifier:
    """The classifier of both models, before it is fitted."""
    return EditorializingClassifier(table, members=3, filters=80, epochs=5, word_dropout=0.15)


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
    # What the tuned word vectors hold was learned from BABE, too.
    published = read_table(options.taught / "table.npz", tuned=False)
    models = {
        "default": train_model(train, taught, shipped_network(table)),
        "open": train_model([e for e in train if e.corpus != "babe"], Taught(), shipped_network(published)),
    }
    for name, model in models.items():
        model.save(options.output / name, name, f"# {name}\n\n{json.dumps(_figures(model, examples), indent=1)}\n")
        print(name, json.dumps(_figures(model, examples)))  # noqa: T201 - a command's result
    marked = [e for e in (*read_term_annotation(options.corpora), *read_babe_terms(options.corpora)) if not e.held_out]
    with np.load(options.taught / "taught_terms.npz") as arrays:
        texts, shares = taught.texts[: int(arrays["count"])], arrays["shares"]
    network = train_term_network(table, *taught_terms(marked, texts, shares, table.vocabulary))
    save_learned_terms(
        options.output / "learned_terms",
        network,
        table.vocabulary,
        released=_RELEASED,
        threshold=_TERM_THRESHOLD,
    )


if __name__ == "__main__":
    main()
