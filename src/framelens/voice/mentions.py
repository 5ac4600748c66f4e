"""Cues as they stand in a text, each with its source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from framelens.text import Range, word_set
from framelens.voice.clauses import Report
from framelens.voice.cues import CUES, REPORTING
from framelens.voice.reading import Reading, runs
from framelens.voice.tagger import CUE, SOURCE

__all__ = ["Mention", "find_mentions"]

# Log-odds from which a token counts as cue or source; below one half, since a missing cue orphans a content.
_CUE_FLOOR = -0.4
_SOURCE_FLOOR = -0.4
_NO_HEAD = word_set("""
    , not repeatedly often once then later further openly publicly has have had is are was were be been being to also
    n't 't of in on at by from and a the
""")


_LOOSE_END = frozenset({",", ".", "—", "–", ":", "who", "which", "that", "'s", "’s"})


# What names nobody by itself.
_NO_NOUN = word_set(
    "the a an his her its their our my of in on at to and or but , . — – - : that which what be is are was"
)
# What the tagger takes along with a source at its ends: "last night Ann Lee", "the mayor yesterday".
_BEFORE_SOURCES = word_set(", — – and by to but on in at late early meanwhile however then now also later")
_TIMES = word_set("""
    yesterday today tonight last night monday tuesday wednesday thursday friday saturday sunday on earlier""")
_TITLES = word_set("mr mrs ms miss dr sen rep gov mr. mrs. ms. dr. sen. rep. gov. sir lady lord president mayor judge")
_ONLY_VERBS = word_set("say says said tells told writes wrote saying telling writing according")
_BE = word_set("is are was were be been being")
_PARTICIPLES = word_set("told said known thought felt seen heard found held written shown understood")
_REDUCED = word_set("accused suspected said believed thought known alleged")
_PARTICLES = word_set("out to for of against up down as with about")
_DETERMINERS = word_set("the a an his her its their our my some many several two three both these those")


@dataclass(frozen=True, slots=True)
class Mention:
    """One cue, its head word (a token) and its source, in one sentence outside all quotation marks.

    ``certain`` and ``fixed`` as in `Report`.
    """

    cue: Range
    head: int
    source: Range | None
    sentence: int
    certain: bool = False
    fixed: bool = False

    @property
    def reach(self) -> Range:
        """From the first to the last token of cue and source, where they stand side by side."""
        if self.source is None:
            return self.cue
        if 0 <= self.cue[0] - self.source[1] <= 4 or 0 <= self.source[0] - self.cue[1] <= 2:
            return min(self.cue[0], self.source[0]), max(self.cue[1], self.source[1])
        return self.cue


def find_mentions(reading: Reading) -> list[Mention]:
    """All cues outside quotation marks in order, by the tagger and, where it saw none, by the rules."""
    quote_at = np.array(reading.quote_at, dtype=np.int64)
    free = quote_at < 0
    cues = runs((reading.scores[:, CUE] > _CUE_FLOOR) & free)
    sources = _bridged(reading, runs((reading.scores[:, SOURCE] > _SOURCE_FLOOR) & free))
    if not reading.bounds:
        return []
    ruled = {report.cue[0]: report for report in reading.reports}
    mentions: list[Mention] = []
    for begin, stop in _with_ruled(cues, reading.reports, reading):
        sentence = reading.sentence_of(begin)
        start, end = reading.bounds[sentence]
        if not start <= begin < end:
            continue
        cue = (begin, min(stop, end))
        head = _head(reading, cue)
        report = ruled.get(head) or ruled.get(cue[0])
        if report is None and not reading.tokens.words[head][0].isalpha():
            continue  # a mark says nothing
        fixed = report is not None and report.fixed
        source = report.source if fixed and report else _source(reading, cue, report, _between(sources, start, end))
        certain = report is not None and report.certain
        if report is not None and fixed:
            mentions.append(Mention(report.cue, head, source, sentence, True, True))
        else:
            mention = Mention(_trimmed(reading, cue, head), head, _bare(reading, source, head), sentence, certain)
            mentions.append(active(reading, mention))
    return mentions


def active(reading: Reading, mention: Mention) -> Mention:
    """The mention without a source that a passive only makes its subject: "is said to be", "a man accused of …"."""
    if mention.source is None or mention.source[0] >= mention.head:
        return mention
    lower, head = reading.tokens.lower, mention.head
    before = head - 1
    while before >= 0 and (lower[before].endswith("ly") or lower[before] in {"also", "been", "not"}):
        before -= 1
    participle = lower[head].endswith("ed") or lower[head] in _PARTICIPLES
    behind = lower[head + 1] if head + 1 < len(lower) else ""
    passive = lower[before] in _BE or (behind in {"of", "to"} and lower[head] in _REDUCED)
    return replace(mention, source=None) if participle and passive else mention


def _bare(reading: Reading, source: Range | None, head: int) -> Range | None:
    """A source without the cue, relative pronouns and stops at its ends."""
    if source is None:
        return None
    start, end = source
    if start <= head < end:
        start, end = (head + 1, end) if end - head > head - start else (start, head)
    while end > start and reading.tokens.lower[end - 1] in _LOOSE_END:
        end -= 1
    while end > start and reading.tokens.lower[end - 1] in _TIMES:
        end -= 1
    while start < end and (reading.tokens.lower[start] in _BEFORE_SOURCES or reading.tokens.lower[start] in _TIMES):
        start += 1
    if all(word in _NO_NOUN for word in reading.tokens.lower[start:end]):
        return None
    before = start - 1
    if before >= 0 and reading.quote_at[before] < 0 and reading.tokens.lower[before] in _DETERMINERS | _TITLES:
        # The tagger sometimes begins a noun phrase behind its article.
        start = before if reading.sentence_of(before) == reading.sentence_of(start) else start
    return (start, end)


def _between(ranges: list[Range], start: int, end: int) -> list[Range]:
    first = bisect_left(ranges, (start, start))
    last = bisect_left(ranges, (end, end), first)
    return [(begin, min(stop, end)) for begin, stop in ranges[first:last]]


def _bridged(reading: Reading, ranges: list[Range]) -> list[Range]:
    """Sources whose parts only a comma separates ("Ann Lee, the mayor") are one."""
    result: list[Range] = []
    for start, end in ranges:
        if result and start - result[-1][1] == 1 and reading.tokens.words[start - 1] == ",":
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _with_ruled(cues: list[Range], reports: list[Report], reading: Reading) -> list[Range]:
    """The tagger's cues, those of set phrases in their place, and those of other rules that it thinks possible."""
    fixed = [report.cue for report in reports if report.fixed]
    said = sorted(content for report in reports if report.fixed for content in report.content)
    kept = [cue for cue in cues if not _met(fixed, cue) and not (_met(said, cue) and not _is_finite(reading, cue))]
    extra = []
    for report in reports:
        if report.fixed or _met(kept, report.cue) or (_met(said, report.cue) and not _is_finite(reading, report.cue)):
            continue
        if reading.scores[report.cue[0], CUE] > -2.5 or reading.tokens.lower[report.cue[0]] == "according":
            extra.append(report.cue)
    return sorted([*kept, *fixed, *extra])


def _is_finite(reading: Reading, cue: Range) -> bool:
    """Whether a cue holds a verb of saying that cannot be a noun: "claimed", not "claim"."""
    words = reading.tokens.lower[slice(*cue)]
    return any(word in REPORTING and (word.endswith("ed") or word in _ONLY_VERBS) for word in words)


def _met(ranges: Sequence[Range], one: Range) -> bool:
    """Whether any of some ranges in order overlaps one more."""
    at = bisect_left(ranges, (one[0] + 1, 0)) - 1
    return (at >= 0 and ranges[at][1] > one[0]) or (at + 1 < len(ranges) and ranges[at + 1][0] < one[1])


def _head(reading: Reading, cue: Range) -> int:
    """The word of a cue that the lexicon knows, or else the one that the tagger is surest of."""
    known = [at for at in range(*cue) if reading.tokens.lower[at] in CUES]
    if len(known) == 1:
        return known[0]
    inside = known or [at for at in range(*cue) if reading.tokens.lower[at] not in _NO_HEAD] or list(range(*cue))
    return max(inside, key=lambda at: float(reading.scores[at, CUE]))


def _trimmed(reading: Reading, cue: Range, head: int) -> Range:
    """The head of a cue with its particles ("called for", "according to"); a cue without a known head stays whole."""
    start, end = cue
    lower = reading.tokens.lower
    if lower[head] == "according" and head + 1 < len(lower) and lower[head + 1] == "to":
        return head, head + 2
    if lower[head] in CUES:
        stop = head + 1
        while stop < end and lower[stop] in _PARTICLES:
            stop += 1
        return head, stop
    while start < head and (lower[start] in _NO_HEAD or not lower[start][0].isalnum()):
        start += 1
    while end > head + 1 and not lower[end - 1][0].isalnum():
        end -= 1
    return start, end


def _source(reading: Reading, cue: Range, report: Report | None, sources: list[Range]) -> Range | None:
    """The source of a cue: where rules and tagger point to the same place, the rules know its ends better."""
    nearest = _nearest_source(reading, cue, sources)
    ruled = None if report is None else report.source
    if ruled is None or ruled[1] <= ruled[0] or reading.quote_at[ruled[0]] >= 0:
        return nearest
    if nearest is None:
        return ruled
    if ruled[0] < nearest[1] and nearest[0] < ruled[1]:
        return ruled
    hint = float(reading.scores[ruled[0] : ruled[1], SOURCE].max())
    return ruled if hint > -1.5 or _touches(ruled, cue) else nearest


def _touches(source: Range, cue: Range) -> bool:
    return source[1] == cue[0] or cue[1] == source[0]


def _nearest_source(reading: Reading, cue: Range, sources: list[Range]) -> Range | None:
    best: Range | None = None
    least = 60.0
    for source in sources:
        if source[1] <= cue[0]:
            cost = float(cue[0] - source[1])
        elif source[0] >= cue[1]:
            cost = 1.5 * (source[0] - cue[1]) + (0.0 if _inverted(reading, cue) else 3.0)
        else:
            cost = 0.0
        if cost < least:
            best, least = source, cost
    return best


def _inverted(reading: Reading, cue: Range) -> bool:
    """Whether a cue follows a comma or a quotation mark, as in "…," said Ann Lee, or governs "to" or "by"."""
    if reading.tokens.lower[cue[1] - 1] in {"to", "by"}:
        return True
    return cue[0] > 0 and (reading.tokens.words[cue[0] - 1] == "," or reading.quote_at[cue[0] - 1] >= 0)
