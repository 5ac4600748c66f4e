"""How well a model tells editorializing from reporting on single sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from framelens.analyzer import Analyzer, SentenceModel
from framelens.errors import InputError
from framelens.evaluation.classification import SentenceFigures, sentence_figures
from framelens.reading import read_sentence

__all__ = ["evaluate_sentences"]


def evaluate_sentences(
    rows: Iterable[Mapping[str, Any]],
    analyzer: Analyzer,
    *,
    text_field: str,
    label_field: str,
    positive: Collection[str],
) -> SentenceFigures:
    """The figures of the analyzer's model; each row's text is taken as one sentence, however it is punctuated.

    Raises `InputError` where a row lacks a field or no row is positive or negative.
    """
    texts, truth = [], []
    for number, row in enumerate(rows, 1):
        if text_field not in row or label_field not in row:
            raise InputError(f"row {number}: no field {text_field!r} or {label_field!r} (there is: {', '.join(row)})")
        texts.append(str(row[text_field]))
        truth.append(str(row[label_field]) in positive)
    model: SentenceModel | None = analyzer.model
    if model is None or not texts:
        raise InputError("nothing to evaluate: name a model, and a file with at least one row")
    documents = [read_sentence(text) for text in texts]
    scores = model.score(documents, [analyzer.terms(document) for document in documents])
    # A text without a word has no sentence and hence no score: nobody editorializes in it.
    probability = np.array([rows[0].probability if rows else 0.0 for rows in scores])
    uncertain = np.array([bool(rows) and rows[0].label == "uncertain" for rows in scores])
    return sentence_figures(np.array(truth), probability, model.threshold, uncertain)
