"""The numbers that turn lexicon evidence into frame scores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from framelens.frames.codebook import FRAMES
from framelens.frames.lexicon import FrameHit

__all__ = ["Floats", "FrameModel", "densities", "frame_model", "standardised"]

Floats = NDArray[np.float64]

_LEAST = -1.0


def densities(lowered: str, hits: Sequence[FrameHit]) -> Floats:
    """For each frame the logarithm of its lexicon weight per 1,000 words, smoothed as for 20 words more."""
    sums = [0.0] * len(FRAMES)
    for hit in hits:
        for frame, weight in hit.weights.items():
            sums[frame] += weight
    words = len(lowered.split()) + 20
    result: Floats = np.log1p(1000.0 * np.array(sums) / words)
    return result


def standardised(density: Floats, mean: Floats, spread: Floats) -> Floats:
    """Densities in units of their spread, clipped below, so that what a short text lacks speaks for nothing."""
    result: Floats = np.maximum((density - mean) / spread, _LEAST)
    return result


@dataclass(frozen=True, slots=True)
class FrameModel:
    """One linear model a frame over the densities of all frames, standardised by those of news at large.

    ``weights`` has a row a frame. ``bias`` is set so that a frame's threshold lies at a score of one half.
    """

    mean: Floats
    spread: Floats
    weights: Floats
    bias: Floats

    def scores(self, lowered: str, hits: Sequence[FrameHit]) -> Floats:
        """A score in 0…1 for each frame; one half is the threshold."""
        evidence = standardised(densities(lowered, hits), self.mean, self.spread)
        result: Floats = 1.0 / (1.0 + np.exp(-(self.weights @ evidence + self.bias)))
        return result


@cache
def frame_model() -> FrameModel:
    """The model that comes with framelens."""
    data = json.loads(files("framelens.frames").joinpath("model.json").read_text(encoding="utf-8"))
    return FrameModel(*(np.array(data[name], dtype=float) for name in ("mean", "spread", "weights", "bias")))
