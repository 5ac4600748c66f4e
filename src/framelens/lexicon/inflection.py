"""Regular English inflection of lexicon forms, and their hyphen and spacing variants."""

from __future__ import annotations

import re
from collections.abc import Iterable

from framelens.lexicon.entries import Inflection

__all__ = ["spelling_variants", "surface_forms"]

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
# One stressed syllable ending consonant-vowel-consonant doubles its last letter: slam, slammed.
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
# Longer verbs that double all the same, their last syllable being stressed or compound.
_DOUBLING_ENDINGS = (
    "backstab", "defer", "expel", "propel", "regret", "rebut", "submit", "commit", "kneecap", "handicap",
)  # fmt: skip


def _s_form(word: str) -> str:
    if _SIBILANT.search(word):
        return word + "es"
    return word[:-1] + "ies" if _CONSONANT_Y.search(word) else word + "s"


def _stem(word: str, suffix: str) -> str:
    """The word before -ed, -ing, -er or -est."""
    if word.endswith("e") and not (suffix == "ing" and word.endswith(("ee", "ye", "oe"))):
        return word[:-1]
    if suffix != "ing" and _CONSONANT_Y.search(word):
        return word[:-1] + "i"
    if _DOUBLING.match(word) or word.endswith(_DOUBLING_ENDINGS):
        return word + word[-1]
    return word


def _inflected(form: str, inflect: Inflection) -> Iterable[str]:
    yield form
    if inflect == "noun":
        head, last = _split(form, -1)
        yield head + (last[:-3] + "men" if last.endswith("man") else _s_form(last))
    elif inflect == "verb":
        first, rest = _split(form, 0)
        yield _s_form(first) + rest
        yield from (_stem(first, suffix) + suffix + rest for suffix in ("ed", "ing"))
    elif inflect == "adjective" and " " not in form and (len(form) <= 5 or form.endswith("y")):
        yield from (_stem(form, suffix) + suffix for suffix in ("er", "est"))


def _split(form: str, side: int) -> tuple[str, str]:
    """A form cut at its last (-1) or first (0) space, the space staying with the longer part."""
    if side == 0:
        head, space, tail = form.partition(" ")
        return head, space + tail
    head, space, tail = form.rpartition(" ")
    return head + space, tail


def surface_forms(forms: Iterable[str], inflect: Inflection) -> tuple[str, ...]:
    """All inflected forms in lower case, without spelling variants, each once and in a stable order."""
    return tuple(dict.fromkeys(w.lower() for form in forms for w in _inflected(form, inflect)))


def spelling_variants(form: str) -> tuple[str, ...]:
    """A form with its hyphens also spaced and closed up, and its spaces also hyphenated.

    >>> spelling_variants("narco-terrorist")
    ('narco-terrorist', 'narco terrorist', 'narcoterrorist')
    >>> spelling_variants("far right")
    ('far right', 'far-right')
    """
    variants = [form]
    if "-" in form.strip("-*"):
        variants.append(form.replace("-", " "))
        # Closing up a form of several words ("so-called-experts") would make nonsense, and so would a slot.
        if form.count("-") == 1 and " " not in form and "*" not in form:
            variants.append(form.replace("-", ""))
    if " " in form and "*" not in form:
        variants.append(form.replace(" ", "-"))
    return tuple(dict.fromkeys(variants))
