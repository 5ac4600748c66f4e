"""Labelled and taught sentences → a fitted, calibrated model folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from framelens.classifier import EditorializingClassifier
from framelens.counterparts import counterpart_groups
from framelens.features import Batch, Vocabulary, WordTable, class_columns, encode
from framelens.lexicon import builtin_lexicon
from framelens.matcher import Matcher
from framelens.model_io import save_model
from framelens.network import BATCH_SIZE, sigmoid
from framelens.training.examples import Example
from framelens.voice import read_sentence

__all__ = ["PUBLISHED_WIDTH", "Taught", "TrainedModel", "encode_sentences", "read_table", "read_taught", "train_model"]

PUBLISHED_WIDTH = 48  # components of a word vector that come from the published encoder; the rest from the tuned one
_GOLD_WEIGHT = 3.0  # a labelled sentence counts as much as three that the teacher labelled
_FOLDS = 4  # fits by which the model is calibrated
_FEWEST_OUTLETS = 20  # with fewer, an outlet left out says more about itself than about outlets
# Small sets need more epochs: found by cross-validation on 100 to 2,600 sentences of BABE.
_FEWEST_STEPS, _MOST_EPOCHS = 800, 100


@dataclass(frozen=True, slots=True)
class Taught:
    """Unlabelled sentences with the teacher's probability of editorializing."""

    texts: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()

    def without(self, texts: Iterable[str]) -> Taught:
        """The sentences that are not among some texts."""
        known = {text.strip() for text in texts}
        kept = [i for i, text in enumerate(self.texts) if text.strip() not in known]
        return Taught(tuple(self.texts[i] for i in kept), tuple(self.shares[i] for i in kept))


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A fitted classifier with its threshold, and the share of editorializing it was calibrated at."""

    classifier: EditorializingClassifier
    threshold: float
    base_rate: float
    margin: float = 0.10  # probabilities nearer to the threshold are called uncertain

    def save(self, folder: Path, name: str, card: str) -> str:
        """Write the model folder and return its digest."""
        settings: dict[str, Any] = {
            "name": name,
            "threshold": round(self.threshold, 4),
            "margin": self.margin,
            "base_rate": round(self.base_rate, 4),
        }
        return save_model(folder, self.classifier, settings, card)


def read_taught(path: Path) -> Taught:
    """The teacher's labels: a JSON object of ``texts`` and ``shares``, as `framelens.training.teacher` writes it."""
    data = json.loads(path.read_text("utf-8"))
    return Taught(tuple(data["texts"]), tuple(data["shares"]))


def read_table(path: Path, *, tuned: bool = True) -> WordTable:
    """The word table that `framelens.training.teacher` writes, its word classes filled in.

    Names of people, parties, faiths, nations and genders share a row with their counterparts. Without ``tuned`` it
    holds nothing that the teacher learned from labels.
    """
    groups = counterpart_groups()
    with np.load(path, allow_pickle=False) as arrays:
        vocabulary = Vocabulary(arrays["words"].tolist(), groups)
        vectors = arrays["vectors"][:, : None if tuned else PUBLISHED_WIDTH].astype(np.float32)
    own_rows = {word: row for row, word in enumerate(vocabulary.words)}
    for group in groups:
        known = [own_rows[word] for word in group if word in own_rows]
        if known:
            vectors[known] = vectors[known].mean(axis=0)
    classes = tomllib.loads((files("framelens.training") / "word_classes.toml").read_text("utf-8"))
    members = {name: table["words"] for name, table in classes.items()}
    return WordTable(vocabulary, vectors, class_columns(vocabulary, members))


def encode_sentences(texts: Sequence[str], vocabulary: Vocabulary) -> Batch:
    """Read, match and encode texts, each as one sentence."""
    matcher = Matcher([builtin_lexicon()])
    documents = [read_sentence(text) for text in texts]
    batch, owners = encode(documents, [matcher.match(d)[0] for d in documents], vocabulary)
    if len(owners) != len(texts):
        raise ValueError("every training text must hold at least one word")
    return batch


def _corpus_weights(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Weights by which every corpus counts the same."""
    corpora = [example.corpus for example in examples]
    return np.array([len(corpora) / corpora.count(corpus) for corpus in corpora])


def _threshold(examples: Sequence[Example], probability: NDArray[np.float64]) -> float:
    """The threshold near one half with the best macro-F1, averaged over corpora."""
    corpora = {example.corpus for example in examples}
    truth = np.array([bool(example.label) for example in examples])

    def quality(threshold: float) -> float:
        scores = []
        for corpus in corpora:
            rows = np.array([example.corpus == corpus for example in examples])
            scores.append(f1_score(truth[rows], probability[rows] >= threshold, average="macro"))
        return float(np.mean(scores))

    grid = np.linspace(0.40, 0.60, 21)
    smooth = np.convolve([quality(t) for t in grid], np.ones(5) / 5, mode="valid")
    return float(grid[2 + int(smooth.argmax())])


def _folds(examples: Sequence[Example]) -> NDArray[np.int64]:
    """The calibration fold of each sentence: that of its outlet, and -1 where its corpus names none."""
    outlets = sorted({example.group for example in examples if example.group != example.corpus})
    if len(outlets) < _FEWEST_OUTLETS:
        return np.arange(len(examples)) % _FOLDS
    fold = {outlet: number % _FOLDS for number, outlet in enumerate(outlets)}
    return np.array([fold.get(example.group, -1) for example in examples])


def train_model(examples: Sequence[Example], taught: Taught, classifier: EditorializingClassifier) -> TrainedModel:
    """Fit on everything, with scale, shift and threshold found on outlets that fits on the other outlets left out.

    ``classifier`` brings its parameters and word table; a small set is gone through more often than its ``epochs``.
    """
    vocabulary = classifier.table.vocabulary if classifier.table else None
    if vocabulary is None:
        raise ValueError("train_model needs a classifier with a word table")
    gold = [example.text for example in examples]
    # The teacher was tuned on the gold, so what it says of the same sentences would spoil the calibration.
    taught = taught.without(gold)
    batch = encode_sentences([*gold, *taught.texts], vocabulary)
    shares = np.array([*(example.target for example in examples), *taught.shares])
    weights = np.array([_GOLD_WEIGHT] * len(gold) + [1.0] * len(taught.texts))
    steps = -(-len(batch) // BATCH_SIZE)
    classifier.set_params(epochs=max(classifier.epochs, min(_FEWEST_STEPS // steps, _MOST_EPOCHS)))
    folds, logits = _folds(examples), np.full(len(examples), np.nan)
    for fold in range(_FOLDS):
        aside = np.flatnonzero(folds == fold)
        kept = np.setdiff1d(np.arange(len(batch)), aside)
        part = EditorializingClassifier(**classifier.get_params())
        part.fit_batch(batch.take(kept), shares[kept], weights[kept])
        logits[aside] = part.decide(batch.take(aside))
    judged = [i for i in np.flatnonzero(folds >= 0).tolist() if examples[i].label is not None]
    left_out = [examples[i] for i in judged]
    truth, corpus_weights = np.array([bool(example.label) for example in left_out]), _corpus_weights(left_out)
    classifier.fit_batch(batch, shares, weights)
    classifier.calibrate(logits[judged], truth, corpus_weights)
    threshold = _threshold(left_out, sigmoid(classifier.scale_ * logits[judged] + classifier.shift_))
    return TrainedModel(classifier, threshold, float(np.average(truth, weights=corpus_weights)))
