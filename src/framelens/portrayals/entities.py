"""The entities of an article: named ones by their capitals, institutions by their nouns; mentions of one are merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from framelens.document import Document
from framelens.portrayals.words import OPENING_ADJECTIVES, Words
from framelens.voice.tokens import Tokens

__all__ = ["Entity", "Mention", "find_entities"]

Kind = Literal["person", "group", "place", "institution"]

_LONGEST_NAME = 7
_TITLE_CASE_SHARE = 0.6


@dataclass(slots=True)
class Entity:
    """What the article talks about under one or several names."""

    name: str
    kind: Kind
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: tokens ``start`` to ``end`` (exclusive) of the article; ``head`` is the first token of its title."""

    start: int
    end: int
    head: int
    sentence: int
    entity: Entity


@dataclass(slots=True)
class _Register:
    """The entities met so far, by every name that stands for them."""

    words: Words
    by_name: dict[str, Entity] = field(default_factory=dict)
    institutions: dict[str, Entity] = field(default_factory=dict)

    def named(self, name: str, *, titled: bool) -> Entity:
        parts = name.split()
        known = self.by_name.get(name)
        if known is None:
            known = Entity(name, self._kind(parts, titled=titled))
            if known.kind == "person":
                known = self._merged(known, parts)
            self.by_name[name] = known
        if titled and known.kind == "group":
            known.kind = "person"
        return known

    def _merged(self, entity: Entity, parts: list[str]) -> Entity:
        """A fuller name takes over the surname's earlier mentions and owns the surname from here on."""
        surname = parts[-1]
        earlier = self.by_name.get(surname)
        if len(parts) > 1 and earlier is not None and earlier.name == surname:
            earlier.name, earlier.kind = entity.name, "person"
            return earlier
        if len(parts) == 1:
            return entity
        self.by_name[surname] = entity
        return entity

    def _kind(self, parts: list[str], *, titled: bool) -> Kind:
        lowered = {part.lower() for part in parts}
        if titled:
            return "person"
        if parts[-1].lower() in self.words.places or parts[0].lower() in self.words.places:
            return "place"
        if len(parts) == 1 or lowered & self.words.organization or lowered & {"of", "the"}:
            return "group"
        return "person"

    def institution(self, noun: str, modifier: str | None, common: str | None) -> Entity:
        """The institution of a noun; one without a nation's name is the last one of that noun."""
        last = self.institutions.get(noun)
        if modifier is None:
            if last is None and noun in {"regime", "junta"}:
                last = self.institutions.get("government")
            if last is None:
                last = Entity(f"{common} {noun}" if common else noun, "institution")
                self.institutions[noun] = last
            return last
        name = f"{modifier} {noun}"
        known = self.by_name.get(name)
        if known is None and last is not None and last.name not in self.by_name:
            last.name = name
            known = last
        elif known is None:
            known = Entity(name, "institution")
        self.by_name[name] = known
        self.institutions[noun] = known
        return known


def find_entities(document: Document, tokens: Tokens, words: Words) -> list[Mention]:
    """The mentions of all entities in order of place; boilerplate has none."""
    bounds = list(_sentences(document, tokens))
    capitals = Counter(w for w in tokens.words if w[:1].isupper())
    lower = frozenset(w for w in tokens.words if w[:1].islower())
    register = _Register(words)
    plain: list[Mention] = []
    headlines: list[tuple[int, int, int]] = []
    for index, first, last in bounds:
        if _title_case(tokens.words[first:last]):
            headlines.append((index, first, last))
            continue
        plain += _in_sentence(_Scan(tokens, words, register, lower, capitals), index, first, last)
    # In a headline every word has a capital, so only names that the text knows are looked for.
    for index, first, last in headlines:
        for at in range(first, last):
            entity = register.by_name.get(tokens.words[at])
            if entity is not None:
                plain.append(Mention(at, at + 1, at, index, entity))
    plain.sort(key=lambda mention: mention.start)
    for mention in plain:
        mention.entity.mentions += 1
    return plain


def _sentences(document: Document, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    for sentence in document.sentences:
        if sentence.part != "boilerplate":
            yield sentence.index, tokens.first_at(sentence.span.start), tokens.first_at(sentence.span.end)


def _title_case(sentence: Sequence[str]) -> bool:
    long = [word for word in sentence if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > _TITLE_CASE_SHARE * len(long) + 1


@dataclass(frozen=True, slots=True)
class _Scan:
    tokens: Tokens
    words: Words
    register: _Register
    lower: frozenset[str]
    capitals: Counter[str]

    def is_name(self, at: int, first: int) -> bool:
        word, low = self.tokens.words[at], self.tokens.lower[at]
        if not word[0].isupper() or len(low) < 2 or low in self.words.function or low in self.words.openers:
            return False
        opens = at == first or (at == first + 1 and self.tokens.words[first] in {'"', "“", "'", "‘", "``"})
        if not opens:
            return not (low[-1].islower() and "-" in low and word.rsplit("-", 1)[1][:1].islower())
        known = self.capitals[word] > 1 and low not in self.lower
        follows = at + 1 < len(self.tokens) and self.tokens.words[at + 1][0].isupper()
        adjective = low.endswith((*OPENING_ADJECTIVES, "ly"))
        return (
            low not in self.lower and (known or not adjective) and (known or follows or low not in self.words.neutral)
        )


def _in_sentence(scan: _Scan, index: int, first: int, last: int) -> Iterator[Mention]:
    at = first
    tokens, words = scan.tokens, scan.words
    while at < last:
        low = tokens.lower[at]
        if low in words.institutions and tokens.words[at][0].islower():
            yield _institution(scan, index, first, at)
            at += 1
        elif scan.is_name(at, first):
            end = _name_end(scan, at, first, last)
            begin = at
            for inside in range(at, end - 1):  # "FBI Director James Comey" is James Comey
                if tokens.lower[inside].rstrip(".") in words.titles:
                    begin = inside + 1
            if end - at == 1 and tokens.lower[at].rstrip(".") in words.titles:
                begin = end
            if begin < end and not _modifies(scan, begin, end, last):
                name = " ".join(tokens.words[begin:end])
                titled = begin > at or (at > first and tokens.lower[at - 1].rstrip(".") in words.titles)
                yield Mention(begin, end, at, index, scan.register.named(name, titled=titled))
            at = end
        else:
            at += 1


def _name_end(scan: _Scan, at: int, first: int, last: int) -> int:
    tokens, words = scan.tokens, scan.words
    end = at + 1
    while end < last and end - at < _LONGEST_NAME:
        if scan.is_name(end, first):
            end += 1
        elif (
            tokens.lower[end] in words.particles - {"the"}
            and end + 1 < last
            and scan.is_name(end + 1, first)
            and (tokens.lower[end] != "of" or tokens.lower[end - 1] in words.organization)
        ):
            end += 2
        else:
            break
    return min(end, last)


def _modifies(scan: _Scan, begin: int, end: int, last: int) -> bool:
    """Whether the capitals only say of which nation a following institution is ("Afghan government")."""
    tokens = scan.tokens
    nearby = tokens.lower[end : min(end + 3, last)]
    for word in nearby:
        if word in scan.words.institutions:
            return end - begin == 1
        if word not in scan.words.institution_modifiers:
            break
    return False


def _institution(scan: _Scan, index: int, first: int, at: int) -> Mention:
    tokens, words = scan.tokens, scan.words
    begin, common, nation = at, None, None
    while begin > first and tokens.lower[begin - 1] in words.institution_modifiers and begin > at - 3:
        begin -= 1
        common = tokens.lower[begin]
    before = begin - 1
    if before > first and tokens.lower[before] in {"'s", "’s"}:
        before -= 1
    if before >= first and scan.is_name(before, first):
        begin, nation = before, tokens.words[before]
    return Mention(begin, at + 1, begin, index, scan.register.institution(tokens.lower[at], nation, common))
