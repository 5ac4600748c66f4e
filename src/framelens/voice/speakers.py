"""Which named source a pronoun stands for, where that is certain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from framelens.text import Attribution, Span
from framelens.voice.reading import Reading

__all__ = ["with_speakers"]

_MALE = frozenset({"he", "him", "his"})
_FEMALE = frozenset({"she", "her", "hers"})
_PRONOUNS = _MALE | _FEMALE
# How many paragraphs back a name still holds, as in the "last matching name" rule of news style.
_REACH = 4
_NAME = re.compile(r"[A-Z][\w’'-]*\.?(?:\s+(?:[A-Z][\w’'-]*\.?|de|van|von|al|bin))*")
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Sen|Rep|Gov|Dr|President|Secretary|Senator|Justice|Judge|Mayor|Minister)\b\.?")
_NO_PERSON = re.compile(
    r"\b(?:The|Party|House|Committee|Department|Ministry|Court|Times|Post|Journal|News|University|Police|Council|"
    r"Association|Group|Agency|Bank|Pentagon|Kremlin|Reuters|Union|Company|Inc|Corp|Fox|CNN|Center|Institute|"
    r"Street|Road|Avenue|Square|Park|River|Lake|County|City|States|State|Island|Act|Bill|Day|Week|Cup|League)\b"
)
_FULL_NAME = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord)\.? [A-Z][\w’'-]+"
    r"|\b(?!(?:The|An?|In|On|At|But|And|His|Her|This|That|From|All|When|If|For|By|It|He|She|They|We|Most|Some|As|To)\b)"
    r"[A-Z][a-z’'-]+(?: [A-Z]\.)? [A-Z][a-z’'-]{2,})\b"
)
_MALE_TITLE = re.compile(r"\b(?:Mr|King|Prince|Lord|Sir)\b")
_FEMALE_TITLE = re.compile(r"\b(?:Mrs|Ms|Miss|Queen|Princess|Lady)\b")


def with_speakers(reading: Reading, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, each with its speaker: its source, or the name that a pronoun surely stands for."""
    starts = [block.start for block in reading.blocks]
    named: list[tuple[int, Span, str, str]] = []
    surnames: set[str] = set()
    known: dict[Span, Span | None] = {}
    sources = sorted({a.source for a in attributions if a.source is not None})
    introduced = _introduced(reading) if any(s.of(reading.text).lower() in _PRONOUNS for s in sources) else []
    for source in sorted({*sources, *introduced}):
        paragraph = bisect_left(starts, source.start + 1)
        word = source.of(reading.text).lower()
        if len(source) < 4 and word in _PRONOUNS:
            known[source] = _referent(named, paragraph, word)
            continue
        known[source] = source
        name = _person(source.of(reading.text), surnames)
        if name is not None:
            surnames.add(name)
            named.append((paragraph, source, name, source.of(reading.text)[:120]))
    return tuple(
        attribution if attribution.source is None else replace(attribution, speaker=known[attribution.source])
        for attribution in attributions
    )


def _introduced(reading: Reading) -> list[Span]:
    """Persons named in full outside quotation marks, whether or not they speak."""
    found = []
    for match in _FULL_NAME.finditer(reading.text):
        at = reading.tokens.first_at(match.start())
        if at < len(reading.tokens) and reading.quote_at[at] < 0 and not _NO_PERSON.search(match.group()):
            found.append(Span(*match.span()))
    return found


def _person(text: str, known: set[str]) -> str | None:
    """The surname in a source that names a person, else None; a single name is one where it is ``known``."""
    match = _NAME.search(text[:120])
    if match is None or (_NO_PERSON.search(text[:120]) and not _PERSON.search(text[:120])):
        return None
    words = match.group().split()
    if len(words) < 2 and not _PERSON.search(text[:120]) and words[0] not in known:
        return None
    return words[-1]


def _referent(named: Sequence[tuple[int, Span, str, str]], paragraph: int, pronoun: str) -> Span | None:
    """The last mention of the one person named as a source within reach whose title does not forbid the pronoun."""
    fitting: dict[str, Span] = {}
    barred: set[str] = set()
    for where, span, surname, titles in reversed(named[-12:]):
        if paragraph - where > _REACH:
            break
        if (_FEMALE_TITLE if pronoun in _MALE else _MALE_TITLE).search(titles):
            barred.add(surname)
        fitting.setdefault(surname, span)
    certain = [span for surname, span in fitting.items() if surname not in barred]
    return certain[0] if len(certain) == 1 else None
