"""Which stretches of a text are somebody's words: what the tagger says, mended where the word order is certain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from framelens.text import Range, Span, word_set
from framelens.voice.cues import CUES
from framelens.voice.mentions import Mention
from framelens.voice.reading import Reading, runs
from framelens.voice.tagger import CONTENT

__all__ = ["find_pieces"]

_CLAUSE_MARKS = frozenset({",", ";", "—", "–", "--", "(", '"', "“", "''", "``"})
_RELATIVES = word_set("which that who whom")
_SECOND_VERBS = word_set("left went took said told made gave began put sent came then ran sat stood spoke wrote")
# How far the tagger may doubt a content that the word order makes certain, in mean log-odds.
_CERTAIN_FLOOR = -1.5
# From which log-odds on a cue or source may itself stand in somebody's words.
_SURE = 0.5
# Log-odds from which a token is content: above one half, since a wrong attribution excuses the outlet's own words.
_FLOOR = 0.4
# A gap of one token closes, and a run of one token goes, unless the tagger is surer than this.
_WEAK = 0.7


def find_pieces(
    reading: Reading, mentions: Sequence[Mention], uses: Sequence[str], taken: Sequence[Span]
) -> list[Range]:
    """Stretches that are somebody's words: of one sentence, or of as many as one quote runs over.

    ``taken`` is what already belongs to a block or a transcript.
    """
    scores = reading.scores[:, CONTENT] - _FLOOR
    speech = np.array([use == "direct" for use in uses] + [False])
    quote_at = np.array(reading.quote_at, dtype=np.int64)
    flags: list[bool] = np.where(quote_at >= 0, speech[quote_at], _smoothed(scores)).tolist()
    odds: list[float] = scores.tolist()
    _settle_certain(reading, odds, flags)
    _clear_mentions(reading, mentions, odds, flags)
    _leave_second_verb(reading, uses, flags)
    for sentence in reading.sentences:
        if sentence.part == "boilerplate":
            _clear(reading, sentence.span, flags)
    for span in taken:
        _clear(reading, span, flags)
    return _cut_at_sentences(reading, runs(np.array(flags, dtype=np.bool_)))


def _smoothed(scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    flags = scores > 0
    if len(flags) > 2:
        inner, left, right = flags[1:-1], flags[:-2], flags[2:]
        gap = ~inner & left & right & (scores[1:-1] > -_WEAK)
        lone = inner & ~left & ~right & (scores[1:-1] < _WEAK)
        flags[1:-1] ^= gap | lone
    return flags


def _clear(reading: Reading, span: Span, flags: list[bool]) -> None:
    start, end = reading.tokens.first_at(span.start), reading.tokens.first_at(span.end)
    flags[start:end] = [False] * (end - start)


def _settle_certain(reading: Reading, odds: Sequence[float], flags: list[bool]) -> None:
    """Where the word order leaves no other reading, the clause by the cue is content, if the tagger half agrees."""
    words = reading.tokens.words
    _leave_main_clause(reading, flags)
    summed = [0.0, *accumulate(odds)]
    for report in reading.reports:
        for start, end in report.content if report.certain else ():
            stop = end
            if start >= report.cue[1]:
                stop = next((at for at in range(start + 2, end) if words[at] in _CLAUSE_MARKS), end)
            if report.fixed:
                stop = end
            if start < stop and (report.fixed or summed[stop] - summed[start] > _CERTAIN_FLOOR * (stop - start)):
                for at in range(start, stop):
                    if reading.quote_at[at] < 0:
                        flags[at] = True


def _leave_main_clause(reading: Reading, flags: list[bool]) -> None:
    """What follows a relative clause that reports ("…, which engineers say is unsafe, stays open") is the author's."""
    lower = reading.tokens.lower
    for report in reading.reports:
        if report.fixed and report.content and report.source is not None and lower[report.source[0] - 1] in _RELATIVES:
            for at in range(report.content[-1][1], reading.bounds[reading.sentence_of(report.cue[0])][1]):
                flags[at] = flags[at] and reading.quote_at[at] >= 0


def _clear_mentions(reading: Reading, mentions: Sequence[Mention], odds: Sequence[float], flags: list[bool]) -> None:
    """Cues and sources are the author's words, unless they stand in what somebody else is reported to say."""
    before: Mention | None = None
    for mention in mentions:
        start, end = mention.reach
        if mention.fixed:
            for part in (mention.cue, mention.source):
                for at in range(*part) if part is not None else ():
                    flags[at] = False
            before = mention
            continue
        if before is not None and _governs(reading, before, mention):
            flags[start:end] = [True] * (end - start)
        elif not (start > 0 and all(flags[start - 1 : end])):
            sure = 99.0 if mention.certain else _SURE
            for part in (mention.cue, mention.source):
                for at in range(*part) if part is not None else ():
                    flags[at] = flags[at] and odds[at] > sure
        before = mention


def _governs(reading: Reading, outer: Mention, inner: Mention) -> bool:
    """Whether what the outer cue reports is itself a report: "noted it believes …", "said that she hoped …"."""
    if inner.source is None or inner.sentence != outer.sentence or inner.reach[0] != inner.source[0]:
        return False
    gap = reading.tokens.lower[outer.cue[1] : inner.reach[0]]
    return outer.head < inner.reach[0] and gap in ([], ["that"]) and reading.tokens.lower[outer.head] in CUES


def _leave_second_verb(reading: Reading, uses: Sequence[str], flags: list[bool]) -> None:
    """A second verb of the source behind a quoted fragment is the author's: called it “a gift” and left."""
    lower = reading.tokens.lower
    for quote, use in zip(reading.quotes, uses, strict=True):
        at = reading.tokens.first_at(quote.outer_end)
        if use != "direct" or at + 1 >= len(lower) or lower[at] not in {"and", "but", "then"}:
            continue
        if lower[at + 1] in _SECOND_VERBS or (lower[at + 1].endswith("ed") and len(lower[at + 1]) > 4):
            end = reading.bounds[reading.sentence_of(at)][1]
            while at < end and reading.quote_at[at] < 0:
                flags[at] = False
                at += 1


def _cut_at_sentences(reading: Reading, stretches: Sequence[Range]) -> list[Range]:
    """The stretches, cut where a sentence ends outside a quote."""
    starts = [start for start, _ in reading.bounds]
    quote_at = reading.quote_at
    result: list[Range] = []
    for start, end in stretches:
        begin = start
        at = bisect_left(starts, start + 1)
        while at < len(starts) and starts[at] < end:
            cut = starts[at]
            if quote_at[cut] < 0 or quote_at[cut] != quote_at[cut - 1]:
                result.append((begin, cut))
                begin = cut
            at += 1
        result.append((begin, end))
    return result
