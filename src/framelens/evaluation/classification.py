"""How good sentence probabilities are: macro-F1, AUC, Brier, calibration, with bootstrap intervals."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

__all__ = ["SentenceFigures", "expected_calibration_error", "sentence_figures"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SentenceFigures:
    """The figures of `framelens evaluate sentences`; intervals are 95 % bootstrap percentiles over sentences."""

    n: int
    positive_share: float
    macro_f1: float
    macro_f1_interval: tuple[float, float]
    auc: float | None
    brier: float
    ece: float
    threshold: float
    coverage: float
    accuracy: float
    covered_accuracy: float | None

    def to_dict(self) -> dict[str, object]:
        """The figures as JSON-ready data, rounded to four places."""
        return {
            k: [round(x, 4) for x in v] if isinstance(v, tuple) else round(v, 4) if isinstance(v, float) else v
            for k, v in asdict(self).items()
        }


def expected_calibration_error(truth: Bools, probability: Floats, bins: int = 10) -> float:
    """Mean gap between probability and share of positives over equal-width bins (Naeini et al. 2015)."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [abs(probability[which == b].sum() - truth[which == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(truth))


def _macro_f1(cells: NDArray[np.int64]) -> Floats:
    """Macro-F1 from counts of hits, false alarms, misses and correct rejections; a class nowhere seen is left out."""
    hits, alarms, misses, rejections = np.moveaxis(cells, -1, 0)
    twice = np.stack([2 * hits, 2 * rejections])
    sizes = twice + alarms + misses
    scores: Floats = (twice / np.maximum(sizes, 1)).sum(axis=0) / (sizes > 0).sum(axis=0)
    return scores


def sentence_figures(
    truth: Bools, probability: Floats, threshold: float | Floats, uncertain: Bools, *, rounds: int = 1000
) -> SentenceFigures:
    """Figures at a threshold; ``uncertain`` marks the sentences on which the model abstains.

    Abstentions count as their side of the threshold, and coverage is stated beside. Folds may each have a threshold
    of their own, one a sentence.
    """
    predicted = probability >= threshold
    cells = np.array([(truth & predicted).sum(), (~truth & predicted).sum(), (truth & ~predicted).sum(), 0])
    cells[3] = len(truth) - cells.sum()
    # To draw sentences with replacement is to draw how many fall into each cell.
    draws = np.random.default_rng(0).multinomial(len(truth), cells / len(truth), rounds)
    low, high = np.percentile(_macro_f1(draws), [2.5, 97.5])
    right, covered = predicted == truth, ~uncertain
    return SentenceFigures(
        n=len(truth),
        positive_share=float(truth.mean()),
        macro_f1=float(_macro_f1(cells)),
        macro_f1_interval=(float(low), float(high)),
        auc=float(roc_auc_score(truth, probability)) if 0 < truth.sum() < len(truth) else None,
        brier=float(np.mean((probability - truth) ** 2)),
        ece=expected_calibration_error(truth, probability),
        threshold=float(np.mean(threshold)),
        coverage=float(covered.mean()),
        accuracy=float(right.mean()),
        covered_accuracy=float(right[covered].mean()) if covered.any() else None,
    )
