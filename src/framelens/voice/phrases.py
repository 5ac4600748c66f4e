"""Noun phrases around a cue, by their edges: no parser, only the words that cannot stand inside one."""

from __future__ import annotations

from collections.abc import Sequence

from framelens.text import Range, Tokens, word_set
from framelens.voice.cues import CUES

__all__ = [
    "AUXILIARIES",
    "STOPS",
    "SUBJECT_PRONOUNS",
    "ends_inverted_subject",
    "main_subject",
    "noun_before",
    "opens_apposition",
    "subject_before",
]

STOPS = word_set("’ ‘ ' » « „ , ; : — – -- ( ) [ ] . ! ? \" “ ” '' ``")
_CONJUNCTIONS = word_set("""
    and but or that because while as when whereas although though if since after before which who whom
    what how why where whether so yet than until unless nor
""")
AUXILIARIES = word_set("""
    has have had is are was were be been being do does did will would can could may might must should shall
    also repeatedly often once then later further previously again reportedly recently openly publicly privately
    just simply never not always even now still already long already flatly clearly strongly firmly initially
    n't 't 's 've 'd 'll 're ’t ’s ’ve ’d ’ll ’re don doesn didn won wouldn couldn can""")
_PREPOSITIONS = word_set("of in on at for with by from to about against into over under during through")
SUBJECT_PRONOUNS = word_set("he she they it we i you one")
_APPOSITION_OPENERS = frozenset({"a", "an", "the", "who", "whose", "his", "her", "its", "their", "chief", "former"})
_TIME_WORDS = word_set("""
    on in at during after monday tuesday wednesday thursday friday saturday sunday yesterday today last this
    when while as before
""")
_SUBORDINATORS = word_set("while although though as when after before since if because despite in on at by")
_LOOSE_OPENINGS = word_set(
    "on in at yesterday today monday tuesday wednesday thursday friday saturday sunday last night"
)
_VERBAL = word_set("has have had is are was were do does did will would can could may might must should")
_ONLY_VERBS = word_set("says said tells told thinks thought believes knows knew wrote writes adds insists argues")


def subject_before(tokens: Tokens, start: int, at: int, quoted: Sequence[bool]) -> Range | None:
    """The noun phrase before a cue verb, over its auxiliaries and an apposition between commas."""
    stop = at
    while stop > start and tokens.lower[stop - 1] in AUXILIARIES:
        stop -= 1
    if stop > start and tokens.lower[stop - 1] in {"who", "which"}:
        stop -= 1
        if stop > start and tokens.words[stop - 1] == ",":
            stop -= 1
    elif stop > start + 1 and tokens.words[stop - 1] == ",":
        return _with_apposition(tokens, start, stop, quoted)
    begin = stop
    if begin > start and tokens.lower[begin - 1] in SUBJECT_PRONOUNS:
        return None if quoted[begin - 1] else (begin - 1, stop)
    while begin > start and _inside_phrase(tokens, begin - 1) and not quoted[begin - 1] and stop - begin < 25:
        if tokens.lower[begin - 1] in _VERBAL or _is_finite_cue(tokens.lower[begin - 1]):
            break
        begin -= 1
    return (begin, stop) if begin < stop and tokens.lower[stop - 1] not in _PREPOSITIONS else None


def noun_before(tokens: Tokens, start: int, at: int, quoted: Sequence[bool]) -> Range | None:
    """The noun phrase right before a verb, an apposition between commas with it ("Ann Lee, 44, told …")."""
    stop = at
    while stop > start and (tokens.lower[stop - 1] in AUXILIARIES or tokens.lower[stop - 1].endswith("ly")):
        stop -= 1
    begin = stop
    if stop > start + 2 and tokens.words[stop - 1] == ",":
        stop = begin = stop - 1
        while begin > start and tokens.words[begin - 1] not in STOPS and stop - begin < 12:
            begin -= 1
        if begin == start or tokens.words[begin - 1] != ",":
            return None
        begin -= 1
    edge = begin
    while begin > start and _inside_phrase(tokens, begin - 1) and not quoted[begin - 1] and edge - begin < 12:
        if tokens.lower[begin - 1] in _VERBAL or _is_finite_cue(tokens.lower[begin - 1]):
            break
        begin -= 1
    while begin < edge and tokens.lower[begin] in _LOOSE_OPENINGS:
        begin += 1
    return (begin, stop) if begin < edge else None


def _is_finite_cue(word: str) -> bool:
    """Whether a word is a cue that can only be a verb: "noted", "says", "told"."""
    return CUES.get(word, ("noun",))[0] in {"say", "think"} and (word.endswith("ed") or word in _ONLY_VERBS)


def _with_apposition(tokens: Tokens, start: int, stop: int, quoted: Sequence[bool]) -> Range | None:
    begin = stop - 1
    while begin > start and tokens.words[begin - 1] != "," and stop - begin < 25:
        begin -= 1
    if begin - 1 <= start or quoted[begin - 1]:
        return None
    begin -= 1
    if tokens.lower[begin + 1] not in {"a", "an", "the", "who", "whose", "his", "her", "its", "their"}:
        return None
    while begin > start and _inside_phrase(tokens, begin - 1) and not quoted[begin - 1]:
        begin -= 1
    return (begin, stop - 1)


def _inside_phrase(tokens: Tokens, at: int) -> bool:
    word = tokens.lower[at]
    if word == "and":
        return tokens.words[at - 1][:1].isupper() and tokens.words[at + 1][:1].isupper()
    return word not in STOPS and word not in _CONJUNCTIONS


def main_subject(tokens: Tokens, start: int, before: int, quoted: Sequence[bool]) -> Range | None:
    """The noun phrase that opens a sentence, behind a subordinate clause or a connective if one comes first."""
    begin = start
    if tokens.lower[begin] in _SUBORDINATORS or tokens.lower[begin].endswith("ing"):
        comma = next((at for at in range(begin, before - 1) if tokens.words[at] == ","), None)
        if comma is None:
            return None
        begin = comma + 1
    elif tokens.lower[begin] in {"but", "and", "so", "yet"}:
        begin += 1
    stop = begin
    while stop < before and _inside_phrase(tokens, stop) and not quoted[stop] and stop - begin < 15:
        word = tokens.lower[stop]
        if stop > begin and (word in _VERBAL or CUES.get(word, ("noun",))[0] != "noun" or word.endswith("ed")):
            break
        stop += 1
    return (begin, stop) if begin < stop < before and stop - begin < 15 else None


def ends_inverted_subject(tokens: Tokens, at: int, end: int) -> bool:
    """Whether the name behind "…," said … is over: at a stop, or a comma that opens no apposition."""
    word = tokens.words[at]
    if word == ",":
        return not opens_apposition(tokens, at, end) and (
            at + 1 >= end or tokens.lower[at + 1] not in _APPOSITION_OPENERS
        )
    if word in {"(", ")"}:
        return False
    return word in STOPS or tokens.lower[at] in _TIME_WORDS


def opens_apposition(tokens: Tokens, comma: int, end: int) -> bool:
    """Whether a comma opens an apposition to a name ("Ann Lee, a lawyer, …") that a further comma closes."""
    if comma + 1 >= end or tokens.lower[comma + 1] not in {"a", "an", "the", "who", "whose"}:
        return False
    return "," in tokens.words[comma + 1 : min(end, comma + 14)]
