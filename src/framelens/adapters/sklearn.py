"""Framing features as a scikit-learn transformer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from framelens.analyzer import Analyzer
from framelens.report import ArticleReport
from framelens.text import TERM_KINDS, VOICES

if TYPE_CHECKING:
    from framelens.analyzer import SentenceModel

__all__ = ["FramingFeatures"]

_FIXED = (
    "words",
    "loaded_per_1000_words",
    "quoted_per_1000_words",
    "editorializing_share",
    *(f"{voice}_share" for voice in VOICES),
)


class FramingFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts, or a data frame's text column → a numeric matrix, one row an article.

    The columns are words, loaded terms per 1,000 words of the author's voice and of quoted voices, the share of
    editorializing sentences (0 without a model), the share of words of each voice, and loaded terms of each
    kind of term per 1,000 words in the author's voice. ``model`` is as for `framelens.Analyzer`; ``column``
    names the text column of a data frame and may be None where it has only one.

    >>> from framelens.adapters.sklearn import FramingFeatures
    >>> features = FramingFeatures(model=None).fit_transform(["The council met on Monday."])
    >>> features.shape[0], int(features[0, 0])
    (1, 5)
    """

    def __init__(
        self,
        model: str | Path | SentenceModel | None = "default",
        column: str | None = None,
        lexicons: Sequence[str | Path] = (),
        ignore: Sequence[str] = (),
        *,
        learned: bool = True,
    ) -> None:
        self.model = model
        self.column = column
        self.lexicons = lexicons
        self.ignore = ignore
        self.learned = learned

    def fit_transform(self, X: Any, y: object = None) -> npt.NDArray[np.float64]:  # noqa: N803
        """Fit and transform at once; a generator, which can be read only once, is read once."""
        texts = X if hasattr(X, "columns") or isinstance(X, np.ndarray) else _texts(X, self.column)
        return self.fit(texts, y).transform(texts)

    def fit(self, X: Any, y: object = None) -> FramingFeatures:  # noqa: N803, ARG002 - scikit-learn's signature
        """Build the analyzer; nothing is learned from the texts."""
        if hasattr(X, "__next__"):
            raise TypeError("a generator can be read only once: give `fit` a list, or call `fit_transform`")
        _texts(X, self.column)
        self.analyzer_ = Analyzer(self.model, self.lexicons, ignore=self.ignore, learned=self.learned)
        self.n_features_in_ = 1
        return self

    def transform(self, X: Any) -> npt.NDArray[np.float64]:  # noqa: N803
        """The features of each text."""
        check_is_fitted(self, "analyzer_")
        rows = [_row(report) for report in self.analyzer_.pipe(_texts(X, self.column))]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(_names()))

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """The names of the columns of `transform`."""
        check_is_fitted(self, "analyzer_")
        return np.array(_names(), dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags


def _names() -> list[str]:
    return [*_FIXED, *(f"{kind}_per_1000_words" for kind in TERM_KINDS)]


def _row(report: ArticleReport) -> list[float]:
    by_voice, shares, words = report.by_voice(), report.voice_shares, report.words_by_voice
    own, quoted = report.own_words, words["direct"] + words["indirect"]
    in_quotes = len(by_voice["direct"]) + len(by_voice["indirect"])
    share = report.editorializing_share
    counts = dict.fromkeys(TERM_KINDS, 0)
    for match in by_voice["author"]:
        counts[match.kind] += 1
    return [
        report.words,
        report.per_1000_words,
        1000 * in_quotes / quoted if quoted else 0.0,
        share or 0.0,
        *(shares[voice] for voice in VOICES),
        *(1000 * count / own if own else 0.0 for count in counts.values()),
    ]


def _texts(X: Any, column: str | None) -> list[str]:  # noqa: N803
    """The texts of a frame, a series, an array of one column or any iterable of strings."""
    if isinstance(X, str):
        raise TypeError("FramingFeatures takes an iterable of texts, not one string: wrap it in a list")
    values: Iterable[Any] = X
    if hasattr(X, "columns"):
        names = list(X.columns)
        if column is None and len(names) != 1:
            raise ValueError(f"the data frame has columns {names}; name the text column with column=…")
        values = X[names[0] if column is None else column]
    elif isinstance(X, np.ndarray):
        if X.ndim > 1 and X.shape[1:] != (1,):
            raise ValueError(f"expected one column of texts, got an array of shape {X.shape}")
        values = X.ravel()
    texts = list(values)
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"text {index} is of type {type(text).__name__}, not str; fill or drop missing texts first")
    return texts
