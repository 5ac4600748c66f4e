"""The frame lexicon: weighted words and phrases for each frame, and where they stand in a text."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick

from framelens.errors import LexiconError
from framelens.frames.codebook import FRAMES

__all__ = ["FrameHit", "FrameLexicon", "frame_lexicon", "parse_lexicon"]

_SEPARATOR = re.compile(r"\s*,\s*")
_WORD_END = re.compile(r"[\w'-]*")


@dataclass(frozen=True, slots=True)
class FrameHit:
    """Words that carry frames; ``weights`` maps the index of a frame in `FRAMES` to its weight."""

    start: int
    end: int
    weights: Mapping[int, float]


class FrameLexicon:
    """Finds the words of the frames; a form that ends in ``*`` takes any ending."""

    def __init__(self, weights: Mapping[str, Mapping[int, float]]) -> None:
        self._weights = list(weights.values())
        self._stem = [form.endswith("*") for form in weights]
        self._automaton = AhoCorasick([form.removesuffix("*") for form in weights])

    def hits(self, lowered: str) -> Iterator[FrameHit]:
        """The hits in a normalised text, in order; of hits that overlap, the first and then the longest."""
        taken = 0
        best: tuple[int, int, int] | None = None
        length = len(lowered)
        # Overlapping matches come by their end, so hits that start together are gathered before one is chosen.
        found = sorted(self._automaton.find_matches_as_indexes(lowered, overlapping=True), key=lambda hit: hit[1])
        for pattern, start, end in found:
            if start < taken or (start and (lowered[start - 1].isalnum() or lowered[start - 1] == "_")):
                continue
            if end < length and (lowered[end].isalnum() or lowered[end] == "_"):
                if not self._stem[pattern]:
                    continue
                matched = _WORD_END.match(lowered, end)
                end = matched.end() if matched else end  # noqa: PLW2901 - the stem's whole word
            if best is not None and start >= best[1]:
                yield FrameHit(best[0], best[1], self._weights[best[2]])
                best = None
            if best is None or (start == best[0] and end > best[1]):
                best = (start, end, pattern)
        if best is not None:
            yield FrameHit(best[0], best[1], self._weights[best[2]])


def parse_lexicon(toml: str) -> dict[str, dict[int, float]]:
    """Form → weight for each frame; raises `LexiconError` where a frame or a degree is unknown."""
    data = tomllib.loads(toml)
    degrees = data["weights"]
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    for frame, lists in data["frames"].items():
        if frame not in FRAMES:
            raise LexiconError(f"frame lexicon: unknown frame {frame!r}; allowed are {', '.join(FRAMES)}")
        for degree, forms in lists.items():
            if degree not in degrees:
                raise LexiconError(
                    f"frame lexicon, {frame}: unknown degree {degree!r}; allowed are {', '.join(degrees)}"
                )
            for form in filter(None, _SEPARATOR.split(forms.strip())):
                known = weights[form].get(FRAMES.index(frame), 0.0)
                weights[form][FRAMES.index(frame)] = max(known, degrees[degree])
    return dict(weights)


@cache
def frame_lexicon() -> FrameLexicon:
    """The lexicon that comes with framelens."""
    toml = files("framelens.frames").joinpath("lexicon.toml").read_text(encoding="utf-8")
    weights = parse_lexicon(toml)
    # "wealth*" and "wealth" are two forms with one pattern: the automaton would report both, so they become one.
    merged: dict[str, dict[int, float]] = {}
    for form, frames in weights.items():
        stem = form.removesuffix("*") + "*"
        name = stem if stem in weights else form
        into = merged.setdefault(name, {})
        for frame, weight in frames.items():
            into[frame] = max(into.get(frame, 0.0), weight)
    return FrameLexicon(merged)
