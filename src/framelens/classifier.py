"""The sentence classifier: a small convolutional network over word vectors, as one scikit-learn estimator.

Each of its filters looks at three neighbouring words, the strongest place in the sentence speaks for it
(Kim 2014), and the logit is the sum of what filters and sentence features say. So every score is exactly the
sum of named contributions: the words a filter fired on, the features, and the intercept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from framelens.features import Batch, WordTable, encode
from framelens.lexicon import builtin_lexicon
from framelens.matcher import Matcher
from framelens.network import Network, Runner, TrainingOptions, sigmoid, train_network
from framelens.text import Document
from framelens.voice import read_sentence

__all__ = ["EditorializingClassifier"]


class EditorializingClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Tells editorializing (1) from reporting (0), one sentence at a time.

    ``X`` is a sequence of sentences, each a string or a `Document`. ``y`` holds 0 or 1, or the share of
    annotators who saw editorializing. ``members`` networks with different random starts are averaged.

    Fitted attributes: ``classes_``, ``table_`` and ``networks_``; ``scale_`` and ``shift_`` calibrate the logit.
    """

    def __init__(
        self,
        table: WordTable | None = None,
        filters: int = 96,
        members: int = 1,
        epochs: int = 6,
        learning_rate: float = 2e-3,
        dropout: float = 0.4,
        word_dropout: float = 0.1,
        weight_decay: float = 1e-4,
        random_state: int = 0,
    ) -> None:
        self.table = table
        self.filters = filters
        self.members = members
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.dropout = dropout
        self.word_dropout = word_dropout
        self.weight_decay = weight_decay
        self.random_state = random_state

    def fit(
        self,
        X: Sequence[str | Document],
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Learn from sentences and their labels or shares; ``sample_weight`` weighs sentences."""
        documents = _documents(X)
        if not documents:
            raise ValueError("EditorializingClassifier needs at least one sentence")
        self.table_ = self.table or WordTable.random([d.text for d in documents], self.random_state)
        batch = self._encode(documents)
        return self.fit_batch(batch, y, sample_weight)

    def fit_batch(self, batch: Batch, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """`fit` for sentences that are already encoded with the table's vocabulary."""
        if self.table is not None:
            self.table_ = self.table
        shares = np.asarray(y, np.float32)
        if len(shares) != len(batch):
            raise ValueError(f"{len(batch)} sentences but {len(shares)} labels")
        if shares.min() < 0 or shares.max() > 1:
            raise ValueError("labels are 0, 1 or shares between them")
        weights = np.ones(len(batch), np.float32) if sample_weight is None else np.asarray(sample_weight, np.float32)
        self.classes_ = np.array([0, 1])
        self.networks_ = [
            train_network(self.table_.vectors, self.table_.classes, batch, shares, weights, self._options(member))
            for member in range(self.members)
        ]
        self.scale_, self.shift_ = 1.0, 0.0
        self._prepare()
        return self

    def calibrate(self, logits: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit scale and shift to uncalibrated logits of sentences that were not trained on (Platt 1999)."""
        from sklearn.linear_model import LogisticRegression

        columns = np.asarray(logits).reshape(-1, 1)
        platt = LogisticRegression(C=1e6).fit(columns, np.asarray(y) >= 0.5, sample_weight)
        self.scale_, self.shift_ = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        return self

    def decision_function(self, X: Sequence[str | Document]) -> NDArray[np.float64]:
        """The calibrated logit of each sentence."""
        check_is_fitted(self)
        return self.decide(self._encode(_documents(X)))

    def predict_proba(self, X: Sequence[str | Document]) -> NDArray[np.float64]:
        """Columns of the probabilities of reporting and of editorializing."""
        p = sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X: Sequence[str | Document]) -> NDArray[np.int64]:
        """1 where the probability of editorializing is at least one half."""
        editorializing = self.decision_function(X) >= 0
        return np.asarray(self.classes_[editorializing.astype(int)])

    def decide(self, batch: Batch) -> NDArray[np.float64]:
        """The calibrated logit of each encoded sentence."""
        return self.scale_ * self._runner.logits(batch) + self.shift_

    def contributions(self, batch: Batch) -> Iterator[dict[str, float]]:
        """For each encoded sentence what its calibrated logit is the sum of, by name."""
        return self._runner.contributions(batch, self.scale_, self.shift_)

    @classmethod
    def fitted(cls, table: WordTable, networks: Sequence[Network], scale: float, shift: float) -> Self:
        """A classifier put together from arrays that were learned before."""
        classifier = cls(table=table, filters=networks[0].kernel.shape[1], members=len(networks))
        classifier.classes_ = np.array([0, 1])
        classifier.table_, classifier.networks_ = table, list(networks)
        classifier.scale_, classifier.shift_ = scale, shift
        classifier._prepare()
        return classifier

    def _encode(self, documents: Sequence[Document]) -> Batch:
        matcher = Matcher([builtin_lexicon()])
        batch, owners = encode(documents, [matcher.match(d)[0] for d in documents], self.table_.vocabulary)
        if len(owners) != len(documents):
            raise ValueError("every item of X must be one sentence with at least one word")
        return batch

    def _options(self, member: int) -> TrainingOptions:
        return TrainingOptions(
            filters=self.filters,
            epochs=self.epochs,
            learning_rate=self.learning_rate,
            dropout=self.dropout,
            word_dropout=self.word_dropout,
            weight_decay=self.weight_decay,
            seed=self.random_state + member,
        )

    def _prepare(self) -> None:
        self._runner = Runner(self.networks_, self.table_.classes)


def _documents(sentences: Sequence[str | Document]) -> list[Document]:
    if isinstance(sentences, str):
        raise ValueError("X must be a sequence of sentences, not one string")
    return [s if isinstance(s, Document) else read_sentence(str(s)) for s in sentences]
