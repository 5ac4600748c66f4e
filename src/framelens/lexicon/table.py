"""A lexicon as a table that people review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from framelens.lexicon.entries import Entry

__all__ = ["markdown_table", "tsv_table"]

_SHOWN = 4  # forms and alternatives of a Markdown row; the entry's file holds them all


def tsv_table(entries: Iterable[Entry]) -> Iterator[str]:
    """A line of names, then a line an entry, tab-separated."""
    yield "id\tcategory\tseverity\tforms\talternatives\tsource"
    for entry in entries:
        forms, alternatives = " | ".join(entry.forms), " | ".join(entry.alternatives)
        yield f"{entry.id}\t{entry.category}\t{entry.severity}\t{forms}\t{alternatives}\t{entry.source}"


def markdown_table(entries: Iterable[Entry]) -> Iterator[str]:
    """A Markdown table by category and id, with the first few forms and alternatives of each entry."""
    yield "| category | entry | severity | forms | alternatives | side |"
    yield "|---|---|---|---|---|---|"
    for entry in sorted(entries, key=lambda e: (e.category, e.id)):
        forms, alternatives = _some(entry.forms), _some(entry.alternatives) or "leave it out"
        yield f"| {entry.category} | {entry.id} | {entry.severity} | {forms} | {alternatives} | {entry.side or ''} |"


def _some(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:_SHOWN]).replace("|", "\\|").replace("*", "\\*")
    return f"{shown} … ({len(words)})" if len(words) > _SHOWN else shown
