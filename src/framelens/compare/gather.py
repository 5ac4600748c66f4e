"""Tallies → comparison: fold articles into groups as they come, then ask the questions."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from framelens.compare.comparison import Comparison, Distinctive, Group
from framelens.compare.events import find_events
from framelens.compare.log_odds import log_odds
from framelens.compare.rates import Matrix, Resampled
from framelens.compare.tally import SIDES, Side, Tally
from framelens.compare.usage import Usage
from framelens.text import VOICES

__all__ = ["CompareOptions", "gather"]

# Columns of a group's matrix: words by voice, loaded terms by voice, scored and editorializing sentences, 1.
_WORDS = {voice: index for index, voice in enumerate(VOICES)}
_LOADED = {voice: index + len(VOICES) for index, voice in enumerate(VOICES)}
_SCORED, _EDITORIALIZING, _ONE = 8, 9, 10
_WIDTH = 11

_Uses = dict[tuple[str, Side], Usage]


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How to compare.

    Groups of fewer than ``min_articles`` are not shown. ``words`` is how many distinctive words and terms are
    kept for each voice; each must stand in at least ``spread`` of the group's articles, or in all of a smaller
    group's. ``strength`` is the prior's weight, in words that count once an article. ``events`` also sets articles
    on the same event side by side, which holds the beginning of every article in memory.
    """

    min_articles: int = 1
    words: int = 10
    spread: int = 3
    resamples: int = 1000
    seed: int = 0
    strength: float = 500.0
    events: bool = False
    days: int = 2
    similarity: float = 0.35


class _Gathering:
    """The running sums of one group."""

    def __init__(self) -> None:
        self.rows = array("d")
        self.frames: dict[str, array[float]] = {}
        self.articles = 0
        self.uses: _Uses = {(kind, side): Usage() for kind in ("word", "term") for side in SIDES}

    def add(self, tally: Tally) -> None:
        row = [0.0] * _WIDTH
        for voice in VOICES:
            row[_WORDS[voice]] = tally.words.get(voice, 0)
            row[_LOADED[voice]] = tally.loaded.get(voice, 0)
        row[_SCORED], row[_EDITORIALIZING], row[_ONE] = tally.scored or 0, tally.editorializing or 0, 1
        self.rows.extend(row)
        for name in tally.frames.keys() - self.frames.keys():
            # A frame met for the first time was at 0 in all articles before.
            self.frames[name] = array("d", bytes(8 * self.articles))
        for name, scores in self.frames.items():
            scores.append(tally.frames.get(name, 0.0))
        for side in SIDES:
            self.uses["word", side].add(tally.vocabulary[side], tally.outlet)
            self.uses["term", side].articles.update(tally.terms[side].keys())
        self.articles += 1

    def matrix(self, frames: Iterable[str]) -> Matrix:
        rows = np.frombuffer(self.rows, dtype=float).reshape(-1, _WIDTH)
        zeros = np.zeros(self.articles)
        return np.column_stack([rows, *(np.array(self.frames.get(name, zeros)) for name in frames)])


def gather(
    tallies: Iterable[Tally],
    *,
    by: str,
    options: CompareOptions | None = None,
    model: Callable[[], str | None] = lambda: None,
) -> Comparison:
    """Compare the groups of tallies; ``model`` names the model once the tallies have been read."""
    options = options or CompareOptions()
    groups: dict[str, _Gathering] = {}
    kept: list[Tally] = []
    nameless, scored = 0, False
    for tally in tallies:
        if not tally.group:
            nameless += 1
            continue
        groups.setdefault(tally.group, _Gathering()).add(tally)
        scored = scored or tally.scored is not None
        if options.events:
            kept.append(tally)
    large = {name: group for name, group in groups.items() if group.articles >= options.min_articles}
    frames = sorted({name for group in large.values() for name in group.frames})
    shown = [_group(name, gathering, frames, scored, options) for name, gathering in large.items()]
    everything = _everything(groups.values())
    common = sum(group.articles for group in groups.values()) / 2
    shown = [_with_distinctive(group, large[group.name], everything, common, options) for group in shown]
    shown.sort(key=lambda group: (-(group.loaded_per_1000_words.value or 0.0), group.name))
    return Comparison(
        by=by,
        groups=tuple(shown),
        left_out=nameless + sum(g.articles for name, g in groups.items() if name not in large),
        model=model(),
        events=find_events(kept, days=options.days, similarity=options.similarity) if options.events else (),
        resamples=options.resamples,
    )


def _group(name: str, gathering: _Gathering, frames: list[str], scored: bool, options: CompareOptions) -> Group:
    matrix = gathering.matrix(frames)
    sums = Resampled(matrix, resamples=options.resamples, seed=options.seed)
    words = list(_WORDS.values())
    own = [_WORDS["author"], _WORDS["scare"]]
    quoted = [_WORDS["direct"], _WORDS["indirect"]]
    return Group(
        name=name,
        articles=gathering.articles,
        words=int(matrix[:, words].sum()),
        own_words=int(matrix[:, own].sum()),
        loaded_terms=int(matrix[:, _LOADED["author"]].sum()),
        loaded_per_1000_words=sums.rate(_LOADED["author"], own, 1000),
        quoted_per_1000_words=sums.rate([_LOADED["direct"], _LOADED["indirect"]], quoted, 1000),
        editorializing_share=sums.rate(_EDITORIALIZING, _SCORED) if scored else None,
        voice_shares={voice: sums.rate(_WORDS[voice], words) for voice in VOICES},
        frames={frame: sums.rate(_WIDTH + index, _ONE) for index, frame in enumerate(frames)},
    )


def _everything(groups: Iterable[_Gathering]) -> dict[tuple[str, Side], Counter[str]]:
    totals: dict[tuple[str, Side], Counter[str]] = defaultdict(Counter)
    for group in groups:
        for key, usage in group.uses.items():
            totals[key].update(usage.articles)
    return totals


def _with_distinctive(
    group: Group,
    gathering: _Gathering,
    everything: Mapping[tuple[str, Side], Counter[str]],
    common: float,
    options: CompareOptions,
) -> Group:
    """The group with its distinctive words; those of more than ``common`` articles, like "the", set nobody apart."""
    found: list[Distinctive] = []
    needed = min(options.spread, gathering.articles)
    for (kind, side), usage in gathering.uses.items():
        own, total = usage.articles, everything[kind, side]
        # Words that the group never uses cannot set it apart by use; leaving them out keeps this fast.
        rest = {word: total[word] - count for word, count in own.items()}
        size, all_words = gathering.uses["word", side].articles.total(), everything["word", side].total()
        ranked = (
            item
            for item in log_odds(own, rest, totals=(size, all_words - size), strength=options.strength)
            if item.z > 0
            and item.count >= needed
            and (kind == "term" or (total[item.text] <= common and usage.is_varied(item.text)))
        )
        found += [
            Distinctive(
                kind="word" if kind == "word" else "term",
                voice=side,
                text=item.text,
                z=item.z,
                log_odds=item.log_odds,
                articles=item.count,
                rest_articles=item.rest_count,
            )
            for item in islice(ranked, options.words)
        ]
    return replace(group, distinctive=tuple(found))
