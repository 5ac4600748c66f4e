"""The entities of an article: named ones by their capitals, institutions by their nouns; mentions of one are merged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from framelens.portrayals.words import OPENING_ADJECTIVES, Words
from framelens.text import Document, Tokens

__all__ = ["Entity", "Mention", "find_entities"]

Kind = Literal["person", "group", "place", "institution"]

_LONGEST_NAME = 7
_SHOUTED = 5  # letters from which a word in capitals is shouted rather than an abbreviation
# Plural endings of parties, nations and creeds: "LGBT Republicans" is no person whose surname is Republicans.
_PEOPLES = ("icans", "crats", "ians", "slims", "ists", "tives", "holics")
_COMPASS = frozenset({"north", "south", "west", "east", "northern", "southern", "western", "eastern", "new"})
_NATION_STARTS = _COMPASS | {"united", "saudi", "sri", "hong"}
_FARTHEST_DETERMINER = 6
_APOSTROPHES = frozenset({"'", "’"})
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
        elif len(parts) > 1 and known.kind == "person":
            self.by_name[parts[-1]] = known  # of two Bushes a bare "Bush" is the one named last
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
        last = parts[-1].lower()
        if last.endswith(_PEOPLES) or parts[0].lower().endswith("ing"):
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
    candidates = [
        at
        for at, word in enumerate(tokens.words)
        if word[0].isupper() or (word in words.institutions and word[0].islower())
    ]
    opening = {first for _, first, _ in bounds}
    capitals = frozenset(tokens.words[at] for at in candidates if at not in opening)
    lower = frozenset(word for word in set(tokens.words) if word[0].islower())
    register = _Register(words)
    plain: list[Mention] = []
    headlines: list[tuple[int, int, int]] = []
    for index, first, last in bounds:
        if _title_case(tokens.words[first:last]):
            headlines.append((index, first, last))
            continue
        scan = _Scan(tokens, words, register, lower, capitals, first, last)
        here = candidates[bisect_left(candidates, first) : bisect_left(candidates, last)]
        plain += _in_sentence(scan, index, here)
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
    for sentence in document.counted():
        yield sentence.index, *tokens.bounds[sentence.index]


def _title_case(sentence: Sequence[str]) -> bool:
    long = [word for word in sentence if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > _TITLE_CASE_SHARE * len(long) + 1


@dataclass(frozen=True, slots=True)
class _Scan:
    """One sentence, tokens ``first`` to ``last``, and what its article tells about capitals."""

    tokens: Tokens
    words: Words
    register: _Register
    lower: frozenset[str]
    capitals: frozenset[str]
    first: int
    last: int

    def name(self, begin: int, end: int) -> str:
        """The name as it is spelt: "George W. Bush"."""
        words, starts, ends = self.tokens.words, self.tokens.starts, self.tokens.ends
        return "".join(
            (" " if at > begin and starts[at] > ends[at - 1] else "") + words[at] for at in range(begin, end)
        )

    def shouted(self, at: int) -> bool:
        """Whether a word stands in capitals and is no abbreviation."""
        return len(self.tokens.words[at]) >= _SHOUTED and self.tokens.words[at].isupper()

    def part_end(self, at: int) -> int:
        """End of the part of a name that begins at a token: a word, an initial, "O'Neil"; ``at`` where none does."""
        tokens = self.tokens
        if len(tokens.words[at]) > 1 or at + 2 >= self.last or not tokens.words[at].isupper():
            return at + 1 if self.is_name(at) else at
        sign, tight = tokens.words[at + 1], tokens.ends[at] == tokens.starts[at + 1]
        if not (tight and tokens.words[at + 2][0].isupper()):
            return at
        if sign in _APOSTROPHES and tokens.ends[at + 1] == tokens.starts[at + 2]:
            return at + 3
        return at + 2 if sign == "." else at

    def is_name(self, at: int) -> bool:
        """Whether a word is capitalised as a name is, and not only for opening its sentence."""
        word, low = self.tokens.words[at], self.tokens.lower[at]
        if not word[0].isupper() or len(low) < 2:
            return False
        follows = at + 1 < self.last and self.tokens.words[at + 1][0].isupper()
        if low in _COMPASS:
            return follows and self.is_name(at + 1)
        if low in self.words.function or low in self.words.openers:
            return False
        first = self.first
        if "-" in low and low[-1].islower() and word.rsplit("-", 1)[1][:1].islower():
            return False  # "Korean-style"
        opens = at == first or (at == first + 1 and self.tokens.words[first] in {'"', "“", "'", "‘", "``"})
        if not opens or low in self.lower or low in self.words.starters:
            return not opens
        return word in self.capitals or (
            not low.endswith((*OPENING_ADJECTIVES, "ly")) and (follows or low not in self.words.neutral)
        )


def _in_sentence(scan: _Scan, index: int, candidates: Sequence[int]) -> Iterator[Mention]:
    tokens, words = scan.tokens, scan.words
    end = scan.first
    for at in candidates:
        if at < end:
            continue
        if tokens.words[at][0].islower():
            institution = _institution(scan, index, at)
            if institution is not None:
                yield institution
            continue
        end = _name_end(scan, at)
        begin = at
        for inside in range(at, end - 1):  # "FBI Director James Comey" is James Comey
            if _is_title(scan, inside):
                begin = inside + 1
        if end - at == 1 and tokens.lower[at].rstrip(".") in words.titles:
            begin = end
        demonym = end - begin == 1 and tokens.lower[begin] in words.demonyms
        if begin < end and not demonym and not _modifies(scan, begin, end):
            titled = begin > at or (at > scan.first and tokens.lower[at - 1].rstrip(".") in words.titles)
            yield Mention(begin, end, at, index, scan.register.named(scan.name(begin, end), titled=titled))


def _is_title(scan: _Scan, at: int) -> bool:
    """Whether a title stands before a person's name: not "Office of Justice Programs", not "Republican Party"."""
    lower, words = scan.tokens.lower, scan.words
    inside = (at > scan.first and lower[at - 1] == "of") or lower[at + 1] in words.organization
    return lower[at].rstrip(".") in words.titles and not inside


def _name_end(scan: _Scan, at: int) -> int:
    """Where the name that begins at a token ends; ``at`` where none begins."""
    tokens, words = scan.tokens, scan.words
    end = scan.part_end(at)
    while at < end < scan.last and end - at < _LONGEST_NAME:
        further = scan.part_end(end)
        if further > end:
            if scan.shouted(end) != scan.shouted(end - 1):
                break
            end = further
        elif (
            tokens.lower[end] in words.particles - {"the"}
            and end + 1 < scan.last
            and scan.is_name(end + 1)
            and (tokens.lower[end] != "of" or tokens.lower[end - 1] in words.organization)
        ):
            end += 2
        else:
            break
    return min(end, scan.last)


def _modifies(scan: _Scan, begin: int, end: int) -> bool:
    """Whether the capitals only say of which nation a following institution is ("Afghan government")."""
    tokens = scan.tokens
    nearby = tokens.lower[end : min(end + 3, scan.last)]
    for word in nearby:
        if word in scan.words.institutions:
            return end - begin == 1
        if word not in scan.words.institution_modifiers:
            break
    return False


def _institution(scan: _Scan, index: int, at: int) -> Mention | None:
    """The mention of "the unity government"; none of "a government", which is any."""
    tokens, words = scan.tokens, scan.words
    begin, common, nation = at, None, None
    while begin > scan.first and tokens.lower[begin - 1] in words.institution_modifiers and begin > at - 3:
        begin -= 1
        common = tokens.lower[begin]
    before = begin - 1
    if before > scan.first and tokens.lower[before] in {"'s", "’s"}:
        before -= 1
    if before >= scan.first and scan.is_name(before):
        begin = before
        while begin > scan.first and tokens.lower[begin - 1] in _NATION_STARTS and tokens.words[begin - 1][0].isupper():
            begin -= 1
        nation = scan.name(begin, before + 1)
    elif not _definite(scan, begin):
        return None
    return Mention(begin, at + 1, begin, index, scan.register.institution(tokens.lower[at], nation, common))


def _definite(scan: _Scan, begin: int) -> bool:
    """Whether a determiner other than "a" stands before an institution, adjectives between them passed over."""
    tokens, words = scan.tokens, scan.words
    for at in range(begin - 1, max(scan.first, begin - _FARTHEST_DETERMINER) - 1, -1):
        low = tokens.lower[at]
        if low in words.determiners:
            return low not in {"a", "an"}
        if low in words.function or not (low[0].isalpha() or low in {",", '"', "“", "‘"}):
            return False
    return False
