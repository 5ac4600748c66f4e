"""The word lists that the rules for portrayals read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["OPENING_ADJECTIVES", "Words", "portrayal_words"]

# A capitalised word with such an ending that opens a sentence is an adjective rather than a name.
OPENING_ADJECTIVES = ("ing", "ed", "ous", "ful", "less", "ive", "ical", "ible", "able")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``words.toml``, each as a set; ``label_nouns``, ``heads`` and ``unfit`` are unions of them."""

    function: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    starters: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    organization: frozenset[str]
    places: frozenset[str]
    institutions: frozenset[str]
    institution_modifiers: frozenset[str]
    group_nouns: frozenset[str]
    person_nouns: frozenset[str]
    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    copulas: frozenset[str]
    naming_verbs: frozenset[str]
    label_endings: tuple[str, ...]
    neutral: frozenset[str]
    irregular: frozenset[str]
    adjectives: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    events: frozenset[str]
    things: frozenset[str]
    prepositions: frozenset[str]
    demonyms: frozenset[str]
    label_nouns: frozenset[str]
    heads: frozenset[str]
    unfit: frozenset[str]


@cache
def portrayal_words() -> Words:
    """The lists that come with framelens."""
    data = tomllib.loads(files("framelens.portrayals").joinpath("words.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(text.split()) for name, text in data.items() if name not in {"licence", "version"}}
    endings = tuple(sorted(lists.pop("label_endings")))
    lists["label_nouns"] = lists["group_nouns"] | lists["person_nouns"]
    lists["heads"] = lists["label_nouns"] | lists["roles"]
    lists["unfit"] = lists["neutral"] | lists["irregular"]
    return Words(**lists, label_endings=endings)
