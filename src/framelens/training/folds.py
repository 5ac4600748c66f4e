"""Cross-validates the shipped recipe on BABE's ``label_opinion``: folds at random, by outlet and by topic.

Run ``python -m framelens.training.folds CORPORA --taught DIR``; it prints a Markdown table for a model card, the
model beside baselines on the same folds. Each fold's model learns from BABE's other folds alone. Neither the
sentences that the teacher labelled nor the word vectors of the tuned teacher are used, since the teacher saw every
fold; nor is another corpus, which may hold the same outlets and topics. So the figures stay below what the shipped
model reaches where it may use them. Word vectors are those of the published encoder in ``DIR/table.npz``; without
``--taught`` they begin at random. Some minutes on one core; fewer with fewer ``--members``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from framelens.classifier import EditorializingClassifier
from framelens.evaluation.baselines import baseline_figures, baseline_probabilities, random_folds
from framelens.evaluation.classification import SentenceFigures, sentence_figures
from framelens.features import WordTable
from framelens.network import sigmoid
from framelens.training.examples import Example, read_babe
from framelens.training.recipe import Taught, encode_sentences, read_table, train_model
from framelens.training.release import shipped_network

__all__ = ["cross_validate", "main", "markdown_table"]

_FOLDS = 5
# BABE names some topics twice.
_SAME_TOPIC = {"blm": "black lives matter", "gun-control": "gun control", "vaccines": "vaccine"}
_COLUMNS = ("macro-F1", "95 % interval", "AUC", "Brier", "ECE")


def group_folds(groups: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each sentence, where sentences of one group always share a fold."""
    folds = np.zeros(len(groups), np.int64)
    for number, (_, rows) in enumerate(GroupKFold(_FOLDS).split(folds, groups=groups)):
        folds[rows] = number
    return folds


def cross_validate(
    examples: Sequence[Example], folds: NDArray[np.int64], classifier: EditorializingClassifier
) -> dict[str, SentenceFigures]:
    """Figures of the recipe, and of baselines, on sentences that their fold's model never saw.

    A sentence without a label is learned from but not judged.
    """
    probability, threshold = np.zeros(len(examples)), np.zeros(len(examples))
    for fold in np.unique(folds):
        rows = np.flatnonzero(folds == fold)
        kept = [example for example, other in zip(examples, folds, strict=True) if other != fold]
        model = train_model(kept, Taught(), EditorializingClassifier(**classifier.get_params()))
        batch = encode_sentences([examples[row].text for row in rows.tolist()], model.classifier.table_.vocabulary)
        probability[rows], threshold[rows] = sigmoid(model.classifier.decide(batch)), model.threshold
    judged = np.array([row for row, example in enumerate(examples) if example.label is not None])
    truth = np.array([bool(examples[row].label) for row in judged])
    nowhere = np.zeros(len(truth), bool)
    texts, outlets = [examples[row].text for row in judged], [examples[row].group for row in judged]
    baselines = baseline_probabilities(texts, truth, folds[judged], outlets)
    return {
        "framelens": sentence_figures(truth, probability[judged], threshold[judged], nowhere),
        **baseline_figures(truth, baselines),
    }


def markdown_table(figures: dict[str, dict[str, SentenceFigures]]) -> str:
    """One row for each kind of folds and model."""

    def rows() -> Iterator[tuple[str, ...]]:
        yield ("folds", "model", *_COLUMNS)
        yield ("---",) * (2 + len(_COLUMNS))
        for folds, models in figures.items():
            for name, f in models.items():
                low, high = f.macro_f1_interval
                auc = "" if f.auc is None else f"{f.auc:.3f}"
                yield folds, name, f"{f.macro_f1:.3f}", f"{low:.3f}–{high:.3f}", auc, f"{f.brier:.3f}", f"{f.ece:.3f}"

    return "\n".join("| " + " | ".join(row) + " |" for row in rows())


def main() -> None:
    """Cross-validate and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--taught", type=Path, help="what framelens.training.teacher wrote; only its table.npz is read")
    parser.add_argument("--members", type=int, help="networks that are averaged, where not as many as in the release")
    options = parser.parse_args()
    examples = list(read_babe(options.corpora))
    texts = [example.text for example in examples]
    table = read_table(options.taught / "table.npz", tuned=False) if options.taught else WordTable.random(texts, 0)
    classifier = shipped_network(table)
    if options.members:
        classifier.set_params(members=options.members)
    schemes = {
        "at random": random_folds(np.array([example.target >= 0.5 for example in examples])),
        "by outlet": group_folds([example.group for example in examples]),
        "by topic": group_folds([_SAME_TOPIC.get(example.topic, example.topic) for example in examples]),
    }
    figures = {name: cross_validate(examples, folds, classifier) for name, folds in schemes.items()}
    judged, start = figures["at random"]["framelens"].n, "published" if options.taught else "random"
    print(markdown_table(figures))  # noqa: T201 - a command's result
    print(  # noqa: T201
        f"\n{judged} sentences, {_FOLDS} folds, {classifier.members} networks, {start} word vectors, gold labels alone."
    )


if __name__ == "__main__":
    main()
