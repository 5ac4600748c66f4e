"""Learns the frame model from the project's own annotation: ``python -m framelens.frames.learning ARTICLES``.

ARTICLES is a JSONL file (may be gzipped) with ``id``, ``title`` and ``text``. All of its texts give the mean and
spread of the densities; those named in ``training/annotation/frames.csv`` give weights and thresholds.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from framelens.frames.codebook import FRAMES
from framelens.frames.lexicon import frame_lexicon
from framelens.frames.model import Floats, densities, standardised
from framelens.text import normalise

__all__ = ["learn"]

_FOLDS = 10
_STRENGTH = 0.1  # of the L2 penalty, as scikit-learn's C; chosen by cross-validation on the own annotation


def annotated() -> dict[str, set[str]]:
    """The own annotation: article id → frames."""
    table = files("framelens.training").joinpath("annotation", "frames.csv").read_text(encoding="utf-8")
    return {row["article"]: set(row["frames"].split()) for row in csv.DictReader(table.splitlines())}


def learn(texts: Mapping[str, str], labels: Mapping[str, set[str]]) -> dict[str, object]:
    """The model's numbers and, under ``cross_validation``, how well it does on articles it has not seen."""
    evidence = {key: _evidence(text) for key, text in texts.items()}
    everything = np.array(list(evidence.values()))
    mean, spread = everything.mean(axis=0), everything.std(axis=0)
    known = [key for key in labels if key in evidence]
    inputs = standardised(np.array([evidence[key] for key in known]), mean, spread)
    gold = np.array([[frame in labels[key] for frame in FRAMES] for key in known])
    unseen = np.zeros(gold.shape)
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(inputs):
        for frame in range(len(FRAMES)):
            fitted = LogisticRegression(C=_STRENGTH).fit(inputs[train], gold[train, frame])
            unseen[test, frame] = fitted.decision_function(inputs[test])
    thresholds = np.array([_best_threshold(unseen[:, i], gold[:, i]) for i in range(len(FRAMES))])
    models = [LogisticRegression(C=_STRENGTH).fit(inputs, gold[:, i]) for i in range(len(FRAMES))]
    said = unseen >= thresholds
    return {
        "annotated_articles": len(known),
        "cross_validation": {"micro_f1": round(_micro_f1(said, gold), 3), "macro_f1": round(_macro_f1(said, gold), 3)},
        "mean": mean.round(4).tolist(),
        "spread": spread.round(4).tolist(),
        "weights": [model.coef_[0].round(4).tolist() for model in models],
        "bias": [round(float(m.intercept_[0] - t), 4) for m, t in zip(models, thresholds, strict=True)],
    }


def _evidence(text: str) -> Floats:
    lowered = normalise(text)
    return densities(lowered, list(frame_lexicon().hits(lowered)))


def _micro_f1(said: np.ndarray, gold: np.ndarray) -> float:
    return float(2 * (said & gold).sum() / (said.sum() + gold.sum()))


def _macro_f1(said: np.ndarray, gold: np.ndarray) -> float:
    return float(np.mean([_micro_f1(said[:, i], gold[:, i]) for i in range(gold.shape[1])]))


def _best_threshold(scores: Floats, gold: np.ndarray) -> float:
    return float(max(np.unique(scores), key=lambda threshold: _micro_f1(scores >= threshold, gold)))


def main(path: Path) -> None:
    """Write ``model.json`` beside this module."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = {row["id"]: f"{row['title'] or ''}\n\n{row['text']}" for row in rows}
    model = learn(texts, annotated())
    Path(__file__).with_name("model.json").write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
