"""What a lexicon is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from framelens.text import VOICES, Strength, TermKind, Voice

__all__ = ["CATEGORIES", "KINDS", "Entry", "Guards", "Inflection", "Lexicon", "Side", "SourceKind", "Target"]

CATEGORIES: tuple[str, ...] = (
    "contentious_label",
    "name_calling",
    "partisan_term",
    "dehumanising",
    "loaded_verb",
    "loaded_adjective",
    "loaded_attribution_verb",
    "euphemism",
    "war_metaphor",
    "fear_appeal",
    "puffery",
    "editorializing_adverb",
    "unsupported_attribution",
    "doubt",
    "intensifier",
    "minimiser",
    "outrage_cliche",
)

Inflection = Literal["none", "noun", "verb", "adjective"]
Target = Literal["any", "people"]
Side = Literal["left", "right"]
SourceKind = Literal["dictionary", "style guide", "study", "own judgement"]

#: What kind of wording the entries of a category are; categories of users' own lists are ``noun``.
KINDS: dict[str, TermKind] = {
    "contentious_label": "label",
    "name_calling": "label",
    "partisan_term": "label",
    "dehumanising": "label",
    "loaded_verb": "verb",
    "loaded_adjective": "adjective",
    "loaded_attribution_verb": "verb",
    "euphemism": "euphemism",
    "war_metaphor": "noun",
    "fear_appeal": "noun",
    "puffery": "puffery",
    "editorializing_adverb": "adverb",
    "unsupported_attribution": "weasel",
    "doubt": "doubt",
    "intensifier": "intensifier",
    "minimiser": "euphemism",
    "outrage_cliche": "noun",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One judgement about wording, with the evidence for it.

    ``forms`` are base forms as an editor writes them; `surface_forms` gives what is searched. An entry counts
    in its ``voices`` only; with ``target`` ``people`` it counts only for a person or group, not for an act, a
    charge or a name. Inside one of its ``exceptions`` it is excused, and with ``only_with`` it counts only in a
    sentence that holds one of those phrases. ``side`` is the political side whose preferred wording it is, and
    ``counterpart`` the id of the other side's. Each of ``alternatives`` can stand in the place of the form as it is,
    inflected as the form is; what cannot is ``advice``. ``source_kind`` says what the source is.
    """

    id: str
    forms: tuple[str, ...]
    category: str
    alternatives: tuple[str, ...]
    note: str
    source: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    inflect: Inflection = "none"
    severity: Strength = 2
    voices: tuple[Voice, ...] = VOICES
    target: Target = "any"
    exceptions: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    case: bool = False
    side: Side | None = None
    counterpart: str | None = None
    advice: str = ""
    source_kind: SourceKind = "own judgement"

    @property
    def kind(self) -> TermKind:
        """What kind of wording it is."""
        return KINDS.get(self.category, "noun")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A named, versioned list of entries; ``digest`` identifies the bytes it was read from."""

    name: str
    language: str
    version: str
    licence: str
    entries: tuple[Entry, ...]
    digest: str

    def find(self, words: str) -> Entry | None:
        """The entry with this id, or the first one with this form."""
        from framelens.lexicon.inflection import surface_forms

        wanted = words.casefold()
        for entry in self.entries:
            if entry.id == wanted:
                return entry
        for entry in self.entries:
            if wanted in surface_forms(entry.forms, entry.inflect):
                return entry
        return None


@dataclass(frozen=True, slots=True)
class Guards:
    """The phrases of a language by which the matcher excuses a form whatever its entry."""

    acts: tuple[str, ...]
    charges: tuple[str, ...]
    designations: tuple[str, ...]
    mentions: tuple[str, ...]
    denials: tuple[str, ...]
