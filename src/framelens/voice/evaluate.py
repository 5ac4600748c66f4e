r"""How well attribution agrees with annotated articles, counted in words.

A word (``\w+``) counts as attributed where it lies in the content of an attribution, in either answer; scare
quotes do not count. Sources and cues count as found where they overlap. After Newell et al. (2018), PolNeAR.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framelens.text import Article, Attribution, Document
from framelens.voice.assemble import attribute
from framelens.voice.quotes import find_quotes

__all__ = ["evaluate_voice"]

_WORD = re.compile(r"\w+")
_NO_SPEECH = frozenset({"scare", "attitude"})


@dataclass(slots=True)
class _Tally:
    both: int = 0
    only_found: int = 0
    only_gold: int = 0

    def add(self, found: bool, gold: bool) -> None:
        self.both += found and gold
        self.only_found += found and not gold
        self.only_gold += gold and not found

    def figures(self, prefix: str) -> dict[str, float]:
        precision = _ratio(self.both, self.both + self.only_found)
        recall = _ratio(self.both, self.both + self.only_gold)
        return {
            f"{prefix}precision": precision,
            f"{prefix}recall": recall,
            f"{prefix}f1": _ratio(2 * precision * recall, precision + recall),
        }


@dataclass(slots=True)
class _Overlap:
    """Found spans that overlap a gold span, and gold spans that a found one overlaps."""

    found: int = 0
    found_hit: int = 0
    gold: int = 0
    gold_hit: int = 0

    def add(self, found: Sequence[tuple[int, int]], gold: Sequence[tuple[int, int]], size: int) -> None:
        self.found += len(found)
        self.gold += len(gold)
        self.found_hit += _touching(found, _covered(gold, size))
        self.gold_hit += _touching(gold, _covered(found, size))

    @property
    def precision(self) -> float:
        return _ratio(self.found_hit, self.found)

    @property
    def f1(self) -> float:
        precision, recall = self.precision, _ratio(self.gold_hit, self.gold)
        return _ratio(2 * precision * recall, precision + recall)


@dataclass(slots=True)
class _Count:
    all: _Tally = field(default_factory=_Tally)
    direct: _Tally = field(default_factory=_Tally)
    indirect: _Tally = field(default_factory=_Tally)
    speech: _Tally = field(default_factory=_Tally)
    source: _Overlap = field(default_factory=_Overlap)
    cue: _Overlap = field(default_factory=_Overlap)
    words: int = 0
    articles: int = 0


def evaluate_voice(articles: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Agreement with gold attributions, pooled over articles.

    An article is a mapping with ``text`` and ``attributions``, each with ``source``, ``cue`` and ``content`` as
    lists of ``[start, end]``. Keys without a prefix count all words, ``direct_…`` those inside quotation marks
    and ``indirect_…`` those outside all quotation marks; ``source_f1`` and ``cue_f1`` count overlapping spans.

    These figures read attributions as PolNeAR does, attitudes among them. ``speech_…`` is the other reading, framelens'
    own, in which the words of an attitude are the author's: of what the corpus calls attributed, only what is spoken
    or written can be found, so that its recall is lower by as much as the corpus holds of attitudes.
    """
    count = _Count()
    for article in articles:
        _add(count, article["text"], article["attributions"])
    return {
        **count.all.figures(""),
        **count.indirect.figures("indirect_"),
        **count.direct.figures("direct_"),
        **count.speech.figures("speech_"),
        "source_precision": count.source.precision,
        "source_f1": count.source.f1,
        "cue_f1": count.cue.f1,
        "words": count.words,
        "articles": count.articles,
    }


def _add(count: _Count, text: str, gold: Sequence[Mapping[str, Any]]) -> None:
    document = Document.read(Article(text))
    found = attribute(document)
    size = len(text)
    marked = _covered(
        [(q.start, q.end) for q in find_quotes(text, document.tokens.paragraphs, document.sentences)], size
    )
    ours = _covered([(s.start, s.end) for a in found if a.kind != "scare" for s in a.content], size)
    spoken = _covered([(s.start, s.end) for a in found if a.kind not in _NO_SPEECH for s in a.content], size)
    theirs = _covered([(start, end) for one in gold for start, end in one["content"]], size)
    for word in _WORD.finditer(text):
        at = word.start()
        answer = bool(ours[at]), bool(theirs[at])
        count.all.add(*answer)
        (count.direct if marked[at] else count.indirect).add(*answer)
        count.speech.add(bool(spoken[at]), bool(theirs[at]))
        count.words += 1
    count.source.add(_parts(found, "source"), _gold_parts(gold, "source"), size)
    count.cue.add(_parts(found, "cue"), _gold_parts(gold, "cue"), size)
    count.articles += 1


def _parts(found: Sequence[Attribution], part: str) -> list[tuple[int, int]]:
    spans = {a.source if part == "source" else a.cue for a in found if a.kind != "scare"}
    return sorted((span.start, span.end) for span in spans if span is not None)


def _gold_parts(gold: Sequence[Mapping[str, Any]], part: str) -> list[tuple[int, int]]:
    return sorted({(start, end) for one in gold for start, end in one[part]})


def _covered(spans: Iterable[tuple[int, int]], size: int) -> bytearray:
    cover = bytearray(size)
    for start, end in spans:
        cover[start:end] = b"\1" * (end - start)
    return cover


def _touching(spans: Iterable[tuple[int, int]], cover: bytearray) -> int:
    return sum(b"\1"[0] in cover[start:end] for start, end in spans)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
