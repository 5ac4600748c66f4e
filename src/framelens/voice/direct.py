"""Which quotes are speech, which hold a word at arm's length, and which only name a work."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from framelens.text import word_set
from framelens.voice.marks import Quote
from framelens.voice.mentions import Mention
from framelens.voice.reading import Reading
from framelens.voice.tagger import CONTENT

__all__ = ["QuoteUse", "uses_of"]

QuoteUse = str  # "direct", "scare" or "title"

_WORD = re.compile(r"\w+")
_LONGEST_SCARE = 6
_NAMING = word_set("calls called calling call itself himself herself themselves so-called dubbed labeled labelled")
_LONGEST_NICKNAME = 4
_NICKNAMING = word_set("nicknamed alias aka name nickname moniker handle")
_SMALL = word_set("a an the of and in on for to at by with or vs de la")


def uses_of(reading: Reading, mentions: Sequence[Mention]) -> list[QuoteUse]:
    """For each quote whether it is speech ("direct"), distance ("scare") or the name of a work ("title")."""
    edges = sorted({edge for mention in mentions for edge in mention.reach})
    summed = reading.summed[CONTENT]
    return [_use(reading, quote, edges, summed) for quote in reading.quotes]


def _use(reading: Reading, quote: Quote, edges: list[int], summed: list[float]) -> QuoteUse:
    tokens = reading.tokens
    start, end = tokens.first_at(quote.start), tokens.first_at(quote.end)
    words = _WORD.findall(reading.text, quote.start, quote.end)
    if start >= end or not words:
        return "title"
    before = tokens.lower[max(tokens.first_at(quote.outer_start) - 2, 0) : tokens.first_at(quote.outer_start)]
    if _is_title(words) and _reads_on(reading, quote) and not _NAMING.intersection(before):
        return "title"
    if len(words) <= _LONGEST_NICKNAME and _is_nickname(reading, quote, before):
        return "title"
    if summed[end] > summed[start] or len(words) > _LONGEST_SCARE or _sentence_like(reading, quote):
        return "direct"
    if _touches_cue(reading, quote, edges):
        return "direct"
    return "scare"


def _is_nickname(reading: Reading, quote: Quote, before: Sequence[str]) -> bool:
    """Whether a quote is what somebody goes by: known as “Vermin”, Tom “The Savage” Price."""
    if _NICKNAMING.intersection(before[-1:]) or list(before) == ["known", "as"]:
        return True
    first, last = reading.tokens.first_at(quote.outer_start), reading.tokens.first_at(quote.outer_end)
    around = [*reading.tokens.words[max(first - 1, 0) : first], *reading.tokens.words[last : last + 1]]
    inside = reading.text[quote.start : quote.end]
    return len(around) == 2 and all(word[0].isupper() and word.isalpha() for word in (*around, inside[:1]))


def _reads_on(reading: Reading, quote: Quote) -> bool:
    """Whether a quote stands inside a clause set in small letters, with no comma or colon before it."""
    first = reading.tokens.first_at(quote.outer_start)
    before = reading.tokens.words[max(first - 3, 0) : first]
    return any(word.islower() for word in before) and before[-1] not in {",", ":"} and reading.quote_at[first - 1] < 0


def _sentence_like(reading: Reading, quote: Quote) -> bool:
    return quote.continues or (reading.text[quote.end - 1 : quote.end] in {"!", "?"} and quote.end - quote.start > 20)


def _touches_cue(reading: Reading, quote: Quote, edges: list[int]) -> bool:
    """Whether a cue or its source stands right before or after the marks (a comma or colon between)."""
    first = reading.tokens.first_at(quote.outer_start)
    last = reading.tokens.first_at(quote.outer_end)
    at = bisect_left(edges, first - 1)
    if at < len(edges) and edges[at] <= first and reading.tokens.words[max(first - 1, 0)] in {",", ":"}:
        return True
    return at < len(edges) and last in edges[at : at + 4] and reading.text[quote.end - 1 : quote.end] in ",.!?"


def _is_title(words: Sequence[str]) -> bool:
    """Capitals on every word of weight, as in the name of a film, book or broadcast."""
    return (
        len(words) > 1 and words[0][0].isupper() and all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in words)
    )
