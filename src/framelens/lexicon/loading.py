"""TOML → `Lexicon`, refusing anything an editor should mend with its place and what is allowed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

import rtoml

from framelens.errors import LexiconError
from framelens.lexicon.entries import CATEGORIES, Entry, Guards, Inflection, Lexicon, Side, SourceKind, Target
from framelens.lexicon.inflection import surface_forms
from framelens.text import VOICES

__all__ = ["Problem", "builtin_guards", "builtin_lexicon", "check_lexicon", "load_lexicon"]

_HEAD = "lexicon.toml"
_GUARDS = "guards.toml"
_HEAD_KEYS = ("name", "language", "version", "licence")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LIST_KEYS = frozenset({"forms", "voices", "exceptions", "only_with", "alternatives", "hits", "misses"})
_FIELDS = {field.name: field for field in fields(Entry)}
_REQUIRED = tuple(f.name for f in _FIELDS.values() if f.default is MISSING)
_CHOICES: dict[str, tuple[object, ...]] = {
    "inflect": get_args(Inflection),
    "target": get_args(Target),
    "side": get_args(Side),
    "severity": (1, 2, 3),
    "case": (True, False),
    "source_kind": get_args(SourceKind),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor should mend, and where."""

    path: Path
    line: int
    entry: str | None
    message: str

    def __str__(self) -> str:
        who = f" entry '{self.entry}':" if self.entry else ""
        return f"{self.path}:{self.line}:{who} {self.message}"


@dataclass(frozen=True, slots=True)
class _Source:
    """One TOML file: its text, its tables, and the line on which each ``[[entry]]`` begins."""

    path: Path
    text: str
    tables: Mapping[str, object]

    def entries(self) -> list[Mapping[str, object]]:
        raw = self.tables.get("entry", [])
        return [entry for entry in raw if isinstance(entry, dict)] if isinstance(raw, list) else []

    def line(self, index: int) -> int:
        starts = [m.start() for m in re.finditer(r"(?m)^[ \t]*\[\[entry\]\]", self.text)]
        return self.text.count("\n", 0, starts[index]) + 1 if index < len(starts) else 1


def _read(path: Path) -> _Source:
    try:
        text = path.read_text("utf-8")
        return _Source(path, text, rtoml.loads(text))
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except rtoml.TomlParsingError as error:
        raise LexiconError(f"{path}: not TOML: {error}") from error


def _sources(path: Path) -> list[_Source]:
    if not path.is_dir():
        return [_read(path)]
    if not (path / _HEAD).is_file():
        raise LexiconError(f"{path}: a lexicon folder needs a {_HEAD} with a [lexicon] table")
    return [_read(file) for file in sorted(path.glob("*.toml")) if file.name != _GUARDS]


def _value_problem(key: str, value: object) -> str | None:
    if key in _LIST_KEYS:
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            return f"'{key}' must be a list of non-empty strings"
        if key in {"forms", "hits", "misses"} and not value:
            return f"'{key}' must not be empty"
        unknown = [v for v in value if v not in VOICES] if key == "voices" else []
        return f"unknown voice {unknown[0]!r} (allowed: {', '.join(VOICES)})" if unknown else None
    if key in _CHOICES:
        if value not in _CHOICES[key] or isinstance(value, bool) != (key == "case"):
            return f"'{key}' is {value!r} (allowed: {', '.join(map(str, _CHOICES[key]))})"
        return None
    return None if isinstance(value, str) and value.strip() else f"'{key}' must be a non-empty string"


def _entry_messages(raw: Mapping[str, object], categories: tuple[str, ...]) -> Iterator[str]:
    for key in _REQUIRED:
        if key not in raw:
            yield f"'{key}' is missing (required: {', '.join(_REQUIRED)})"
    for key, value in raw.items():
        if key not in _FIELDS:
            yield f"unknown key '{key}' (allowed: {', '.join(_FIELDS)})"
        elif message := _value_problem(key, value):
            yield message
        elif key == "id" and not _ID.fullmatch(str(value)):
            yield "'id' must be lower-case words joined by hyphens"
        elif key == "category" and value not in categories:
            allowed = f"{', '.join(categories)}; a list of your own may name more in [lexicon] categories"
            yield f"unknown category {value!r} (allowed: {allowed})"


def _head_messages(head: object) -> Iterator[str]:
    if not isinstance(head, dict):
        yield f"a [lexicon] table is missing (required: {', '.join(_HEAD_KEYS)})"
        return
    for key in _HEAD_KEYS:
        if not isinstance(head.get(key), str) or not head[key]:
            yield f"[lexicon] '{key}' must be a non-empty string (required: {', '.join(_HEAD_KEYS)})"
    for key in head:
        if key not in (*_HEAD_KEYS, "categories"):
            yield f"[lexicon] unknown key '{key}' (allowed: {', '.join(_HEAD_KEYS)}, categories)"


def _head(sources: list[_Source]) -> tuple[_Source, Mapping[str, object]]:
    source = next((s for s in sources if "lexicon" in s.tables), sources[0])
    head = source.tables.get("lexicon")
    return source, head if isinstance(head, dict) else {}


def _categories(head: Mapping[str, object]) -> tuple[str, ...]:
    own = head.get("categories", [])
    return (*CATEGORIES, *(str(c) for c in own)) if isinstance(own, list) else CATEGORIES


def _problems(sources: list[_Source]) -> Iterator[Problem]:
    source, head = _head(sources)
    for message in _head_messages(source.tables.get("lexicon")):
        yield Problem(source.path, 1, None, message)
    ids: dict[str, str] = {}
    owners: dict[str, str] = {}
    for source in sources:
        for key in source.tables:
            if key not in {"lexicon", "entry"}:
                yield Problem(source.path, 1, None, f"unknown table '{key}' (allowed: lexicon, entry)")
        for index, raw in enumerate(source.entries()):
            name = str(raw.get("id", f"number {index + 1}"))
            messages = list(_entry_messages(raw, _categories(head)))
            if name in ids:
                messages.append(f"the id stands twice (also in {ids[name]})")
            ids[name] = source.path.name
            if not messages:
                messages += _twice(_entry(raw), owners)
            for message in messages:
                yield Problem(source.path, source.line(index), name, message)


def _twice(entry: Entry, owners: dict[str, str]) -> Iterator[str]:
    for form in surface_forms(entry.forms, entry.inflect):
        key = form.replace("-", " ")
        owner = owners.setdefault(key, entry.id)
        if owner != entry.id:
            yield f"the form '{form}' stands also in entry '{owner}'"


def _entry(raw: Mapping[str, object]) -> Entry:
    return Entry(**{k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()})  # type: ignore[arg-type]


def _counterpart_problems(sources: list[_Source]) -> Iterator[Problem]:
    sides = {raw.get("id"): raw.get("side") for s in sources for raw in s.entries()}
    for source in sources:
        for index, raw in enumerate(source.entries()):
            side, other = raw.get("side"), raw.get("counterpart")
            message = None
            if (side is None) != (other is None):
                message = "a partisan entry needs both 'side' and 'counterpart'"
            elif other is not None and sides.get(other) not in ({"left", "right"} - {side}):
                message = f"counterpart {other!r} is not an entry of the other side"
            if message:
                yield Problem(source.path, source.line(index), str(raw.get("id")), message)


def check_lexicon(path: Path | str) -> tuple[Problem, ...]:
    """Everything that is wrong with a lexicon file or folder, in file order; an empty tuple when nothing is.

    Hits and misses are not tried here: `framelens.matcher.check_examples` does that.
    """
    sources = _sources(Path(path))
    return (*_problems(sources), *_counterpart_problems(sources))


def load_lexicon(path: Path | str) -> Lexicon:
    """Read a lexicon file, or a folder of family files with a ``lexicon.toml`` at their head.

    Raises `LexiconError` that lists every problem with path, line, entry and what is allowed.
    """
    sources = _sources(Path(path))
    problems = [*_problems(sources), *_counterpart_problems(sources)]
    if problems:
        shown = [str(problem) for problem in problems[:20]]
        if len(problems) > len(shown):
            shown.append(f"… and {len(problems) - len(shown)} more")
        raise LexiconError("\n".join(shown))
    _, head = _head(sources)
    digest = hashlib.sha256("\0".join(source.text for source in sources).encode()).hexdigest()[:16]
    entries = tuple(_entry(raw) for source in sources for raw in source.entries())
    return Lexicon(**{key: str(head[key]) for key in _HEAD_KEYS}, entries=entries, digest=digest)


def _builtin(language: str) -> Path:
    folder = Path(str(files("framelens.lexicons") / language))
    if not folder.is_dir():
        raise LexiconError(f"no lexicon ships for language {language!r} (there is: en)")
    return folder


@cache
def builtin_lexicon(language: str = "en") -> Lexicon:
    """The lexicon that ships with framelens, read once."""
    return load_lexicon(_builtin(language))


@cache
def builtin_guards(language: str = "en") -> Guards:
    """The guard phrases that ship with framelens, read once."""
    path = _builtin(language) / _GUARDS
    table = _read(path).tables.get("guards", {})
    expected = {field.name for field in fields(Guards)}
    if not isinstance(table, dict) or set(table) != expected:
        raise LexiconError(f"{path}: [guards] must hold exactly {', '.join(sorted(expected))}")
    return Guards(**{key: tuple(phrases) for key, phrases in table.items()})


def category_counts(lexicon: Lexicon) -> Counter[str]:
    """How many entries each category holds."""
    return Counter(entry.category for entry in lexicon.entries)
