"""Words that set two bodies of text apart: log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn (2008), "Fightin' Words", Political Analysis 16(4), equations 15, 16, 18 and 22. The
prior is the frequency of each word in both bodies together, so a word must differ from the common usage by more
than chance to stand out, and one-off words fall away by themselves. What is counted is the caller's choice; a
comparison counts articles, see `framelens.compare.usage`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["LogOdds", "log_odds"]


@dataclass(frozen=True, slots=True)
class LogOdds:
    """How much more one body of text uses a word than another; ``z`` is ``log_odds`` over its standard error."""

    text: str
    log_odds: float
    z: float
    count: int
    rest_count: int


def log_odds(
    own: Mapping[str, int], rest: Mapping[str, int], *, totals: tuple[int, int] | None = None, strength: float = 500.0
) -> list[LogOdds]:
    """Every word of either body, the ones that ``own`` uses more first.

    ``strength`` is the number of words that the prior weighs as much as. ``totals`` are the sizes of both bodies
    where the mappings hold only part of their words, as loaded terms do; by default they are the sums.
    """
    words = [word for word in own.keys() | rest.keys() if own.get(word, 0) + rest.get(word, 0) > 0]
    own_counts = np.array([own.get(word, 0) for word in words], dtype=float)
    rest_counts = np.array([rest.get(word, 0) for word in words], dtype=float)
    own_total, rest_total = totals or (int(own_counts.sum()), int(rest_counts.sum()))
    if not words or not own_total or not rest_total:
        return []
    prior = strength * (own_counts + rest_counts) / (own_total + rest_total)
    delta = _logit(own_counts, own_total, prior, strength) - _logit(rest_counts, rest_total, prior, strength)
    z = delta / np.sqrt(1 / (own_counts + prior) + 1 / (rest_counts + prior))
    found = [
        LogOdds(word, float(d), float(score), own.get(word, 0), rest.get(word, 0))
        for word, d, score in zip(words, delta, z, strict=True)
    ]
    return sorted(found, key=lambda item: (-item.z, item.text))


def _logit(
    counts: npt.NDArray[np.float64], total: int, prior: npt.NDArray[np.float64], strength: float
) -> npt.NDArray[np.float64]:
    seen = counts + prior
    # A body made of one single word has no odds against it; the tiny floor keeps the logarithm finite.
    unseen = np.maximum(total + strength - seen, 1e-12)
    return np.log(seen) - np.log(unseen)
