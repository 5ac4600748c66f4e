"""Attributions → whose they are: spellings of one source brought under one name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framelens.text import Attribution

__all__ = ["source_names"]

_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "we", "i", "you", "that", "one", "this"})
# What may stand before a name: "the narco-terrorist Taliban" is the Taliban, "Mr. Obama" is Obama.
_BEFORE_NAME = re.compile(
    r"\A(?:The\s+|An?\s+|(?!(?:of|in|at|for|from|with|by|on|to|and)\s)[a-z][\w'’-]*,?\s+)+(?=[A-Z])"
)
_TITLE = re.compile(
    r"\A(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof|Gen|Lt|Col)\.?|President|Senator|Governor|Mayor|Secretary)\s+(?=[A-Z])"
)
_OPENING_ARTICLE = re.compile(r"\A(?:The|An?)\s+(?=[a-z])")


def _speaker(text: str, attribution: Attribution) -> str:
    """The source as it is spelt, without a pronoun that stands for nobody certain."""
    who = attribution.speaker or attribution.source
    name = " ".join(who.of(text).split()) if who else ""
    return "" if name.lower() in _PRONOUNS else name


def source_names(text: str, attributions: Sequence[Attribution]) -> list[str]:
    """The name of each attribution's source: its first or, for a surname, its fullest spelling; "" where unnamed."""
    spelt = [_speaker(text, attribution) for attribution in attributions]
    shown = [_OPENING_ARTICLE.sub(lambda m: m[0].lower(), _BEFORE_NAME.sub("", name)) for name in spelt]
    untitled = [_TITLE.sub("", name) for name in shown]
    first: dict[str, str] = {}
    fuller: dict[str, set[str]] = {}
    for name, bare in zip(shown, untitled, strict=True):
        first.setdefault(bare.casefold(), name)
        words = bare.split()
        if len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper():
            fuller.setdefault(words[-1].casefold(), set()).add(bare.casefold())
    keys = [bare.casefold() for bare in untitled]
    return [first[min(fuller[key])] if len(fuller.get(key, ())) == 1 else first[key] for key in keys]
