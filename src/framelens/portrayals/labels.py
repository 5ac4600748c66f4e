"""Which words beside a mention label the entity: epithets, names right after it, appositions, predicates, verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framelens.portrayals.entities import Mention
from framelens.portrayals.phrases import MARKS, Phrases, Range
from framelens.portrayals.words import OPENING_ADJECTIVES
from framelens.text import word_set

__all__ = ["Rules"]

_LONGEST_EPITHET = 5
_APPOSED = frozenset({"a", "an", "the", "one"})
# What follows a verb, but not a noun that looks like one ("U.S. demands in the past").
_OBJECTS = word_set("a an the this that these those his her its their our my your to he she it they we i you him them")
_CLOSING = frozenset({",", ".", ";", ":", "-", "--", "—", "–", "(", ")", "?", "!"})
_AFTER_ADJECTIVE = word_set("and but because in for to")
_FINITE = word_set("is was are were has had have will would can could gave said says")
_BEFORE_VERBS = word_set("to will would can could may might must should shall not")
_PARTICLES = word_set("off out up down back")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules over one article; every method yields token ranges of labels and looks a fixed number of words far."""

    phrases: Phrases

    def of(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        """All labels of a mention within its sentence, tokens ``first`` to ``last``."""
        if self._is_modifier(mention, last):
            yield from self._labels_after(mention, last)
            return
        for found in self._all(mention, first, last):
            verb = self.phrases.tokens.lower[found[0]] in self.phrases.words.verbs
            yield found if verb else self.phrases.whole(found, first, last)

    def _all(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        yield from self._epithets(mention, first)
        lower = self.phrases.tokens.lower
        if mention.entity.kind == "institution" and lower[mention.end - 1] in {"regime", "junta"}:
            yield mention.end - 1, mention.end
        yield from self._title_phrase(mention, first, last)
        yield from self._labels_after(mention, last)
        fronted = self._is_object(mention, first)
        yield from self._appositions(mention, last, fronted=fronted and self._opens_sentence(mention, first))
        if not fronted:
            yield from self._predicates(mention, last)
        yield from self._named_so(mention, first, last)

    def _is_modifier(self, mention: Mention, last: int) -> bool:
        """Whether the name only modifies a noun after it ("Trump supporters"), which then owns the epithets."""
        at, phrases = mention.end, self.phrases
        lower, words = phrases.tokens.lower, phrases.words
        if at >= last or not phrases.plain(at):
            return False
        low = lower[at]
        if low in words.verbs or low in words.auxiliaries or low in words.irregular or low in words.copulas:
            return self._is_noun_here(mention, last)
        if low in words.group_nouns:
            return False
        demonym = lower[at - 1].endswith(("an", "ish", "ese", "ic")) and mention.entity.kind != "institution"
        return demonym or low in words.things or not low.endswith(("ed", "es", "ly"))

    def _is_noun_here(self, mention: Mention, last: int) -> bool:
        """Whether a word that may be a verb or a plural noun is the noun: no object or clause follows it."""
        tokens, at = self.phrases.tokens, mention.end
        if not tokens.lower[at].endswith("s") or tokens.lower[at] in self.phrases.words.auxiliaries | {"was", "has"}:
            return False
        after = at + 1
        if after >= last:
            return True
        follows = tokens.lower[after] in _OBJECTS or tokens.words[after][0].isupper() or tokens.lower[after] in MARKS
        adverb = tokens.lower[after].endswith("ly") or tokens.lower[after] in _PARTICLES
        return not (follows or adverb or self.phrases.plain(after))

    def _epithets(self, mention: Mention, first: int) -> Iterator[Range]:
        """Adjectives and labelling nouns between a determiner and the name, or judging words right before it."""
        lower, phrases = self.phrases.tokens.lower, self.phrases
        found: list[int] = []
        at, marks = mention.head - 1, 0
        while at >= first and len(found) < _LONGEST_EPITHET:
            marks += lower[at] in MARKS
            if lower[at] in MARKS or (lower[at] == "," and found and at - 1 >= first and phrases.plain(at - 1)):
                at -= 1
                continue
            if not (phrases.plain(at) or self._opens(at, first)) or self._governs(at, first):
                break
            found.append(at)
            at -= 1
        # Of "it is 'a circus' Orth said" the determiner lies within the quotation, which then is no epithet.
        determined = at >= first and lower[at] in phrases.words.determiners and marks % 2 == 0
        kept = self._adjectives(found) if determined else self._undetermined(found)
        for start, end in self._joined(sorted(kept)):
            if lower[start:end] != ["former"]:
                yield start, end

    def _adjectives(self, found: list[int]) -> list[int]:
        """From the name leftwards, as long as the words are adjectives; nouns only before a labelling noun."""
        phrases, kept = self.phrases, list[int]()
        lower = phrases.tokens.lower
        for at in found:
            low = lower[at]
            adverb = low.endswith("ly") and bool(kept) and kept[-1] == at + 1
            if self._opens_clause(at):
                break
            participle = low.endswith("ing") and low not in phrases.words.unfit
            compound = bool(kept) and kept[0] == kept[-1] and low not in phrases.words.unfit
            noun = compound and lower[kept[0]] in phrases.words.label_nouns
            if not (phrases.adjectival(at) or adverb or participle or noun):
                break
            kept.append(at)
        return [at for at in kept if lower[at] not in phrases.words.unfit]

    def _opens_clause(self, at: int) -> bool:
        """Whether a participle is a verb with the name as its object: "the lawyer challenging Norda Bank"."""
        words, low = self.phrases.words, self.phrases.tokens.lower[at]
        if not low.endswith(("ed", "ing")) or low in words.adjectives or "-" in low:
            return False
        before = self.phrases.tokens.lower[at - 1] if at else "."
        return not (before in words.determiners or before.endswith("ly"))

    def _undetermined(self, found: list[int]) -> list[int]:
        kept: list[int] = []
        for at in found:  # from the name leftwards, as long as words surely label
            adverb = self.phrases.tokens.lower[at].endswith("ly") and bool(kept)
            if self._has_subject(at) or not (
                self.phrases.labels(at) or adverb or self.phrases.tokens.lower[at] == "former"
            ):
                break
            kept.append(at)
        return kept

    def _has_subject(self, at: int) -> bool:
        """Whether a word is a verb for what stands before it: "to corral Orth", "Orth defeated Dorn"."""
        before = self.phrases.tokens.lower[at - 1] if at else "."
        past = self.phrases.tokens.lower[at].endswith("ed") and at - 1 in self.phrases.mentioned
        words, low = self.phrases.words, self.phrases.tokens.lower[at]
        return past or (before in _BEFORE_VERBS and low not in words.heads and low not in words.adjectives)

    def _governs(self, at: int, first: int) -> bool:
        """Whether a word is the verb of a clause whose object the name is ("the paper branded Orth")."""
        low, words = self.phrases.tokens.lower[at], self.phrases.words
        verb = low in words.naming_verbs or low in words.verbs
        return verb and at > first and self.phrases.tokens.lower[at - 1] not in words.determiners

    def _opens(self, at: int, first: int) -> bool:
        """Whether an adjective has its capital from opening the sentence."""
        fits = self.phrases.tokens.lower[at].endswith(OPENING_ADJECTIVES)
        return at == first and at not in self.phrases.mentioned and fits

    def _joined(self, found: list[int]) -> Iterator[Range]:
        """Each adjective is a label with its adverb; words that end in a noun for a person or group stay one phrase."""
        lower, nouns = self.phrases.tokens.lower, self.phrases.words.heads
        start: int | None = None
        for position, at in enumerate(found):
            begins = position + 1 < len(found) and found[position + 1] == at + 1
            straight = found[-1] - at == len(found) - 1 - position
            if start is None and begins and straight and lower[found[-1]] in nouns:
                start = at
            if start is not None or (lower[at].endswith("ly") and lower[at] not in self.phrases.words.adjectives):
                continue
            adverb = position > 0 and found[position - 1] == at - 1 and lower[at - 1].endswith("ly")
            yield at - adverb, at + 1
        if start is not None:
            yield start, found[-1] + 1

    def _is_object(self, mention: Mention, first: int) -> bool:
        """Whether a preposition stands before the name's phrase, so that the verb after it has another subject."""
        at = mention.head - 1
        while at >= max(first, mention.head - _LONGEST_EPITHET - 1):
            low = self.phrases.tokens.lower[at]
            if low in self.phrases.words.prepositions:
                return True
            if not (self.phrases.plain(at) or low in self.phrases.words.determiners):
                return False
            at -= 1
        return False

    def _opens_sentence(self, mention: Mention, first: int) -> bool:
        """Whether the name stands in a phrase before the sentence's subject ("At the Kremlin, a guard …")."""
        start = next((at for at in range(first, mention.head) if self.phrases.tokens.lower[at] not in MARKS), first)
        opening = self.phrases.tokens.lower[start]
        return "," not in self.phrases.tokens.lower[first : mention.head] and (
            opening in self.phrases.words.prepositions or opening in {"according", "if", "when", "while"}
        )

    def _title_phrase(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        """As in "The embattled mayor, Joe Pike,": the phrase before the comma is a label."""
        lower, phrases = self.phrases.tokens.lower, self.phrases
        end = mention.head - 1
        closed = mention.end >= last or lower[mention.end] in {
            ",",
            ".",
            ";",
            ":",
            "-",
            "--",
            "—",
            "–",
            "(",
            ")",
            "?",
            "!",
        }
        if end <= first or lower[end] != "," or not closed:
            return
        at = end - 1
        while at >= max(first, end - _LONGEST_EPITHET) and phrases.plain(at):
            at -= 1
        fits = phrases.person(end - 1) if mention.entity.kind in {"person", "group"} else phrases.body(end - 1)
        if first <= at < end - 1 and lower[at] in phrases.words.determiners and fits:
            yield at + 1, end

    def _labels_after(self, mention: Mention, last: int) -> Iterator[Range]:
        """As in "Taliban terrorists", "the Assad regime": a noun that labels, right after the name."""
        at, phrases = mention.end, self.phrases
        while at < min(last, mention.end + 3) and phrases.plain(at):
            low = phrases.tokens.lower[at]
            if low in phrases.words.group_nouns:
                yield mention.end, at + 1
                return
            if not (at in phrases.loaded or low.endswith(phrases.words.label_endings)):
                return
            at += 1

    def _appositions(self, mention: Mention, last: int, *, fronted: bool) -> Iterator[Range]:
        """As in "Ismail Khan, a prominent jihadi leader and former governor": each coordinated phrase is a label."""
        lower, phrases, at = self.phrases.tokens.lower, self.phrases, mention.end
        if at + 2 >= last or lower[at] not in {",", "--", "—", "–", "("} or fronted:
            return
        if lower[at + 1] in _APPOSED:
            definite = lower[at + 1] in {"the", "one"}
            for start, end in phrases.coordinated(at + 2, last):
                clause = end < last and lower[end] in _FINITE
                if not clause and self._fits(mention, end - 1, definite=definite):
                    yield start, end
        elif lower[at] != "(" and phrases.plain(at + 1) and at + 1 in phrases.loaded:
            yield from (found for found in phrases.coordinated(at + 1, last) if phrases.says_something(found[1] - 1))

    def _fits(self, mention: Mention, head: int, *, definite: bool) -> bool:
        """Whether a phrase with that head can be what the name is."""
        phrases, kind = self.phrases, mention.entity.kind
        if definite and phrases.tokens.words[head][0].isupper():
            return False  # "Fatima Bhutto, The Guardian"
        if head in phrases.loaded or phrases.body(head) or phrases.person(head):
            return kind != "place" or not phrases.person(head) or head in phrases.loaded
        return not definite and kind != "person" and phrases.says_something(head)

    def _predicates(self, mention: Mention, last: int) -> Iterator[Range]:
        """As in "is a coward", "was corrupt", and judging verbs of which the name is the subject."""
        lower, phrases, at = self.phrases.tokens.lower, self.phrases, mention.end
        copula = False
        while at < min(last, mention.end + 5):
            low = lower[at]
            if low in phrases.words.copulas:
                copula = True
            elif copula and low in {"a", "an", "the"}:
                yield from self._is_a(at, last)
                return
            elif low not in phrases.words.auxiliaries and not (copula and low.endswith("ly") and at + 1 < last):
                break
            at += 1
        if at >= min(last, mention.end + 6) or not phrases.plain(at):
            return
        if copula:
            if self._closes(at, last) and self._judges(at):
                yield at, at + 1
            return
        following = lower[at + 1] if at + 1 < last else "."
        passive = following in {"by", "as", *_PARTICLES} or (lower[at] == "accused" and following == "of")
        inflected = lower[at].endswith(("ed", "s")) and not lower[at].endswith(("ss", "us"))
        verb = lower[at] in phrases.words.verbs or (at in phrases.loaded and inflected)
        if verb and not passive and lower[at] not in phrases.words.group_nouns:
            yield at, at + 1

    def _is_a(self, article: int, last: int) -> Iterator[Range]:
        """The phrases after "is a" that say what somebody is."""
        phrases = self.phrases
        definite = phrases.tokens.lower[article] == "the"
        for start, end in phrases.coordinated(article + 1, last):
            head = end - 1
            known = head in phrases.loaded or phrases.body(head) or phrases.person(head)
            if known or (
                not definite and phrases.says_something(head) and not phrases.tokens.lower[head].endswith("ly")
            ):
                yield start, end

    def _closes(self, at: int, last: int) -> bool:
        lower = self.phrases.tokens.lower
        return at + 1 >= last or not lower[at + 1][0].isalnum() or lower[at + 1] in _AFTER_ADJECTIVE

    def _judges(self, at: int) -> bool:
        low = self.phrases.tokens.lower[at]
        if low in self.phrases.words.unfit or low.endswith("ly"):
            return False
        return at in self.phrases.loaded or (self.phrases.labels(at) and not low.endswith(("ed", "ing")))

    def _named_so(self, mention: Mention, first: int, last: int) -> Iterator[Range]:
        """As in "called Trump a racist", "labelled the group as terrorists"."""
        lower, phrases = self.phrases.tokens.lower, self.phrases
        back = mention.head - 1
        if back >= first and lower[back] in phrases.words.determiners:
            back -= 1
        if back < first or lower[back] not in phrases.words.naming_verbs:
            return
        at = mention.end
        if at < last and lower[at] == "as":
            at += 1
        if at < last and lower[at] in {"a", "an", "the"}:
            yield from phrases.coordinated(at + 1, last)
        elif at < last and phrases.plain(at) and (phrases.labels(at) or phrases.adjectival(at)):
            yield from phrases.coordinated(at, min(last, at + 3))
