"""The even-handedness battery: how much a score moves where only a name or group in the sentence changes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["entity_words"]


@cache
def _battery() -> dict[str, Any]:
    return tomllib.loads((files("framelens.evaluation") / "even_handedness.toml").read_text("utf-8"))


def entity_words() -> list[list[str]]:
    """Groups of single words, lower case, that mirror each other; a recipe may tie or neutralise their vectors."""
    return [list(group) for group in _battery()["words"]["groups"]]
