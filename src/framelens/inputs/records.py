"""One record with named fields, as an article."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from framelens.errors import InputError
from framelens.inputs.html import extract
from framelens.inputs.options import ReadOptions
from framelens.inputs.text import check_text
from framelens.text import Article

__all__ = ["FIELD_NAMES", "KeptArticle", "ScoredArticle", "column_names", "record_to_article"]

_REPORT = "framelens/"  # how the schema of a report begins
# Columns that the tables of sentences and of terms have, which framelens writes beside that of articles.
_PARTS = {"article", "sentence", "start", "end", "text"}

#: Field → names under which data sets keep it, the likeliest first.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "article_text", "full_text", "fulltext", "maintext", "article", "content", "body"),
    "html": ("html",),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "publication", "source", "source_name", "site", "domain", "source_domain"),
    "url": ("url", "link", "news_link", "source_url"),
    "published": ("published", "published_at", "date_published", "publish_date", "pub_date", "pubdate", "date"),
    "id": ("id", "article_id", "uuid", "guid", "_id"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class ScoredArticle(Article):
    """An article out of a report that framelens wrote, with the report's JSON as ``report``."""

    report: Mapping[str, object] = dataclasses.field(default_factory=dict, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class KeptArticle(Article):
    """An article with the values of further columns of its record, and the names of all of them as ``known``."""

    columns: Mapping[str, str | None] = dataclasses.field(default_factory=dict, compare=False)
    known: tuple[str, ...] = dataclasses.field(default=(), compare=False, repr=False)


def column_names(columns: Iterable[str], options: ReadOptions) -> dict[str, str]:
    """Which column holds which field of an article; raises `InputError` where none holds the text."""
    columns = list(columns)
    if columns and options.text_column is None and _PARTS.issubset(columns):
        raise InputError("is a table of sentences or terms that framelens wrote, not of articles")
    by_lower = {column.strip().lower(): column for column in reversed(columns)}
    names: dict[str, str] = {}
    for field, candidates in FIELD_NAMES.items():
        wanted: str | None = getattr(options, f"{field}_column", None)
        if wanted is not None:
            if wanted not in columns:
                raise InputError(f"has no column {wanted!r}; it has {_listed(columns)}")
            names[field] = wanted
        else:
            found = next((by_lower[name] for name in candidates if name in by_lower), None)
            if found is not None:
                names[field] = found
    names |= {f"keep {column}": column for column in options.keep if column in columns}
    # A page beside its text is only taken where there is no text.
    if "html" in names and (options.text_column or names.get("text", "").lower() == "text"):
        del names["html"]
    if "text" not in names and "html" not in names:
        raise InputError(f"has no text column; it has {_listed(columns)}; name one with --text-column")
    return names


def _listed(columns: Iterable[str]) -> str:
    shown = sorted(columns)
    return (", ".join(repr(c[:40]) for c in shown[:12]) + (" …" if len(shown) > 12 else "")) or "no columns"


def _string(value: object, field: str) -> str | None:
    """A field beside the text: strings, numbers and dates as text, anything else as absent."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, str):
        return check_text(value, field) or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def record_to_article(record: Mapping[str, object], default_id: str, options: ReadOptions) -> Article:
    """The article that a record of a table or of JSON holds, its text unaltered; a `ScoredArticle` of a report."""
    about = record.get("article")
    if isinstance(about, Mapping) and str(record.get("schema")).startswith(_REPORT):
        kept = {name: about[name] for name in Article.__slots__ if name in about}
        plain = dataclasses.replace(options, keep=())
        article = record_to_article({**kept, "text": record.get("text")}, default_id, plain)
        return ScoredArticle(**dataclasses.asdict(article), report=record)
    names = column_names(record, options)
    fields = {field: _string(record.get(names[field]), field) for field in names if field not in {"text", "html"}}
    if "html" in names:
        page = record[names["html"]]
        if not isinstance(page, str):
            raise InputError(f"html is {_kind(page)}, not a string")
        found = extract(check_text(page, "html"), fields.get("id") or default_id, options, fields.get("url"))
        return _keeping(found, {name: fields.get(f"keep {name}") for name in options.keep}, record)
    text = record[names["text"]]
    if not isinstance(text, str):
        raise InputError(f"text is {_kind(text)}, not a string")
    if len(text) > options.max_record_bytes:
        raise InputError(f"text is longer than {options.max_record_bytes:,} characters")
    article = Article(
        check_text(text, "text"),
        id=fields.get("id") or default_id,
        title=fields.get("title"),
        outlet=fields.get("outlet"),
        url=fields.get("url"),
        published=fields.get("published"),
    )
    return _keeping(article, {name: fields.get(f"keep {name}") for name in options.keep}, record)


def _keeping(article: Article, columns: Mapping[str, str | None], record: Mapping[str, object]) -> Article:
    if not columns:
        return article
    return KeptArticle(**dataclasses.asdict(article), columns=columns, known=tuple(record))


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    names = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), f"a {type(value).__name__}")
