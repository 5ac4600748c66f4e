"""Rates with intervals that resample articles.

Sentences of one article are alike, so resampling sentences would make intervals far too narrow; the article is
the unit that was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Rate", "Resampled"]

_CELLS = 4_000_000  # weights held at a time, so that a group of a million articles fits in memory

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rate:
    """A pooled rate with its 95 % percentile bootstrap interval, None for fewer than two articles.

    With fewer than some ten articles such an interval is narrower than it ought to be.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


class Resampled:
    """The column sums of a group's articles, and of its bootstrap replicates.

    ``counts`` has a row an article. The same seed gives the same intervals whatever other groups there are.
    """

    def __init__(self, counts: Matrix, *, resamples: int = 1000, seed: int = 0) -> None:
        self._total = counts.sum(axis=0)
        self._replicates = _replicates(counts, resamples, seed) if len(counts) > 1 and resamples else None

    def rate(self, numerator: int | list[int], denominator: int | list[int], scale: float = 1.0) -> Rate:
        """One sum of columns over another: a pooled rate, in which long articles weigh more."""
        value = _ratio(self._total[None, :], numerator, denominator)[0] * scale
        if np.isnan(value):
            return Rate(None)
        if self._replicates is None:
            return Rate(float(value))
        ratios = _ratio(self._replicates, numerator, denominator) * scale
        ratios = ratios[~np.isnan(ratios)]
        if not len(ratios):
            return Rate(float(value))
        low, high = np.percentile(ratios, [2.5, 97.5])
        return Rate(float(value), float(low), float(high))


def _replicates(counts: Matrix, resamples: int, seed: int) -> Matrix:
    rng = np.random.default_rng(seed)
    size = len(counts)
    step = max(1, _CELLS // size)
    even = np.full(size, 1 / size)
    parts = [
        rng.multinomial(size, even, size=min(step, resamples - begin)) @ counts for begin in range(0, resamples, step)
    ]
    return np.vstack(parts)


def _columns(indices: int | list[int]) -> list[int]:
    return [indices] if isinstance(indices, int) else indices


def _ratio(sums: Matrix, numerator: int | list[int], denominator: int | list[int]) -> Matrix:
    above = sums[:, _columns(numerator)].sum(axis=1)
    below = sums[:, _columns(denominator)].sum(axis=1)
    ratios: Matrix = np.divide(above, below, out=np.full(len(sums), np.nan), where=below > 0)
    return ratios
