"""Words that mirror each other, such as the names of opponents, between which no model may tell."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["counterpart_groups", "stand_ins"]


@cache
def counterpart_groups() -> tuple[tuple[str, ...], ...]:
    """Groups of single words, lower case; no word stands in two of them."""
    data = tomllib.loads((files("framelens") / "counterparts.toml").read_text("utf-8"))
    return tuple(map(tuple, data["groups"]))


@cache
def stand_ins() -> dict[str, str]:
    """Each word of a group to the one word that stands for all of them."""
    return {word: group[0] for group in counterpart_groups() for word in group}
