"""What words and noun phrases can say about an entity, and where a phrase ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from framelens.portrayals.words import Words
from framelens.text import Tokens

__all__ = ["MARKS", "Phrases", "Range"]

Range = tuple[int, int]

MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
_LONGEST_PHRASE = 7
_PHRASE_ENDS = frozenset({
    "of", "who", "which", "that", "for", "in", "on", "at", "by", "from", "with", "to", "whose", "where", "when", "as",
    "since", "after", "before", "under", "over", "against", "is", "was", "are", "were", "has", "had", "gave", "known",
})  # fmt: skip
_INSIDE = frozenset({"and", "or", "most", "more", "less", "very", "so", "too", "same"})
# A word with such an ending is a person where a person is expected; the exceptions are things.
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "men", "ee", "eer", "ite", "monger", "crat", "phile")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Judges the words of one article.

    ``loaded`` maps each token inside a loaded term to the term's tokens; ``mentioned`` holds the tokens of names.
    """

    tokens: Tokens
    words: Words
    loaded: Mapping[int, Range]
    mentioned: frozenset[int]

    def plain(self, at: int) -> bool:
        """Whether a token is a lower-case word that is no function word and no part of a name."""
        word = self.tokens.words[at]
        return word[0].islower() and self.tokens.lower[at] not in self.words.function and at not in self.mentioned

    def adjectival(self, at: int) -> bool:
        """Whether a word can stand between a determiner and a name; after it a common noun would own the name."""
        low = self.tokens.lower[at]
        if low in self.words.unfit or low.endswith("ment"):
            return False
        return (
            low in self.words.adjectives
            or low in self.words.label_nouns
            or low in self.words.roles
            or (at in self.loaded and not low.endswith("ly"))
            or (len(low) > 4 and (low.endswith("ed") or self._ends_so(low)))
            or ("-" in low and low.endswith(("ing", "en", "st")))
        )

    def labels(self, at: int) -> bool:
        """Whether a word labels without a determiner to prove it: loaded, or by its ending or noun."""
        low = self.tokens.lower[at]
        if low in self.words.unfit or low in self.words.verbs or low.endswith(("ly", "ment")):
            return False
        known = low in self.words.label_nouns or low in self.words.adjectives
        return at in self.loaded or known or (len(low) > 5 and self._ends_so(low))

    def _ends_so(self, low: str) -> bool:
        """Whether a word ends as labels do, and is more than the ending: "Saudi-backed", not "backed"."""
        return low.endswith(self.words.label_endings) and low not in self.words.label_endings and low[:5] != "then-"

    def person(self, at: int) -> bool:
        """Whether a noun means a person."""
        low = self.tokens.lower[at]
        listed = low in self.words.roles or low in self.words.person_nouns
        return listed or (len(low) > 4 and low.endswith(_PERSON_ENDINGS) and low not in self.words.things)

    def body(self, at: int) -> bool:
        """Whether a noun means a group, a company or a place."""
        low = self.tokens.lower[at]
        return low in self.words.bodies or low in self.words.group_nouns

    def says_something(self, at: int) -> bool:
        """Whether a noun can say what somebody is: not "a move", not "a lot", not a verb's noun like "decision"."""
        low = self.tokens.lower[at]
        return at in self.loaded or (low not in self.words.events and low not in self.words.unfit and len(low) > 2)

    def whole(self, found: Range, first: int, last: int) -> Range:
        """A label of one word that lies in a longer loaded term is the whole term."""
        start, end = found
        if end - start == 1 and start in self.loaded:
            wider = self.loaded[start]
            if first <= wider[0] and wider[1] <= last and not any(at in self.mentioned for at in range(*wider)):
                return wider
        return found

    def coordinated(self, at: int, last: int) -> Iterator[Range]:
        """The noun phrases from a token on, coordinated by "and", each up to a clause or preposition."""
        lower = self.tokens.lower
        start = at
        while at < min(last, start + _LONGEST_PHRASE):
            low = lower[at]
            if low in {"and", "or"} and at > start:
                yield start, at
                start = at + 2 if at + 1 < last and lower[at + 1] in {"a", "an", "the"} else at + 1
                at = start
                continue
            if low in {"'s", "’s"}:
                return
            if self._ends(start, at, last):
                break
            at += 1
        if at > start and lower[start] not in _PHRASE_ENDS:
            yield start, at

    def _ends(self, start: int, at: int, last: int) -> bool:
        lower = self.tokens.lower
        low = lower[at]
        if low in _PHRASE_ENDS or (low in MARKS and at > start) or not (low[0].isalnum() or low in MARKS):
            return True
        if low in self.words.function and low not in _INSIDE and not low[0].isdigit():
            return True
        # "a group based in …", "a man accused of …": the participle opens a clause.
        following = lower[at + 1] if at + 1 < last else "."
        opens = following in self.words.function or not following[0].isalnum() or following.endswith("ly")
        return at > start and low.endswith(("ed", "ing", "ly")) and opens
