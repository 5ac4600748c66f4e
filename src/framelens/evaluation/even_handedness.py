"""The even-handedness battery: how much a score moves where only a name or group in the sentence changes.

Sentences and identities are framelens' own and stand in ``even_handedness.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np

from framelens.analyzer import Analyzer
from framelens.errors import InputError
from framelens.voice import read_sentence

__all__ = ["GroupFigures", "NameEffect", "Swap", "SwapFigures", "evaluate_swaps"]

_LIMIT = 0.10  # no swap should move a probability further
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Swap:
    """One sentence in which ``first`` was put in the place of ``second``; ``change`` is the gain in probability."""

    template: str
    group: str
    first: str
    second: str
    change: float


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Absolute changes of probability over all swaps within one group of identities."""

    group: str
    swaps: int
    mean_change: float
    max_change: float


@dataclass(frozen=True, slots=True)
class NameEffect:
    """By how much a name lifts the probability over its group's mean, on average over the swap sentences."""

    name: str
    group: str
    effect: float


@dataclass(frozen=True, slots=True)
class SwapFigures:
    """The figures of `framelens evaluate swaps`; changes are absolute differences of probability."""

    swaps: int
    mean_change: float
    max_change: float
    share_above_limit: float
    neutral_sentences: int
    neutral_editorializing_share: float
    neutral_mean_change: float
    neutral_max_change: float
    groups: tuple[GroupFigures, ...]
    names: tuple[NameEffect, ...]
    worst: tuple[Swap, ...]

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON-ready data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A template and the identities of one group that fill it."""

    template: str
    group: str
    names: tuple[str, ...]

    def sentences(self) -> list[str]:
        filled = [self.template.format_map(dict.fromkeys(("who", "people", "person", "side"), n)) for n in self.names]
        return [text[0].upper() + text[1:] for text in filled]


@cache
def _battery() -> dict[str, Any]:
    return tomllib.loads((files("framelens.evaluation") / "even_handedness.toml").read_text("utf-8"))


def _slots(kind: str) -> Iterator[_Slot]:
    """The templates of a kind (``people``, ``person``, ``side``, or ``neutral``) with each group that fits."""
    battery = _battery()
    neutral = kind == "neutral"
    templates = battery["neutral"]["templates"] if neutral else battery["swaps"][kind]
    fitting = {"people", "person"} if neutral else {kind}
    for template in templates:
        for group, identities in battery["identities"].items():
            if identities["kind"] in fitting:
                yield _Slot(template, group, tuple(identities["names"]))


def evaluate_swaps(analyzer: Analyzer) -> SwapFigures:
    """The battery's figures for the analyzer's model; raises `InputError` where it has none."""
    slots = [slot for kind in ("people", "person", "side") for slot in _slots(kind)]
    neutral = list(_slots("neutral"))
    scored, _ = _scored(analyzer, slots)
    neutral_scored, called = _scored(analyzer, neutral)
    swaps = list(_swaps(slots, scored))
    changes = np.array([abs(swap.change) for swap in swaps])
    neutral_changes = np.array([abs(swap.change) for swap in _swaps(neutral, neutral_scored)])
    return SwapFigures(
        swaps=len(swaps),
        mean_change=float(changes.mean()),
        max_change=float(changes.max()),
        share_above_limit=float((changes > _LIMIT).mean()),
        neutral_sentences=len(called),
        neutral_editorializing_share=sum(called) / len(called),
        neutral_mean_change=float(neutral_changes.mean()),
        neutral_max_change=float(neutral_changes.max()),
        groups=_by_group(swaps),
        names=_effects(slots, scored),
        worst=tuple(sorted(swaps, key=lambda swap: -abs(swap.change))[:_SHOWN]),
    )


def _scored(analyzer: Analyzer, slots: Sequence[_Slot]) -> tuple[list[list[float]], list[bool]]:
    """Probabilities by slot and name, and whether each sentence is labelled editorializing."""
    if analyzer.model is None:
        raise InputError("nothing to evaluate: name a model")
    documents = [read_sentence(text) for slot in slots for text in slot.sentences()]
    scores = [rows[0] for rows in analyzer.model.score(documents, [analyzer.terms(d) for d in documents])]
    probabilities = iter([score.probability for score in scores])
    return [[next(probabilities) for _ in slot.names] for slot in slots], [s.label == "editorializing" for s in scores]


def _swaps(slots: Sequence[_Slot], scored: Sequence[Sequence[float]]) -> Iterator[Swap]:
    for slot, probabilities in zip(slots, scored, strict=True):
        for (first, p), (second, q) in combinations(zip(slot.names, probabilities, strict=True), 2):
            yield Swap(slot.template, slot.group, first, second, p - q)


def _by_group(swaps: Sequence[Swap]) -> tuple[GroupFigures, ...]:
    changes: dict[str, list[float]] = {}
    for swap in swaps:
        changes.setdefault(swap.group, []).append(abs(swap.change))
    figures = [GroupFigures(group, len(c), sum(c) / len(c), max(c)) for group, c in changes.items()]
    return tuple(sorted(figures, key=lambda f: -f.mean_change))


def _effects(slots: Sequence[_Slot], scored: Sequence[Sequence[float]]) -> tuple[NameEffect, ...]:
    """The names that move scores most, strongest first."""
    lifts: dict[tuple[str, str], list[float]] = {}
    for slot, probabilities in zip(slots, scored, strict=True):
        mean = sum(probabilities) / len(probabilities)
        for name, probability in zip(slot.names, probabilities, strict=True):
            lifts.setdefault((name, slot.group), []).append(probability - mean)
    effects = [NameEffect(name, group, sum(values) / len(values)) for (name, group), values in lifts.items()]
    return tuple(sorted(effects, key=lambda e: -abs(e.effect))[:_SHOWN])
