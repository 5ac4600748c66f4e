"""How to read, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FORMATS", "Format", "ReadOptions", "Rejected"]

Format = Literal[
    "text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc", "feed", "docx", "rtf", "pdf", "xlsx",
    "mail", "mbox", "zip",
]  # fmt: skip

FORMATS: tuple[Format, ...] = (
    "text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc", "feed", "docx", "rtf", "pdf", "xlsx",
    "mail", "mbox", "zip",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Which columns to read, and the limits that keep a hostile input from taking the machine.

    ``format`` overrides what name and content say, and ``encoding`` what an input declares. A column left as None
    is found by its usual names; ``data.body`` names a field inside another. The values of the columns ``keep`` stay
    with their articles, see `KeptArticle`; ``columns`` holds for every record, as a folder ``outlet=Post`` says.
    Without a ``header`` the columns of a table are called 1, 2, 3 … ``raw`` leaves texts as they were read, and
    ``day_first`` reads 01/02/2024 as the first of February.
    A compressed input may expand to ``max_expansion`` times its size, and a record (a text file, a page, a
    line, a row) may hold ``max_record_bytes``. An HTML page may hold ``max_page_bytes``, and 20,000 elements or one
    for every 250 of these bytes: pages of news stay far below, and the time to parse grows faster than a page.
    ``timeout`` is for a whole download, in seconds.
    """

    format: Format | None = None
    text_column: str | None = None
    title_column: str | None = None
    outlet_column: str | None = None
    url_column: str | None = None
    published_column: str | None = None
    id_column: str | None = None
    keep: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    header: bool = True
    raw: bool = False
    day_first: bool = False
    allow_private: bool = False
    timeout: float = 30.0
    max_record_bytes: int = 20_000_000
    max_page_bytes: int = 5_000_000
    max_expansion: int = 200


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input, or one record of it, that could not be read; ``record`` counts lines or rows from 1."""

    input: str
    record: int | None
    reason: str

    def __str__(self) -> str:
        place = self.input if self.record is None else f"{self.input}, record {self.record}"
        return f"{place}: {self.reason}"
