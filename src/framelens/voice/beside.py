"""Who spoke a quotation, by the word right behind it: a verb of saying however rare, or a dash and a name."""

from __future__ import annotations

from collections.abc import Sequence

from framelens.text import Tokens, word_set
from framelens.text.saying import BESIDE_QUOTES
from framelens.voice.clauses import Report
from framelens.voice.cues import REPORTING
from framelens.voice.marks import Quote
from framelens.voice.phrases import STOPS, ends_inverted_subject

__all__ = ["beside_quotes"]

_DETERMINERS = word_set("the a an his her their its one another")


def beside_quotes(text: str, tokens: Tokens, quotes: Sequence[Quote], taken: frozenset[int]) -> list[Report]:
    """Reports whose verb or dash stands right behind a quote: "…," grumbled Doran, "…" Doran drawled, "…" — Vint.

    ``taken`` are the places of cues that are known already.
    """
    found = []
    for quote in quotes:
        at = tokens.first_at(quote.outer_end)
        if not quote.closed or at >= len(tokens) or tokens.paragraph[at] != quote.paragraph:
            continue
        end = tokens.bounds[min(int(tokens.sentence[at]), len(tokens.bounds) - 1)][1]
        report = _dashed(tokens, at)
        if report is None and (text[quote.end - 1] != "." or tokens.words[at].islower()):
            report = _spoken(tokens, at, end)
        if report is not None and report.cue[0] not in taken:
            found.append(report)
    return found


def _spoken(tokens: Tokens, at: int, end: int) -> Report | None:
    lower = tokens.lower
    if lower[at] in BESIDE_QUOTES:
        stop = at + 1
        while stop < end and not ends_inverted_subject(tokens, stop, end) and stop - at < 12:
            stop += 1
        named = stop > at + 1 and (tokens.words[at + 1][0].isupper() or lower[at + 1] in _DETERMINERS)
        return Report((at + 1, stop), (at, at + 1), (), True, True) if named else None
    verb = next((n for n in range(at + 1, min(at + 6, end)) if lower[n] in BESIDE_QUOTES), None)
    if verb is None or not (tokens.words[at][0].isupper() or lower[at] in _DETERMINERS or lower[at] in {"he", "she"}):
        return None
    if any(word in STOPS or word in REPORTING for word in lower[at:verb]):
        return None
    return Report((at, verb), (verb, verb + 1), (), True, True)


def _dashed(tokens: Tokens, at: int) -> Report | None:
    """A name behind a quote and a dash, up to the end of the paragraph or a comma."""
    if tokens.words[at] not in {"-", "–", "—", "--"}:
        return None
    stop = at + 1
    while stop < min(len(tokens), at + 7) and tokens.paragraph[stop] == tokens.paragraph[at]:
        if tokens.words[stop] in STOPS:
            break
        stop += 1
    words = tokens.words[at + 1 : stop]
    last = (
        stop == len(tokens) or tokens.paragraph[stop] != tokens.paragraph[at] or tokens.words[stop] in {",", "(", "."}
    )
    if not words or not last or not all(word[0].isupper() or word in {"of", "de", "van"} for word in words):
        return None
    return Report((at + 1, stop), (at, at + 1), (), True, True)
