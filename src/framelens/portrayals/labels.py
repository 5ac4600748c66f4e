"""Which words beside a mention label the entity: epithets, names right after it, appositions, predicates, verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framelens.portrayals.entities import Mention
from framelens.portrayals.words import OPENING_ADJECTIVES, Words
from framelens.voice.tokens import Tokens

__all__ = ["Rules"]

_MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
_LONGEST_EPITHET = 5
_LONGEST_PHRASE = 7
# After a determiner this many words may be taken for epithets whatever they look like.
_SURE_EPITHETS = 2
_PHRASE_ENDS = frozenset({
    "of", "who", "which", "that", "for", "in", "on", "at", "by", "from", "with", "to", "whose", "where", "when", "as",
    "since", "after", "before", "under", "over", "against", "is", "was", "are", "were", "has", "had", "gave",
})  # fmt: skip

_PREPOSITIONS = frozenset({
    "of", "with", "by", "for", "to", "from", "in", "on", "at", "against", "about", "between", "among", "near", "than",
})  # fmt: skip

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules over the tokens of one article; ``loaded`` holds the tokens inside loaded terms.

    Every method yields token ranges ``[start, end)`` of labels and looks only a fixed number of words far.
    """

    tokens: Tokens
    words: Words
    loaded: frozenset[int]
    mentioned: frozenset[int]

    def of(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        """All labels of a mention within its sentence, tokens ``first`` to ``last``."""
        if not self._is_modifier(mention, last):
            yield from self._epithets(mention, first)
        if mention.entity.kind == "institution" and self.tokens.lower[mention.end - 1] in {"regime", "junta"}:
            yield mention.end - 1, mention.end
        yield from self._title_phrase(mention, first, last)
        yield from self._labels_after(mention, last)
        yield from self._appositions(mention, last)
        if not self._is_object(mention, first):
            yield from self._predicates(mention, last)
        yield from self._named_so(mention, first, last)

    def _plain(self, at: int) -> bool:
        word = self.tokens.words[at]
        return word[0].islower() and self.tokens.lower[at] not in self.words.function and at not in self.mentioned

    def _is_modifier(self, mention: Mention, last: int) -> bool:
        """Whether the name only modifies a noun after it ("Trump supporters"), which then owns the epithets."""
        at = mention.end
        if at >= last or not self._plain(at) or mention.entity.kind == "institution":
            return False
        low = self.tokens.lower[at]
        known = low in self.words.verbs or low in self.words.auxiliaries or low in self.words.group_nouns
        demonym = self.tokens.lower[at - 1].endswith(("an", "ish", "ese", "ic"))
        return not known and (demonym or not low.endswith(("ed", "es", "ly"))) and low not in self.words.irregular

    def _labels(self, at: int) -> bool:
        """Whether a word can label without a determiner to prove it: loaded, or by its ending or noun."""
        low = self.tokens.lower[at]
        if low in self.words.neutral or low in self.words.verbs:
            return False
        nouns = self.words.label_nouns
        return (
            at in self.loaded
            or low in nouns
            or low == "former"
            or (len(low) > 4 and low.endswith(self.words.label_endings))
        )

    def _epithets(self, mention: Mention, first: int) -> Iterator[Range]:
        """Words between a determiner and the name, or judging words right before it."""
        lower = self.tokens.lower
        found: list[int] = []
        at = mention.head - 1
        while at >= first and len(found) < _LONGEST_EPITHET:
            if lower[at] in _MARKS or (lower[at] == "," and found and at - 1 >= first and self._plain(at - 1)):
                at -= 1
                continue
            if not (self._plain(at) or self._opens(at, first)) or self._governs(at, first):
                break
            found.append(at)
            at -= 1
        determined = at >= first and lower[at] in self.words.determiners
        if not determined or len(found) > _SURE_EPITHETS:
            found = self._undetermined(found)
        unfit = self.words.unfit
        found = [at for at in found if lower[at] not in unfit]
        yield from self._joined(sorted(found))

    def _governs(self, at: int, first: int) -> bool:
        """Whether a word is the verb of a clause whose object the name is ("the paper branded Orth")."""
        low = self.tokens.lower[at]
        verb = low in self.words.naming_verbs or low in self.words.verbs
        return verb and at > first and self.tokens.lower[at - 1] not in self.words.determiners

    def _is_object(self, mention: Mention, first: int) -> bool:
        """Whether a preposition stands before the name's phrase, so that the verb after it has another subject."""
        at = mention.head - 1
        while at >= max(first, mention.head - _LONGEST_EPITHET - 1):
            low = self.tokens.lower[at]
            if low in _PREPOSITIONS:
                return True
            if not (self._plain(at) or low in self.words.determiners):
                return False
            at -= 1
        return False

    def _opens(self, at: int, first: int) -> bool:
        """Whether an adjective has its capital from opening the sentence."""
        return at == first and at not in self.mentioned and self.tokens.lower[at].endswith(OPENING_ADJECTIVES)

    def _title_phrase(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        """As in "The embattled mayor, Joe Pike,": the phrase before the comma is a label."""
        lower = self.tokens.lower
        end = mention.head - 1
        closed = mention.end >= last or not lower[mention.end][0].isalnum()
        if end <= first or lower[end] != "," or not closed:
            return
        at = end - 1
        while at >= max(first, end - _LONGEST_EPITHET) and self._plain(at):
            at -= 1
        if at >= first and at < end - 1 and lower[at] in self.words.determiners:
            yield at + 1, end

    def _undetermined(self, found: list[int]) -> list[int]:
        kept = []
        for at in found:  # from the name leftwards, as long as words surely label
            if not self._labels(at):
                break
            kept.append(at)
        return kept

    def _joined(self, found: list[int]) -> Iterator[Range]:
        """Each adjective is a label; words that end in a noun for a person or group stay one phrase."""
        nouns = self.words.label_nouns
        start: int | None = None
        for position, at in enumerate(found):
            begins = position + 1 < len(found) and found[position + 1] == at + 1
            ends_in_noun = (
                begins and self.tokens.lower[found[-1]] in nouns and found[-1] - at == len(found) - 1 - position
            )
            if start is None and ends_in_noun:
                start = at
            if start is None:
                yield at, at + 1
        if start is not None:
            yield start, found[-1] + 1

    def _labels_after(self, mention: Mention, last: int) -> Iterator[Range]:
        """As in "Taliban terrorists", "the Assad regime": a noun that labels, right after the name."""
        at = mention.end
        while at < min(last, mention.end + 3) and self._plain(at):
            if self.tokens.lower[at] in self.words.group_nouns:
                yield mention.end, at + 1
                return
            if not (at in self.loaded or self.tokens.lower[at].endswith(self.words.label_endings)):
                return
            at += 1

    def _appositions(self, mention: Mention, last: int) -> Iterator[Range]:
        """As in "Ismail Khan, a prominent jihadi leader and former governor": each coordinated phrase is a label."""
        lower = self.tokens.lower
        at = mention.end
        if at + 2 < last and lower[at] in {",", "--", "—", "–", "("} and lower[at + 1] in {"a", "an", "the", "one"}:
            yield from self._phrases(at + 2, last)
        elif at + 2 < last and lower[at] in {",", "--", "—"} and self._plain(at + 1) and at + 1 in self.loaded:
            yield from self._phrases(at + 1, last)

    def _phrases(self, at: int, last: int) -> Iterator[Range]:
        """The noun phrases from a token on, coordinated by "and", each up to a clause or preposition."""
        start = at
        while at < min(last, start + _LONGEST_PHRASE):
            low = self.tokens.lower[at]
            if low in {"and", "or"} and at > start:
                yield start, at
                start = at + 2 if at + 1 < last and self.tokens.lower[at + 1] in {"a", "an", "the"} else at + 1
                at = start
                continue
            if low in {"'s", "’s"}:
                return
            if low in _PHRASE_ENDS or not (low[0].isalnum() or low in _MARKS):
                break
            at += 1
        if at > start and self.tokens.lower[start] not in _PHRASE_ENDS:
            yield start, at

    def _predicates(self, mention: Mention, last: int) -> Iterator[Range]:
        """As in "is a coward", "was corrupt", and judging verbs of which the name is the subject."""
        lower = self.tokens.lower
        at = mention.end
        copula = False
        while at < min(last, mention.end + 5):
            low = lower[at]
            if low in self.words.copulas:
                copula = True
            elif copula and low in {"a", "an", "the"}:
                yield from self._phrases(at + 1, last)
                return
            elif low not in self.words.auxiliaries:
                break
            at += 1
        if at >= min(last, mention.end + 6) or not self._plain(at):
            return
        closes = at + 1 >= last or not lower[at + 1][0].isalnum() or lower[at + 1] in {"and", "but", "because"}
        if copula and (at in self.loaded or ((self._labels(at) or closes) and not lower[at].endswith(("ed", "ing")))):
            yield at, at + 1
            return
        verb = lower[at] in self.words.verbs or (at in self.loaded and lower[at].endswith(("ed", "s")))
        if verb and not copula and lower[at] not in self.words.group_nouns:
            yield at, at + 1

    def _named_so(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        """As in "called Trump a racist", "labelled the group as terrorists"."""
        lower = self.tokens.lower
        back = mention.head - 1
        if back >= first and lower[back] in self.words.determiners:
            back -= 1
        if back < first or lower[back] not in self.words.naming_verbs:
            return
        at = mention.end
        if at < last and lower[at] == "as":
            at += 1
        if at < last and lower[at] in {"a", "an", "the"}:
            yield from self._phrases(at + 1, last)
        elif at < last and self._plain(at):
            yield from self._phrases(at, min(last, at + 3))
