"""What a cue makes of the words by it: somebody's speech, or an attitude or act that the writer words."""

from __future__ import annotations

from typing import Literal

from framelens.text import Range, word_set
from framelens.voice.cues import CUES, REPORTING
from framelens.voice.mentions import Mention
from framelens.voice.reading import Reading
from framelens.voice.tagger import CONTENT

__all__ = ["is_noun", "is_own_source", "kind_of", "wording"]

# The outlet speaking of itself, and those who are nobody.
_OWN = word_set("i we one you us nobody everyone everybody anyone")
_OUTLET = word_set("newspaper paper magazine column website publication editorial")
_FINITE = word_set("""
    is are was were am be been being has have had will would can could may might must should shall do does did 's ’s
    're ’re 'd ’d 'll ’ll n't t needs need says said went came took made got left gave knew""")
_OPENS_CLAUSE = word_set("that how why whether if what who when where to he she they it we i you there")
# Mean log-odds of content from which words are reported speech, and how much less will do where the word order is
# certain: what is fainter is worded by the writer as often as not.
_SPEECH_FLOOR, _CERTAINTY = 1.2, 0.8
_PARTICLES = word_set("as of for on over to")
_NOT_BEFORE_VERBS = word_set(
    "the a an his her its their our my your this that these those of in by two three four five six "
    "seven eight nine ten several many some no 's ’s"
)


def is_own_source(reading: Reading, source: Range | None) -> bool:
    """Whether a source is the outlet itself, the reader or nobody at all."""
    if source is None:
        return False
    words = reading.tokens.lower[source[0] : source[1]]
    if words[0] in _OWN and (len(words) == 1 or words[1] in {"all", "both", "also"}):
        return True
    return words[:2] == ["no", "one"] or (words[0] == "this" and words[-1] in _OUTLET) or words == ["there"]


def kind_of(reading: Reading, mention: Mention, piece: Range) -> Literal["indirect", "attitude"]:
    """Whether the words of a piece outside quotation marks are reported speech or the writer's own wording."""
    return "indirect" if mention.fixed or _reports(reading, mention, piece) else "attitude"


def _reports(reading: Reading, mention: Mention, piece: Range) -> bool:
    lower, head = reading.tokens.lower, mention.head
    if is_own_source(reading, mention.source) or _said_by_nobody(reading, mention):
        return False
    reporting = REPORTING.get(lower[head])
    that = lower[mention.cue[1] : mention.cue[1] + 1] == ["that"]
    if reporting is None:
        return that and CUES.get(lower[head], ("",))[0] == "noun" and mention.source is not None
    if is_noun(reading, mention) and not that:
        return False
    floor = _SPEECH_FLOOR - (_CERTAINTY if mention.certain else 0.0)
    if reading.mean(CONTENT, piece) < floor:
        return False
    if reporting == "label":
        begin = wording(reading, mention, piece)[0]
        return mention.source is not None and piece[0] > head and lower[begin - 1] in _PARTICLES
    return reporting == "any" or piece[0] <= head or _is_clause(reading, piece)


def wording(reading: Reading, mention: Mention, piece: Range) -> Range:
    """The part of a piece that is somebody's wording: behind "as", "of" or "for" with a cue that needs them."""
    lower, head = reading.tokens.lower, mention.head
    if mention.fixed or REPORTING.get(lower[head]) != "label" or piece[0] <= head:
        return piece
    link = next((at for at in range(head + 1, min(piece[1], head + 12)) if lower[at] in _PARTICLES), None)
    return piece if link is None or link + 1 >= piece[1] else (max(piece[0], link + 1), piece[1])


def _is_clause(reading: Reading, piece: Range) -> bool:
    lower = reading.tokens.lower
    words = lower[piece[0] : min(piece[1], piece[0] + 25)]
    before = lower[piece[0] - 1] if piece[0] else ""
    if words[0] in _OPENS_CLAUSE or before in {"that", ":", ","} or words[0].endswith("ing"):
        return words[0] != "to" or before != "to"
    return not _FINITE.isdisjoint(words)


def is_noun(reading: Reading, mention: Mention) -> bool:
    """Whether the word before a cue makes a noun of it: "six accused", "this kind of reporting"."""
    head = mention.head
    before = reading.tokens.lower[head - 1] if head else ""
    return (
        before in _NOT_BEFORE_VERBS
        and before not in _FINITE
        and (mention.source != (head - 1, head) or reading.tokens.lower[head] == "accused")
    )


def _said_by_nobody(reading: Reading, mention: Mention) -> bool:
    """Whether a passive in the present names nobody: "it is said that", "is believed to be"."""
    lower, head = reading.tokens.lower, mention.head
    near = lower[max(head - 3, 0) : head]
    return mention.source is None and bool({"is", "are"} & set(near)) and lower[head] != "according"
