"""How well a model tells editorializing from reporting on single sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from framelens.analyzer import Analyzer, SentenceModel
from framelens.errors import InputError
from framelens.evaluation.baselines import baseline_figures, baseline_probabilities, random_folds
from framelens.evaluation.classification import SentenceFigures, sentence_figures
from framelens.voice import read_sentence

__all__ = ["SentenceEvaluation", "SentenceFields", "evaluate_sentences"]


@dataclass(frozen=True, slots=True)
class SentenceFields:
    """Where a row keeps its text, its label and, for the baseline by outlet, the name of its outlet."""

    text: str = "text"
    label: str = "label"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class SentenceEvaluation:
    """The model's figures, those of baselines on the same rows, and why a baseline is missing."""

    model: SentenceFigures
    baselines: dict[str, SentenceFigures]
    left_out: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The model's figures, with those of the baselines nested in them."""
        baselines = {name: figures.to_dict() for name, figures in self.baselines.items()}
        return self.model.to_dict() | {"baselines": baselines, "baselines_left_out": self.left_out}


def evaluate_sentences(
    rows: Iterable[Mapping[str, Any]], analyzer: Analyzer, fields: SentenceFields, positive: Collection[str]
) -> SentenceEvaluation:
    """The figures of the analyzer's model; each row's text is taken as one sentence, however it is punctuated.

    Raises `InputError` where a row lacks its text or label, or there is nothing to evaluate.
    """
    texts, truth, outlets = [], [], []
    for number, row in enumerate(rows, 1):
        if fields.text not in row or fields.label not in row:
            wanted = f"{fields.text!r} or {fields.label!r}"
            raise InputError(f"row {number}: no field {wanted} (there is: {', '.join(row)})")
        texts.append(str(row[fields.text]))
        truth.append(str(row[fields.label]) in positive)
        outlets.append(str(row[fields.group]) if fields.group and fields.group in row else None)
    model: SentenceModel | None = analyzer.model
    if model is None or not texts:
        raise InputError("nothing to evaluate: name a model, and a file with at least one row")
    documents = [read_sentence(text) for text in texts]
    scores = model.score(documents, [analyzer.terms(document) for document in documents])
    # A text without a word has no sentence and hence no score: nobody editorializes in it.
    probability = np.array([rows[0].probability if rows else 0.0 for rows in scores])
    uncertain = np.array([bool(rows) and rows[0].label == "uncertain" for rows in scores])
    gold = np.array(truth)
    named = [outlet for outlet in outlets if outlet is not None]
    baselines = baseline_probabilities(texts, gold, random_folds(gold), named if len(named) == len(texts) else None)
    return SentenceEvaluation(
        model=sentence_figures(gold, probability, model.threshold, uncertain),
        baselines=baseline_figures(gold, baselines),
        left_out=baselines.left_out,
    )
