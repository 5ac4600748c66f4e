"""The numbers that turn lexicon evidence into frame scores."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from framelens.frames.codebook import FRAMES
from framelens.frames.lexicon import FrameHit

__all__ = ["FrameModel", "densities", "frame_model"]

Floats = NDArray[np.float64]

_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")


def densities(lowered: str, hits: Sequence[FrameHit]) -> Floats:
    """For each frame the logarithm of its lexicon weight per 1,000 words, smoothed as for 20 words more."""
    sums = [0.0] * len(FRAMES)
    for hit in hits:
        for frame, weight in hit.weights.items():
            sums[frame] += weight
    words = len(lowered.split()) + 20
    result: Floats = np.log1p(1000.0 * np.array(sums) / words)
    return result


@dataclass(frozen=True, slots=True)
class FrameModel:
    """Background mean and spread of the densities in news at large, and the threshold of each frame."""

    mean: Floats
    spread: Floats
    threshold: Floats

    def scores(self, lowered: str, hits: Sequence[FrameHit]) -> Floats:
        """A score in 0…1 for each frame; one half is the threshold."""
        logit = 2.0 * ((densities(lowered, hits) - self.mean) / self.spread - self.threshold)
        result: Floats = 1.0 / (1.0 + np.exp(-logit))
        return result


@cache
def frame_model() -> FrameModel:
    """The model that comes with framelens."""
    data = json.loads(files("framelens.frames").joinpath("model.json").read_text(encoding="utf-8"))
    return FrameModel(*(np.array(data[name], dtype=float) for name in ("mean", "spread", "threshold")))
