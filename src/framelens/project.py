"""A project's own settings: ``framelens.toml``, or ``[tool.framelens]`` in ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from framelens.errors import LexiconError

__all__ = ["ProjectSettings", "project_settings"]

_KEYS = ("entries", "categories", "phrases")


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """What a project adds to and leaves out of the lexicons."""

    lexicons: tuple[Path, ...] = ()
    ignore: tuple[str, ...] = ()


def project_settings(folder: Path) -> ProjectSettings:
    """The settings of the nearest project file in ``folder`` or above; empty where there is none.

    Example::

        lexicons = ["house-style.toml"]
        [ignore]
        entries = ["regime"]
        categories = ["puffery"]
        phrases = ["world-class"]

    Raises `LexiconError` that names the file and what is allowed.
    """
    for place in (folder, *folder.parents):
        own = place / "framelens.toml"
        if own.is_file():
            return _settings(own, _toml(own))
        pyproject = place / "pyproject.toml"
        if pyproject.is_file():
            table = _toml(pyproject).get("tool", {})
            if isinstance(table, dict) and isinstance(table.get("framelens"), dict):
                return _settings(pyproject, table["framelens"])
    return ProjectSettings()


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: {error}") from error


def _strings(path: Path, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise LexiconError(f"{path}: '{name}' must be a list of strings")
    return tuple(value)


def _settings(path: Path, table: Mapping[str, object]) -> ProjectSettings:
    for key in table:
        if key not in {"lexicons", "ignore"}:
            raise LexiconError(f"{path}: unknown key '{key}' (allowed: lexicons, ignore)")
    ignore = table.get("ignore", {})
    if not isinstance(ignore, dict) or not set(ignore) <= set(_KEYS):
        raise LexiconError(f"{path}: [ignore] may hold {', '.join(_KEYS)}")
    lexicons = _strings(path, "lexicons", table.get("lexicons", []))
    names = (name for key in _KEYS for name in _strings(path, key, ignore.get(key, [])))
    return ProjectSettings(tuple(path.parent / name for name in lexicons), tuple(names))
