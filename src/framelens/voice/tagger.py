"""The trained part: for each token the odds that it lies in a content, a source or a cue.

A small convolutional network over hashed word forms and the state that the rules found (see MODEL_CARD.md), run
in numpy. It is wide enough to see a sentence and its neighbours, never looks over the end of a paragraph, and
costs time in proportion to the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from framelens.errors import ModelError
from framelens.voice.features import CONTEXT, GAP, STATIC, Inputs, Layout, group_starts

__all__ = ["CONTENT", "CUE", "OPENING", "SOURCE", "Tagger", "load_tagger"]

CONTENT, SOURCE, CUE, OPENING = range(4)
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
# Places handled at a time: small enough that a layer stays in the processor's cache.
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights of the network; every kernel is an array of taps × inputs × outputs."""

    table: Floats
    first: Floats
    first_bias: Floats
    pooled: Floats
    pooled_bias: Floats
    kernels: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    dilations: tuple[int, ...]
    last: Floats
    last_bias: Floats

    def scores(self, inputs: Inputs) -> Floats:
        """Log-odds of content, source, cue and opening of a content, one row for each token."""
        result = np.empty((len(inputs.index), self.last.shape[1]), dtype=np.float32)
        vectors = self.table[inputs.rows].sum(axis=1)
        for start, end in _chunks(inputs.layout):
            part = np.concatenate((vectors[inputs.index[start:end]], inputs.context[start:end]), axis=1)
            result[start:end] = self._run(part, inputs.layout, start, end)
        return result

    def _run(self, inputs: Floats, layout: Layout, start: int, end: int) -> Floats:
        places = layout.places[start:end] - layout.places[start] + GAP
        size = int(places[-1]) + GAP + 1
        row = np.zeros((size, inputs.shape[1]), dtype=np.float32)
        row[places] = inputs
        hidden = _convolve(row, self.first, 1)[places] + self.first_bias
        np.maximum(hidden, 0, out=hidden)
        pools = np.concatenate(
            (_pool(hidden, layout.sentence[start:end]), _pool(hidden, layout.paragraph[start:end])), axis=1
        )
        hidden += pools @ self.pooled + self.pooled_bias
        np.maximum(hidden, 0, out=hidden)
        for kernel, bias, dilation in zip(self.kernels, self.biases, self.dilations, strict=True):
            row = np.zeros((size, hidden.shape[1]), dtype=np.float32)
            row[places] = hidden
            step = _convolve(row, kernel, dilation)[places]
            step += bias
            np.maximum(step, 0, out=step)
            hidden += step
        scores: Floats = hidden @ self.last + self.last_bias
        return scores


def _chunks(layout: Layout) -> Iterator[tuple[int, int]]:
    """Stretches of whole paragraphs of about equal size."""
    count = len(layout.places)
    if not count:
        return
    edges = group_starts(layout.paragraph)
    start = 0
    while start < count:
        at = int(np.searchsorted(edges, start + _CHUNK, "left"))
        end = int(edges[at]) if at < len(edges) else count
        yield start, end
        start = end


def _convolve(row: Floats, kernel: Floats, dilation: int) -> Floats:
    """Sum over the kernel's taps; what lies beyond either end of the row counts as zero."""
    taps = len(kernel)
    size = len(row)
    reach = taps // 2
    result: Floats = row @ kernel[reach]
    for tap in range(taps):
        shift = (tap - reach) * dilation
        if shift < 0:
            result[-shift:] += row[: size + shift] @ kernel[tap]
        elif shift > 0:
            result[: size - shift] += row[shift:] @ kernel[tap]
    return result


def _pool(hidden: Floats, number: Ints) -> Floats:
    """For each token the greatest activations in its sentence or paragraph."""
    edges = group_starts(number)
    pooled: Floats = np.maximum.reduceat(hidden, edges, axis=0)[number - number[0]]
    return pooled


@cache
def load_tagger() -> Tagger:
    """The tagger that ships with framelens; read once."""
    source = files("framelens.voice").joinpath("model", "tagger.npz")
    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as arrays:
            stored = {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"the voice model {source} cannot be read: {error}; reinstall framelens") from error
    return _tagger(stored)


def _tagger(stored: dict[str, NDArray[np.generic]]) -> Tagger:
    def floats(name: str) -> Floats:
        return np.ascontiguousarray(stored[name], dtype=np.float32)

    table = floats("table") * floats("table_scale")
    if table.shape[0] != STATIC or stored["first"].shape[1] != table.shape[1] + CONTEXT:
        raise ModelError(f"the voice model has {table.shape[0]} rows, not {STATIC}: it belongs to another version")
    dilations = tuple(int(step) for step in np.asarray(stored["dilations"], dtype=np.int64))
    return Tagger(
        table=table,
        first=floats("first"),
        first_bias=floats("first_bias"),
        pooled=floats("pooled"),
        pooled_bias=floats("pooled_bias"),
        kernels=tuple(floats(f"kernel{number}") for number in range(len(dilations))),
        biases=tuple(floats(f"bias{number}") for number in range(len(dilations))),
        dilations=dilations,
        last=floats("last"),
        last_bias=floats("last_bias"),
    )
