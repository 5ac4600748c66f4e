"""What can be had without a model: baselines on the same sentences, each predicted by folds that left it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from framelens.evaluation.classification import SentenceFigures, sentence_figures

__all__ = ["Baselines", "baseline_figures", "baseline_probabilities", "random_folds"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Folds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Baselines:
    """The probability of each sentence by baseline, and why a baseline is missing."""

    probabilities: dict[str, Floats] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def random_folds(truth: Bools, count: int = 5) -> Folds:
    """The fold of each sentence, at random but with the same share of positives; fewer where a class is rare."""
    count = min(count, int(truth.sum()), int((~truth).sum()))
    folds = np.zeros(len(truth), np.int64)
    if count > 1:
        split = StratifiedKFold(count, shuffle=True, random_state=0).split(folds, truth)
        for number, (_, rows) in enumerate(split):
            folds[rows] = number
    return folds


def baseline_probabilities(
    texts: Sequence[str], truth: Bools, folds: Folds, outlets: Sequence[str] | None = None
) -> Baselines:
    """Majority, length, outlet and VADER (|compound|), by logistic regressions on the other folds."""
    splits = list(_splits(truth, folds))
    if not splits:
        return Baselines(left_out=dict.fromkeys(("majority", "length", "outlet", "vader"), "too few rows of each kind"))
    probabilities = {"majority": np.zeros(len(truth))}
    for train, test in splits:
        probabilities["majority"][test] = truth[train].mean()
    left_out = {}
    lengths = np.array([[len(text.split())] for text in texts], np.float64)
    by_length = make_pipeline(StandardScaler(), LogisticRegression())
    probabilities["length"] = _out_of_fold(by_length, lengths, truth, splits)
    if outlets is None:
        left_out["outlet"] = "no field that names the outlet"
    else:
        names = np.array([{"outlet": outlet} for outlet in outlets])
        model = make_pipeline(DictVectorizer(), LogisticRegression())
        probabilities["outlet"] = _out_of_fold(model, names, truth, splits)
    if find_spec("vaderSentiment") is None:
        left_out["vader"] = "the package vaderSentiment is not installed"
    else:
        probabilities["vader"] = _out_of_fold(LogisticRegression(), _sentiment(texts), truth, splits)
    return Baselines(probabilities, left_out)


def baseline_figures(truth: Bools, baselines: Baselines) -> dict[str, SentenceFigures]:
    """Figures of each baseline, cut at the share of positives; at one half none would call a rare class."""
    nowhere, share = np.zeros(len(truth), bool), float(truth.mean())
    return {
        name: sentence_figures(truth, probability, 0.5 if name == "majority" else share, nowhere)
        for name, probability in baselines.probabilities.items()
    }


def _splits(truth: Bools, folds: Folds) -> Iterator[tuple[Folds, Folds]]:
    """Rows to fit on and rows to predict; nothing where some fold leaves only one kind to learn from."""
    splits = [(np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)) for fold in np.unique(folds)]
    if all(len(np.unique(truth[train])) == 2 for train, _ in splits):
        yield from splits


def _out_of_fold(model: Any, features: NDArray[Any], truth: Bools, splits: Sequence[tuple[Folds, Folds]]) -> Floats:
    probability = np.zeros(len(truth))
    for train, test in splits:
        probability[test] = model.fit(features[train], truth[train]).predict_proba(features[test])[:, 1]
    return probability


def _sentiment(texts: Sequence[str]) -> Floats:
    analyzer = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return np.array([[abs(analyzer.polarity_scores(text)["compound"])] for text in texts])
