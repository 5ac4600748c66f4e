"""Article → who is called what, in whose voice."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from framelens.portrayals.entities import Entity, Mention, find_entities
from framelens.portrayals.labels import Rules
from framelens.portrayals.phrases import MARKS, Phrases, Range
from framelens.portrayals.words import Words, portrayal_words
from framelens.text import Document, Portrayal, PortrayalLabel, Span, TermMatch, Tokens, word_set

__all__ = ["portray"]

# How many sentences back the entity may stand that "the terrorist group" means.
_REACH = 2
# Nouns by which nobody in particular is meant ("the progressive left"), or no person ("the fraud").
_SIDES = word_set(
    "left right liberal conservative progressive moderate criminal critic star fraud establishment machine lobby"
)
# "The group" alone says nothing about it.
_NAMES_ONLY = word_set(
    "group organization organisation movement network leader politician lawmaker activist veteran faction star cleric "
    "businessman businesswoman celebrity scholar pundit preacher ally insider advocate champion outfit army militia"
)


def portray(document: Document, matches: Sequence[TermMatch] = ()) -> tuple[Portrayal, ...]:
    """The labels, epithets and verbs attached to each entity; entities with none are left out.

    Entities with many labels come first. ``matches`` are the article's loaded terms: they tell a judging word
    where no rule of grammar does.
    """
    tokens, words = document.tokens, portrayal_words()
    mentions = find_entities(document, tokens, words)
    loaded = _tokens_in(tokens, [match.span for match in matches])
    mentioned = frozenset(at for mention in mentions for at in range(mention.head, mention.end))
    rules = Rules(Phrases(tokens, words, loaded, mentioned))
    labels: dict[int, dict[Span, PortrayalLabel]] = defaultdict(dict)
    entities: dict[int, Entity] = {}
    for entity, (start, end) in _attached(document, mentions, rules):
        span = _trimmed(document.text, Span(tokens.starts[start], tokens.ends[end - 1]))
        entities[id(entity)] = entity
        labels[id(entity)][span] = PortrayalLabel(span.of(document.text), span, document.voice_of(span))
    portrayals = [
        Portrayal(entities[key].name, entities[key].mentions, tuple(found[span] for span in sorted(found)))
        for key, found in labels.items()
    ]
    return tuple(sorted(portrayals, key=lambda p: (-len(p.labels), -p.mentions, p.entity)))


def _tokens_in(tokens: Tokens, spans: Sequence[Span]) -> dict[int, Range]:
    """Each token inside one of the spans, with the first and the end token of its span."""
    found: dict[int, Range] = {}
    for span in spans:
        start, end = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
        found |= dict.fromkeys(range(start, end), (start, end))
    return found


def _attached(document: Document, mentions: Sequence[Mention], rules: Rules) -> Iterator[tuple[Entity, Range]]:
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    recent: list[list[Mention]] = []
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        first, last = (
            rules.phrases.tokens.first_at(sentence.span.start),
            rules.phrases.tokens.first_at(sentence.span.end),
        )
        here = by_sentence.get(sentence.index, [])
        for mention in here:
            for found in rules.of(mention, first, last):
                yield mention.entity, found
        for start, end in _definite_labels(rules, first, last):
            before = [mention for mention in here if mention.end <= start]
            entity = _meant(
                [*recent[-_REACH:], before],
                person=rules.phrases.tokens.lower[end - 1] in rules.phrases.words.person_nouns,
            )
            if entity is not None:
                yield entity, (start, end)
        recent = [*recent[-_REACH:], here]


def _definite_labels(rules: Rules, first: int, last: int) -> Iterator[Range]:
    """Phrases like "the terrorist group" that name nobody and so mean somebody already named."""
    phrases = rules.phrases
    tokens, words = phrases.tokens, phrases.words
    lower, nouns = tokens.lower, words.label_nouns
    for at in range(first, last):
        if lower[at] not in {"the", "this"} or (at > first and lower[at - 1] in {"and", "or", "of"}):
            continue
        end = at + 1
        while end < min(last, at + 5) and phrases.plain(end):
            if lower[end - 1] in nouns and lower[end] not in nouns:
                break
            end += 1
        if end - 1 > at and lower[end - 1] in nouns - _plurals(words) - _SIDES and _stands_alone(phrases, end, last):
            described = end - at > 2 and not any(word in words.unfit for word in lower[at + 1 : end])
            judged = described or end - 1 in phrases.loaded or lower[end - 1] in _verdicts(words)
            if judged:
                yield at + 1, end


def _stands_alone(phrases: Phrases, end: int, last: int) -> bool:
    """Whether a noun phrase ends here: no noun, no "of" and no name of its own follows."""
    if end >= last:
        return True
    lower = phrases.tokens.lower
    low = lower[end]
    if (
        low == "of"
        or end in phrases.mentioned
        or (low == "," and end + 1 < last and (end + 1 in phrases.mentioned or lower[end + 1] in MARKS))
    ):
        return False
    if low in _SIDES:
        return False
    verb = low in phrases.words.verbs or low in phrases.words.irregular or low.endswith(("ed", "s", "ly"))
    return verb or not phrases.plain(end)


@cache
def _plurals(words: Words) -> frozenset[str]:
    """Nouns for several people: which of them "the invaders" means no rule tells."""
    return frozenset(noun for noun in words.group_nouns if noun.endswith("s"))


@cache
def _verdicts(words: Words) -> frozenset[str]:
    """Nouns that judge by themselves, so that "the dictator" is a label and "the group" only a name."""
    return words.label_nouns - _NAMES_ONLY


def _meant(sentences: Sequence[Sequence[Mention]], *, person: bool) -> Entity | None:
    """The entity that a definite label stands for: the first-named of the nearest sentence that fits by kind."""
    wanted = {"person", "group"} if person else {"group"}
    for sentence in reversed(sentences):
        exact = [m.entity for m in sentence if m.entity.kind == ("person" if person else "group")]
        fitting = exact or [m.entity for m in sentence if m.entity.kind in wanted]
        if fitting:
            return fitting[0]
    return None


def _trimmed(text: str, span: Span) -> Span:
    """The span without quotation marks at its ends."""
    words = span.of(text)
    left = len(words) - len(words.lstrip("\"“”'‘’`"))
    right = len(words) - len(words.rstrip("\"“”'‘’`"))
    return Span(span.start + left, max(span.start + left, span.end - right))
