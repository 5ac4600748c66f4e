"""Which articles were seen before, kept on disk."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from framelens.text import Article

__all__ = ["Duplicate", "Duplicates", "SeenArticles"]

#: Which articles are passed over: those that an outlet printed before, those that any did, or none.
Duplicates = Literal["outlet", "drop", "keep"]

_CACHE_KIB = 16_384


@dataclass(frozen=True, slots=True)
class Duplicate:
    """What an article shares with an earlier one, ``first``; one that is ``kept`` is scored all the same."""

    same: Literal["id", "text"]
    first: str
    kept: bool


class SeenArticles:
    """Remembers ids and texts by 16-byte digests in SQLite, so that memory stays the same for any corpus.

    A run reads its inputs in the same order each time, so the file is made anew and what is kept of two equal
    articles is always the first.
    """

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._rows = sqlite3.connect(path)
        # Nothing here outlives the run: neither journal nor waiting for the disk is needed.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._rows.execute(f"PRAGMA {pragma}")
        self._rows.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()
        self._path.unlink(missing_ok=True)

    def look(self, article: Article, source: str, duplicates: Duplicates) -> tuple[Article, Duplicate | None]:
        """The article, under an id of its own in the run, and what it shares with an earlier one, where it does.

        A `Duplicate` that is ``kept`` is scored all the same: with ``outlet``, what another outlet printed is, and
        what another file calls by the same id.
        """
        whose = article.outlet or ""
        place = article.outlet or source
        scopes = {"outlet": (place, whose), "drop": ("", ""), "keep": ("", "")}[duplicates]
        by_id, by_text = _key("id", scopes[0], article.id), _key("text", scopes[1], article.text)
        anywhere = _key("text", "", article.text)
        found: Duplicate | None = None
        for key, kind in ((by_id, "id"), (by_text, "text"), (anywhere, "text")):
            earlier = self._get(key)
            if earlier is not None:
                kept = duplicates == "keep" or key not in {by_id, by_text}
                found = Duplicate("id" if kind == "id" else "text", earlier, kept)
                break
        if found is not None and not found.kept:
            return article, found
        own = self._free_id(article.id, place)
        renamed = article if own == article.id else replace(article, id=own)
        for key in (by_id, by_text, anywhere, _key("used", "", own)):
            self._put(key, own)
        if found is None and own != article.id:
            found = Duplicate("id", article.id, kept=True)
        return renamed, found

    def _free_id(self, id_: str, place: str) -> str:
        """The id itself where no earlier article has it, else with its outlet or file in front, and a number."""
        if self._get(_key("used", "", id_)) is None:
            return id_
        own, number = f"{place}#{id_}", 2
        while self._get(_key("used", "", own)) is not None:
            own, number = f"{place}#{id_}~{number}", number + 1
        return own

    def _get(self, key: bytes) -> str | None:
        row = self._rows.execute("SELECT id FROM seen WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _put(self, key: bytes, id_: str) -> None:
        try:
            self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, id_))
        except sqlite3.OperationalError as error:  # what SQLite says of a full disk
            raise OSError(errno.ENOSPC, f"cannot be written: {error}", str(self._path)) from error


def _key(kind: str, scope: str, value: str) -> bytes:
    return blake2b(f"{scope}\0{value}".encode(), digest_size=16, person=kind.encode()).digest()
