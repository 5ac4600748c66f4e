"""The learned lexicon's weights, from the words that BABE's annotators marked as biased."""

from __future__ import annotations

import ast
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from framelens.features import TOKEN, WordTable
from framelens.normalise import normalise

__all__ = ["TermWeights", "save_terms", "train_terms"]

_NEIGHBOUR = 0.5  # how much a neighbour's vector counts beside the word's own
_REGULARISATION = 0.03


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Weights by vocabulary row, and those of sentence logit, capital and intercept."""

    own: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    sentence_weight: float
    capital_weight: float
    intercept: float


def _marked(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the first occurrence of each annotated phrase stands."""
    lowered = normalise(text)
    places = ((lowered.find(normalise(word.strip())), len(word.strip())) for word in words if word.strip())
    return [(start, start + length) for start, length in places if start >= 0]


def _tokens(row: Mapping[str, Any], table: WordTable) -> Iterator[tuple[int, int, int, bool, bool]]:
    """Rows of a word and its neighbours, whether it is capitalised inside the sentence, and whether it was marked."""
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(row["text"])]
    rows = [0, *(table.vocabulary.row(token) for token, _, _ in tokens), 0]
    marked = _marked(row["text"], ast.literal_eval(row["biased_words"] or "[]"))
    for i, (token, start, end) in enumerate(tokens):
        if token[0].isalpha() and len(token) > 3:
            hit = any(start < high and low < end for low, high in marked)
            yield rows[i + 1], rows[i], rows[i + 2], i > 0 and token[0].isupper(), hit


def train_terms(rows: Sequence[Mapping[str, Any]], logits: NDArray[np.float64], table: WordTable) -> TermWeights:
    """Logistic regression of "marked" on the vectors of word and neighbours and the sentence's logit.

    ``logits`` should come from a model that has not seen these sentences, or the sentence counts too much.
    """
    drawn = [(*token, logit) for row, logit in zip(rows, logits, strict=True) for token in _tokens(row, table)]
    own, before, after, capital, hit, sentence = (np.array(column) for column in zip(*drawn, strict=True))
    vectors = np.concatenate([table.vectors * 4, table.classes], axis=1)
    inputs = np.column_stack(
        [vectors[own], _NEIGHBOUR * vectors[before], _NEIGHBOUR * vectors[after], capital, sentence]
    )
    fitted = LogisticRegression(C=_REGULARISATION, max_iter=400).fit(inputs, hit)
    weights, width = fitted.coef_[0], vectors.shape[1]
    return TermWeights(
        own=vectors @ weights[:width],
        before=_NEIGHBOUR * vectors @ weights[width : 2 * width],
        after=_NEIGHBOUR * vectors @ weights[2 * width : 3 * width],
        sentence_weight=float(weights[-1]),
        capital_weight=float(weights[-2]),
        intercept=float(fitted.intercept_[0]),
    )


def save_terms(folder: Path, weights: TermWeights, table: WordTable, released: str, threshold: float) -> None:
    """Write the learned lexicon's folder, without its card."""
    arrays = {name: getattr(weights, name).astype(np.float16) for name in ("own", "before", "after")}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, words=np.array(table.vocabulary.words), **arrays)
    config = {
        "version": 1,
        "released": released,
        "threshold": threshold,
        **{name: round(getattr(weights, name), 5) for name in ("sentence_weight", "capital_weight", "intercept")},
        "arrays_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "arrays.npz").write_bytes(buffer.getvalue())
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")
