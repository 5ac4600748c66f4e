"""Comparison → CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Literal

from framelens.compare.comparison import Comparison
from framelens.compare.rates import Rate
from framelens.text import VOICES

__all__ = ["Table", "csv_text", "rows"]

Table = Literal["groups", "words", "events"]

_FIGURES = {
    "articles", "words", "own_words", "loaded_terms", "loaded_per_1000_words", "editorializing_share", "kind", "voice",
    "text", "z", "event", "article", "title", "published", "frames", "terms",
}  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _rate(name: str, rate: Rate | None) -> dict[str, object]:
    rate = rate or Rate(None)
    return {name: _rounded(rate.value), f"{name}_low": _rounded(rate.low), f"{name}_high": _rounded(rate.high)}


def _heading(comparison: Comparison) -> str:
    """The name of the column of groups; a group called as a figure is told from that figure."""
    return f"by {comparison.by}" if comparison.by in _FIGURES else comparison.by


def _groups(comparison: Comparison) -> Iterator[dict[str, object]]:
    for group in comparison.groups:
        row: dict[str, object] = {
            _heading(comparison): group.name,
            "articles": group.articles,
            "words": group.words,
            "own_words": group.own_words,
            "loaded_terms": group.loaded_terms,
        }
        row |= _rate("loaded_per_1000_words", group.loaded_per_1000_words)
        row |= _rate("quoted_per_1000_words", group.quoted_per_1000_words)
        row |= _rate("editorializing_share", group.editorializing_share)
        for voice in VOICES:
            row |= _rate(f"{voice}_share", group.voice_shares[voice])
        for frame in comparison.frames:
            row |= _rate(f"frame: {frame}", group.frames[frame])
        yield row


def _words(comparison: Comparison) -> Iterator[dict[str, object]]:
    for group in comparison.groups:
        for item in group.distinctive:
            yield {
                _heading(comparison): group.name,
                "kind": item.kind,
                "voice": item.voice,
                "text": item.text,
                "z": _rounded(item.z),
                "log_odds": _rounded(item.log_odds),
                "articles": item.articles,
                "rest_articles": item.rest_articles,
            }


def _events(comparison: Comparison) -> Iterator[dict[str, object]]:
    for number, event in enumerate(comparison.events, 1):
        for article in event.articles:
            yield {
                "event": number,
                _heading(comparison): article.group,
                "article": article.id,
                "title": article.title,
                "published": article.published,
                "words": article.words,
                "loaded_per_1000_words": _rounded(article.loaded_per_1000_words),
                "editorializing_share": _rounded(article.editorializing_share),
                "quoted_share": _rounded(article.quoted_share),
                "frames": " | ".join(article.frames),
                "terms": " | ".join(article.terms),
            }


def rows(comparison: Comparison, table: Table = "groups") -> Iterator[dict[str, object]]:
    """The flat rows of one table."""
    return {"groups": _groups, "words": _words, "events": _events}[table](comparison)


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def csv_text(comparison: Comparison, table: Table = "groups") -> str:
    """One table as CSV with a heading, or an empty text where it has no rows."""
    found = list(rows(comparison, table))
    buffer = io.StringIO()
    if found:
        writer = csv.DictWriter(buffer, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in found)
    return buffer.getvalue()
