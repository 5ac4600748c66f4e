"""Document × lexicons → the loaded terms in it, and those that were seen and excused.

All surface forms, exceptions and slot anchors of all lexicons go into one Aho-Corasick automaton; a hit must
stand on word boundaries, the longest hit wins, and guards then excuse what is literal, official, denied or
merely mentioned.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick

from framelens.guards import Excuses
from framelens.lexicon import Entry, Lexicon, builtin_guards
from framelens.lexicon.inflection import spelling_variants, surface_forms
from framelens.text import Document, Sentence, Span, Suppressed, TermMatch, Voice, normalise

__all__ = ["Matcher"]

# A slot `*` that stands free: one to four words.
_SLOT = r"(?: [\w'’-]+){1,4} "
_SLOT_WINDOW = 120


@dataclass(frozen=True, slots=True)
class _Use:
    """What a pattern of the automaton stands for: a form or an exception of an entry."""

    rank: int
    lexicon: str
    entry: Entry
    exception: bool
    slots: str | None  # the pattern with its slots, where it has any


def _literal_anchor(pattern: str) -> str:
    return max((part.strip(" ") for part in pattern.split("*")), key=len)


@cache
def _slot_regex(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"\ ", " ")
    free = escaped.replace(r" \* ", _SLOT)
    attached = free.replace(r"\*", r"[\w'’-]*\w")
    return re.compile(rf"(?<!\w){attached}(?!\w)")


class Matcher:
    """Finds the entries of lexicons in documents.

    ``ignore`` names entry ids, categories, kinds or phrases that never count. Where two lexicons know the same words,
    the later one wins; where two hits overlap, the longer.
    """

    def __init__(self, lexicons: Sequence[Lexicon], ignore: Iterable[str] = ()) -> None:
        self._arguments = (tuple(lexicons), tuple(ignore))
        ignored = {name.casefold() for name in self._arguments[1]}
        dropped = set(ignored)
        uses: dict[str, list[_Use]] = defaultdict(list)
        for rank, lexicon in enumerate(lexicons):
            for entry in lexicon.entries:
                forms = surface_forms(entry.forms, entry.inflect)
                if ignored & {entry.id, entry.category, entry.kind}:
                    dropped.update(forms)
                    continue
                _add(
                    uses,
                    [form for form in forms if form not in ignored],
                    _Use(rank, lexicon.name, entry, exception=False, slots=None),
                )
                _add(uses, entry.exceptions, _Use(rank, lexicon.name, entry, exception=True, slots=None))
        self._dropped = frozenset(dropped)
        self._uses: list[list[_Use]] = list(uses.values())
        self._automaton = AhoCorasick(list(uses)) if uses else None
        self._excuses = Excuses(builtin_guards())

    def __reduce__(self) -> tuple[type[Matcher], tuple[tuple[Lexicon, ...], tuple[str, ...]]]:
        # The automaton does not pickle and is built again faster than it would be read.
        return Matcher, self._arguments

    def ignores(self, term: TermMatch) -> bool:
        """Whether a term that was found in another way is one to ignore, by its kind or its words."""
        return term.kind in self._dropped or normalise(term.text) in self._dropped

    def match(self, document: Document) -> tuple[tuple[TermMatch, ...], tuple[Suppressed, ...]]:
        """The counted and the excused terms of a document, each in order of place; boilerplate has neither."""
        lowered = document.normalised
        candidates, exceptions = self._candidates(document.text, lowered)
        starts = [sentence.span.start for sentence in document.sentences]
        matches: list[TermMatch] = []
        suppressed: list[Suppressed] = []
        for span, use in _longest(candidates):
            index = bisect_right(starts, span.start) - 1
            if index < 0:
                continue
            sentence = document.sentences[index]
            if sentence.part == "boilerplate" or span.end > sentence.span.end:
                continue
            words, voice = span.of(document.text), document.voice_of(span)
            reason = self._reason(lowered, span, sentence, use.entry, exceptions)
            if reason is None and voice not in use.entry.voices:
                reason = f"counts only in voice {' or '.join(use.entry.voices)}"
            if reason is None:
                matches.append(_term(span, words, use, sentence.index, voice))
            else:
                suppressed.append(Suppressed(span, words, use.entry.id, reason))
        return tuple(matches), tuple(suppressed)

    def _candidates(self, text: str, lowered: str) -> tuple[list[tuple[Span, _Use]], dict[str, list[Span]]]:
        candidates: list[tuple[Span, _Use]] = []
        exceptions: dict[str, list[Span]] = defaultdict(list)
        if self._automaton is None:
            return candidates, exceptions
        length, spaced = len(lowered), _spaced(lowered)
        for pattern, start, end in self._automaton.find_matches_as_indexes(spaced, overlapping=True):
            left_open = start > 0 and (lowered[start - 1].isalnum() or lowered[start - 1] == "_")
            right_open = end < length and (lowered[end].isalnum() or lowered[end] == "_")
            for use in self._uses[pattern]:
                span = Span(start, end)
                if use.slots is not None:
                    found = _slotted(use.slots, spaced, span)
                    if found is None:
                        continue
                    span = found
                elif left_open or right_open:
                    continue
                if use.exception:
                    exceptions[use.entry.id].append(span)
                elif not use.entry.case or span.of(text) in _cased(use.entry):
                    candidates.append((span, use))
        return candidates, exceptions

    def _reason(
        self, lowered: str, span: Span, sentence: Sentence, entry: Entry, exceptions: dict[str, list[Span]]
    ) -> str | None:
        """Why a hit is excused, or None when it counts."""
        for other in exceptions.get(entry.id, ()):
            if other.start <= span.start and span.end <= other.end:
                return f"exception: {other.of(lowered)}"
        if entry.only_with and not any(
            re.search(rf"\b{re.escape(word)}\b", lowered[sentence.span.start : sentence.span.end])
            for word in entry.only_with
        ):
            return "counts only beside certain words"
        return self._excuses.reason(lowered, span, sentence.span, entry)


def _spaced(lowered: str) -> str:
    """Hyphens as spaces, so that "far-right" and "far right" are searched as one; dashes stay apart."""
    return lowered.replace("-", " ")


def _add(uses: dict[str, list[_Use]], forms: Iterable[str], use: _Use) -> None:
    for form in forms:
        plain = normalise(form)
        # Only hyphens leave more than one spelling once hyphens are spaces.
        variants = {_spaced(spelling) for spelling in spelling_variants(plain)} if "-" in plain else (plain,)
        for variant in variants:
            if "*" in variant:
                uses[_literal_anchor(variant)].append(replace(use, slots=variant))
            else:
                uses[variant].append(use)


def _slotted(pattern: str, lowered: str, anchor: Span) -> Span | None:
    """The slot pattern's hit around an anchor, looked for no further than a fixed window."""
    begin = max(0, anchor.start - _SLOT_WINDOW)
    for found in _slot_regex(pattern).finditer(lowered, begin, anchor.end + _SLOT_WINDOW):
        if found.start() <= anchor.start and anchor.end <= found.end():
            return Span(found.start(), found.end())
    return None


def _cased(entry: Entry) -> frozenset[str]:
    return frozenset(variant for form in entry.forms for variant in spelling_variants(form))


def _longest(candidates: list[tuple[Span, _Use]]) -> list[tuple[Span, _Use]]:
    """Non-overlapping hits in order: the longest of each cluster, the later lexicon at equal length."""
    candidates.sort(key=lambda c: (len(c[0]), c[1].rank, -c[0].start), reverse=True)
    taken: dict[int, Span] = {}
    kept = []
    for span, use in candidates:
        if any(offset in taken for offset in range(span.start, span.end)):
            continue
        taken.update(dict.fromkeys(range(span.start, span.end), span))
        kept.append((span, use))
    kept.sort(key=lambda c: c[0].start)
    return kept


def _term(span: Span, words: str, use: _Use, sentence: int, voice: Voice) -> TermMatch:
    entry = use.entry
    return TermMatch(
        span=span,
        text=words,
        entry=entry.id,
        lexicon=use.lexicon,
        kind=entry.kind,
        sentence=sentence,
        voice=voice,
        strength=entry.severity,
        alternatives=entry.alternatives,
        note=entry.note,
        source=entry.source,
    )


def check_examples(lexicon: Lexicon) -> list[str]:
    """What is wrong with the entries' own examples: hits that do not hit and misses that do, one line each."""
    problems = []
    for entry in lexicon.entries:
        matcher = Matcher([replace(lexicon, entries=(entry,))])
        for examples, wanted, wrong in (
            (entry.hits, True, "the hit does not hit"),
            (entry.misses, False, "the miss is counted"),
        ):
            found = (bool(matcher.match(Document.sentence(example))[0]) for example in examples)
            problems += [
                f"entry '{entry.id}': {wrong}: {example}"
                for example, hit in zip(examples, found, strict=True)
                if hit != wanted
            ]
    return problems
