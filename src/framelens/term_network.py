"""The network of the learned lexicon, run with numpy: a logit for every word that it is loaded where it stands.

A convolution over five words, the strongest of its places in the sentence, and a second convolution over three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framelens.features import Batch

__all__ = ["SEVERITIES", "TERM_FLAGS", "TermNetwork", "TermRunner", "term_flags"]

Floats = NDArray[np.float32]

SEVERITIES = ("mild term", "loaded term", "strong term")
#: What a word carries beside its vector: spelling, and the severity of the curated term that covers it.
TERM_FLAGS = ("capitalised", "upper case", *SEVERITIES)

_NEAR, _FAR = 5, 3


@dataclass(frozen=True, slots=True)
class TermNetwork:
    """Learned arrays: ``vectors`` (words × inputs), ``near`` (5 × inputs and flags × width), ``far`` (3 × width²)."""

    vectors: Floats
    near: Floats
    near_bias: Floats
    sentence: Floats
    far: Floats
    far_bias: Floats
    last: Floats
    intercept: Floats


def term_flags(batch: Batch) -> Floats:
    """The flags of each token of a batch, (tokens × 5)."""
    severity = np.rint(batch.flags[:, 5] * 3).astype(int)
    return np.concatenate(
        [batch.flags[:, :2], severity[:, None] == np.arange(1, 1 + len(SEVERITIES))], axis=1, dtype=np.float32
    )


class TermRunner:
    """Runs a trained network fast: each word's share in the first convolution is computed once and looked up."""

    def __init__(self, network: TermNetwork) -> None:
        self._network = network
        width = network.vectors.shape[1]
        self._tables = [network.vectors @ network.near[k, :width] for k in range(_NEAR)]
        for table in self._tables:
            table[0] = 0  # padding says nothing
        self._flags = network.near[:, width:]

    def logits(self, batch: Batch) -> Floats:
        """The logit of each token, aligned with ``batch.ids``; padding's means nothing."""
        out = np.zeros(len(batch.ids), np.float32)
        lengths = batch.ends - batch.starts
        count = int(lengths.sum())
        if not count:
            return out
        begins = np.cumsum(lengths) - lengths
        owner = np.repeat(np.arange(len(batch)), lengths)
        tokens = batch.starts[owner] + np.arange(count) - begins[owner]
        # The first convolution reaches two words far, so sentences are laid out two places apart.
        places = 2 + np.arange(count) + 2 * owner
        size = int(places[-1]) + 3
        hidden = self._near(batch.ids[tokens], term_flags(batch)[tokens], places, size)
        pooled = np.zeros((len(batch), hidden.shape[1]), np.float32)
        pooled[lengths > 0] = np.maximum.reduceat(hidden, begins[lengths > 0], axis=0)
        net = self._network
        laid = np.zeros((size, hidden.shape[1]), np.float32)
        laid[places] = hidden
        further = (pooled @ net.sentence)[owner] + net.far_bias
        for k in range(_FAR):
            further += laid[places + k - _FAR // 2] @ net.far[k]
        out[tokens] = (hidden + np.maximum(further, 0)) @ net.last + net.intercept[0]
        return out

    def _near(self, ids: NDArray[np.int32], flags: Floats, places: NDArray[np.int64], size: int) -> Floats:
        rows = np.zeros(size, np.int32)
        rows[places] = ids
        marks = np.zeros((size, flags.shape[1]), np.float32)
        marks[places] = flags
        flagged = (marks > 0).sum(axis=1)
        hidden = np.tile(self._network.near_bias, (len(ids), 1))
        for k in range(_NEAR):
            at = places + k - _NEAR // 2
            hidden += self._tables[k][rows[at]]
            some = np.flatnonzero(flagged[at])
            hidden[some] += marks[at[some]] @ self._flags[k]
        return np.maximum(hidden, 0, out=hidden)
