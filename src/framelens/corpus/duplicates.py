"""Which articles were seen before, kept on disk."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from framelens.text import Article

__all__ = ["SeenArticles"]

_CACHE_KIB = 16_384


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

    def duplicate_of(self, article: Article) -> tuple[Literal["id", "text"], str] | None:
        """What an article shares with an earlier one, and that one's id; None for the first of its kind."""
        by_id = blake2b(article.id.encode(), digest_size=16, person=b"id").digest()
        by_text = blake2b(article.text.encode(), digest_size=16, person=b"text").digest()
        for key, kind in ((by_id, "id"), (by_text, "text")):
            row = self._rows.execute("SELECT id FROM seen WHERE key = ?", (key,)).fetchone()
            if row is not None:
                return ("id" if kind == "id" else "text"), row[0]
        self._rows.executemany("INSERT INTO seen VALUES (?, ?)", ((by_id, article.id), (by_text, article.id)))
        return None
