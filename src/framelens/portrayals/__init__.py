"""Article → who is called what, in whose voice."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from framelens.document import Document, Span
from framelens.matcher import TermMatch
from framelens.portrayals.entities import Entity, Mention, find_entities
from framelens.portrayals.labels import Rules
from framelens.portrayals.words import Words, portrayal_words
from framelens.report import Portrayal, PortrayalLabel
from framelens.voice.tokens import Tokens, tokenise

__all__ = ["portray"]

# How many sentences back the entity may stand that "the terrorist group" means.
_REACH = 2


def portray(document: Document, matches: Sequence[TermMatch] = ()) -> tuple[Portrayal, ...]:
    """The labels, epithets and verbs attached to each entity; entities with none are left out.

    Entities with many labels come first. ``matches`` are the article's loaded terms: they tell a judging word
    where no rule of grammar does.
    """
    tokens, words = tokenise(document.text), portrayal_words()
    mentions = find_entities(document, tokens, words)
    loaded = _tokens_in(tokens, [match.span for match in matches])
    mentioned = frozenset(at for mention in mentions for at in range(mention.head, mention.end))
    rules = Rules(tokens, words, loaded, mentioned)
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


def _tokens_in(tokens: Tokens, spans: Sequence[Span]) -> frozenset[int]:
    found: set[int] = set()
    for span in spans:
        at = bisect_left(tokens.starts, span.start)
        while at < len(tokens) and tokens.starts[at] < span.end:
            found.add(at)
            at += 1
    return frozenset(found)


def _attached(
    document: Document, mentions: Sequence[Mention], rules: Rules
) -> Iterator[tuple[Entity, tuple[int, int]]]:
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    recent: list[list[Mention]] = []
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        first, last = rules.tokens.first_at(sentence.span.start), rules.tokens.first_at(sentence.span.end)
        here = by_sentence.get(sentence.index, [])
        for mention in here:
            for found in rules.of(mention, first, last):
                yield mention.entity, found
        for start, end in _definite_labels(rules, first, last):
            before = [mention for mention in here if mention.end <= start]
            entity = _meant([*recent[-_REACH:], before], person=rules.tokens.lower[end - 1] in rules.words.person_nouns)
            if entity is not None:
                yield entity, (start, end)
        recent = [*recent[-_REACH:], here]


def _definite_labels(rules: Rules, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Phrases like "the terrorist group" that name nobody and so mean somebody already named."""
    lower, words = rules.tokens.lower, rules.words
    nouns, plurals, verdicts = words.label_nouns, _plurals(words), _verdicts(words)
    for at in range(first, last):
        if lower[at] not in {"the", "this", "these"}:
            continue
        end = at + 1
        while end < min(last, at + 5) and rules.tokens.words[end][0].islower() and lower[end] not in words.function:
            if end in rules.mentioned or (lower[end - 1] in nouns and lower[end] not in nouns):
                break
            end += 1
        alone = not (end < last and (lower[end] == "of" or end in rules.mentioned))
        if end - 1 > at and lower[end - 1] in nouns and lower[end - 1] not in plurals and alone:
            judged = end - at > 2 or end - 1 in rules.loaded or lower[end - 1] in verdicts
            if judged:
                yield at + 1, end


@cache
def _plurals(words: Words) -> frozenset[str]:
    """Nouns for several people: which of them "the invaders" means no rule tells."""
    return frozenset(noun for noun in words.group_nouns if noun.endswith("s"))


@cache
def _verdicts(words: Words) -> frozenset[str]:
    """Nouns that judge by themselves, so that "the dictator" is a label and "the group" only a name."""
    plain = {"group", "organization", "organisation", "movement", "network", "leader", "politician", "machine"}
    return words.label_nouns - plain - {"faction", "star", "veteran"}


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
