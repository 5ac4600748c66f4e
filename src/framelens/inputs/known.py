"""Columns that somebody named, checked against those that the input has."""

from __future__ import annotations

from collections.abc import Iterable

from framelens.errors import InputError
from framelens.inputs.records import KeptArticle
from framelens.text import Article

__all__ = ["KnownColumns", "UnknownColumnError"]

_EARLY = 200  # articles after which a misspelt column is refused, rather than after all
_MOST = 1000  # names; records may differ, but those of a stream without end may not fill the memory


class UnknownColumnError(InputError):
    """A column was named that no article has."""


class KnownColumns:
    """Meets articles one after another, and refuses columns that none of them has."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = tuple(wanted)
        self._met = 0
        self.known: set[str] = set()

    def meet(self, article: Article) -> None:
        """Take note of an article's columns; raises `UnknownColumnError` where it is clear that a name is misspelt."""
        if isinstance(article, KeptArticle):
            present = {name for name in self._wanted if name in article.known or name.split(".")[0] in article.known}
            self.known |= present if len(self.known) >= _MOST else {*article.known, *present}
        self._met += 1
        if self._met == _EARLY:
            self.check()

    def check(self) -> None:
        """Raise `UnknownColumnError` for a column that was met nowhere."""
        missing = [name for name in self._wanted if name not in self.known]
        if missing and self._met:
            there = ", ".join(sorted(self.known)[:40]) or "none, for the input has no columns"
            raise UnknownColumnError(f"no article has a column {missing[0]!r}; there are {there}")
