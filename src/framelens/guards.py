"""Reasons to excuse a lexicon form that hold for every entry: mention, denial, law, acts and names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from framelens.lexicon import Entry, Guards
from framelens.text import Span

__all__ = ["Excuses"]

# Denial matters for what somebody *is called*; "not horrific" still evaluates.
_LABELS = frozenset({"contentious_label", "name_calling", "partisan_term", "dehumanising"})
_WORDS_BETWEEN = r"(?: [\w'-]+){0,%d}"


def _before(phrases: Iterable[str], words: int) -> re.Pattern[str]:
    """Matches text that ends in one of the phrases and at most so many words."""
    alternatives = "|".join(re.escape(p).replace(r"\*", r"[\w'-]+(?: [\w'-]+){0,3}") for p in phrases)
    return re.compile(rf"\b(?:{alternatives}){_WORDS_BETWEEN % words}[ \"'(-]*$")


class Excuses:
    """Tells why a hit is excused, by the guard phrases of a language."""

    def __init__(self, guards: Guards) -> None:
        self._mention = _before(guards.mentions, 0)
        self._denial = _before(guards.denials, 0)
        self._charge = _before(guards.charges, 4)
        self._designation = _before(guards.designations, 4)
        acts = "|".join(map(re.escape, guards.acts))
        self._act = re.compile(rf"(?: |-)(?:[\w'-]+ )?(?:{acts})\b")

    def reason(self, lowered: str, span: Span, sentence: Span, entry: Entry) -> str | None:
        """Why the hit at ``span`` of the normalised text is excused, or None."""
        before = lowered[max(sentence.start, span.start - 60) : span.start]
        if self._mention.search(before):
            return "mention: the text talks about the word"
        if entry.category in _LABELS and self._denial.search(before):
            return "denial: the text says that it does not hold"
        return self._legal(lowered, before, span) if entry.target == "people" else None

    def _legal(self, lowered: str, before: str, span: Span) -> str | None:
        """Why a label of people is not one here, by the wording of law and office."""
        if self._designation.search(before):
            return "designation: an authority's official list or label"
        if self._charge.search(before):
            return "charge: the wording of an accusation in law or a verdict"
        if self._act.match(lowered, span.end):
            return "act: names an act, a charge or a rule, not a person or group"
        return None
