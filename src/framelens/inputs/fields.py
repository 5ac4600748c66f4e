"""Which field of a record holds what of an article, by the names that data sets and services use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from framelens.errors import InputError
from framelens.inputs.options import ReadOptions
from framelens.inputs.text import check_text

__all__ = ["FIELD_NAMES", "columns_of", "is_absent", "lookup", "plain_name", "value_of"]

# Columns that the tables of sentences and of terms have, which framelens writes beside that of articles.
_PARTS = {"article", "sentence", "start", "end", "text"}

#: Field → names under which data sets keep it, the likeliest first, without capitals, spaces and marks.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "articletext", "fulltext", "maintext", "articlebody", "storytext", "bodytext", "article", "content",
        "body",
    ),
    "html": ("html",),
    "title": ("title", "headline", "articletitle"),
    "outlet": (
        "outlet", "publisher", "publication", "publicationtitle", "medianame", "sitename", "source", "sourcename",
        "site", "domain", "sourcedomain", "sourcehostname", "hostname",
    ),
    "url": ("url", "link", "newslink", "sourceurl", "articleurl", "permalink", "source"),
    "published": (
        "published", "publishedat", "publishedon", "publisheddate", "datepublished", "publishdate", "datepublish",
        "pubdate", "publicationdate", "date", "datetime", "timestamp",
    ),
    "id": ("id", "articleid", "uuid", "guid", "_id", "storiesid"),
}  # fmt: skip

# What pandas, R and SQL write for a value that is not there.
_ABSENT = frozenset(
    ("", "nan", "NaN", "NAN", "-nan", "-NaN", "NULL", "null", "Null", "None", "NaT",
     "<NA>", "#N/A", "NA", "N/A", "n/a", "\\N")
)  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def plain_name(column: str) -> str:
    """A column's name as it stands in `FIELD_NAMES`."""
    name = column.strip().lower()
    return name if name == "_id" else re.sub(r"[\W_]+", "", name)


def is_absent(value: object) -> bool:
    """Whether a value stands for none."""
    return value is None or value != value or (isinstance(value, str) and value.strip() in _ABSENT)  # noqa: PLR0124


def lookup(record: Mapping[str, object], path: str) -> object:
    """A record's value by a column's name, or by names inside one another with dots between; None where it is not."""
    if path in record:
        return record[path]
    value: object = record
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    return value


def _has(record_columns: list[str], path: str) -> bool:
    return path in record_columns or ("." in path and path.split(".", 1)[0] in record_columns)


def columns_of(columns: Iterable[str], options: ReadOptions) -> dict[str, tuple[str, ...]]:
    """The columns that may hold each field of an article, the likeliest first.

    Raises `InputError` where none can hold the text, or where a column that was named is not there.
    """
    columns = [*columns, *(name for name, _ in options.columns)]
    if columns and options.text_column is None and _PARTS.issubset(columns):
        raise InputError("is a table of sentences or terms that framelens wrote, not of articles")
    by_name: dict[str, list[str]] = {}
    for column in columns:
        by_name.setdefault(plain_name(column), []).append(column)
    found: dict[str, tuple[str, ...]] = {}
    for field, candidates in FIELD_NAMES.items():
        wanted: str | None = getattr(options, f"{field}_column", None)
        if wanted is not None and not _has(columns, wanted):
            raise InputError(f"has no column {wanted!r}; it has {_listed(columns)}")
        names = (wanted,) if wanted else tuple(c for name in candidates for c in by_name.get(name, ()))
        if names:
            found[field] = names
    found |= {f"keep {column}": (column,) for column in options.keep if _has(columns, column)}
    if options.text_column:
        found.pop("html", None)
    if "text" not in found and "html" not in found:
        raise InputError(f"has no text column; it has {_listed(columns)}; name one with --text-column")
    return found


def _listed(columns: Iterable[str]) -> str:
    shown = sorted(columns)
    return (", ".join(repr(c[:40]) for c in shown[:12]) + (" …" if len(shown) > 12 else "")) or "no columns"


def value_of(record: Mapping[str, object], columns: Iterable[str], field: str) -> str | None:
    """The first value among a record's columns that a field can have, as text."""
    return next(_values(record, columns, field), None)


def _values(record: Mapping[str, object], columns: Iterable[str], field: str) -> Iterator[str]:
    for column in columns:
        value = _string(lookup(record, column), field)
        if value is None:
            continue
        address = _ADDRESS.fullmatch(value) is not None
        # A "source" may be an outlet's name or an article's address.
        if not (address and field == "outlet") and (address or field != "url" or plain_name(column) != "source"):
            yield value


def _string(value: object, field: str) -> str | None:
    """A field beside the text: strings, numbers and dates as text, a thing by its name, anything else as absent."""
    if isinstance(value, Mapping):
        named = (value.get(key) for key in ("name", "title", "$date", "$oid"))
        value = next((inner for inner in named if not is_absent(inner) and not isinstance(inner, Mapping)), None)
    if is_absent(value):
        return None
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, str):
        return check_text(value, field).strip() or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))  # what pandas makes of whole numbers beside a missing one
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
