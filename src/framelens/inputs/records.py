"""One record with named fields, as an article."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from framelens.errors import InputError
from framelens.inputs.fields import columns_of, is_absent, lookup, plain_name, value_of
from framelens.inputs.html import extract
from framelens.inputs.options import ReadOptions
from framelens.inputs.text import check_text
from framelens.text import Article

__all__ = ["KeptArticle", "ScoredArticle", "record_to_article"]

_REPORT = "framelens/"  # how the schema of a report begins
# How NewsAPI marks what it leaves out of an article.
_CUT = re.compile(r"\s*…?\s*\[\+(\d+) chars\]\s*$")
_REMOVED = "[Removed]"


@dataclasses.dataclass(frozen=True, slots=True)
class ScoredArticle(Article):
    """An article out of a report that framelens wrote, with the report's JSON as ``report``."""

    report: Mapping[str, object] = dataclasses.field(default_factory=dict, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class KeptArticle(Article):
    """An article with the values of further columns of its record, and the names of all of them as ``known``."""

    columns: Mapping[str, str | None] = dataclasses.field(default_factory=dict, compare=False)
    known: tuple[str, ...] = dataclasses.field(default=(), compare=False, repr=False)


def record_to_article(record: Mapping[str, object], default_id: str, options: ReadOptions) -> Article:
    """The article that a record of a table or of JSON holds, its text unaltered; a `ScoredArticle` of a report."""
    about = record.get("article")
    if isinstance(about, Mapping) and str(record.get("schema")).startswith(_REPORT):
        return _scored(record, about, default_id)
    columns = columns_of(record, options)
    record = {**dict(options.columns), **record}
    meta = {
        field: value_of(record, columns.get(field, ()), field)
        for field in ("id", "title", "outlet", "url", "published")
    }
    text, page = _text_or_page(record, columns)
    if page is not None:
        article = extract(check_text(page, "html"), meta["id"] or default_id, options, meta["url"])
        article = dataclasses.replace(
            article,
            title=meta["title"] or article.title,
            outlet=meta["outlet"] or article.outlet,
            url=meta["url"] or article.url,
            published=meta["published"] or article.published,
        )
    else:
        if len(text) > options.max_record_bytes:
            raise InputError(f"text is longer than {options.max_record_bytes:,} characters")
        article = _article(check_text(text, "text"), meta["id"] or default_id, meta)
    if not options.keep:
        return article
    kept = {name: value_of(record, (name,), name) for name in options.keep}
    return KeptArticle(**dataclasses.asdict(article), columns=kept, known=tuple(record))


def _article(text: str, id_: str, meta: Mapping[str, str | None]) -> Article:
    """An article of a record, without the mark of a service that gives only the first words of each."""
    if text.strip() == _REMOVED:
        raise InputError("was removed by its publisher")
    repairs: tuple[str, ...] = ()
    cut = _CUT.search(text)
    if cut is not None:
        text, repairs = text[: cut.start()], (f"cut by its source: {cut[1]} characters are missing",)
    return Article(text, id_, meta["title"], meta["outlet"], meta["url"], meta["published"], repairs)


def _text_or_page(record: Mapping[str, object], columns: Mapping[str, tuple[str, ...]]) -> tuple[str, str | None]:
    """The text of a record, or the HTML that stands there without it; other names than ``text`` come after HTML."""
    texts, pages = columns.get("text", ()), columns.get("html", ())
    sure = [name for name in texts if not pages or plain_name(name) == "text"]
    rest = [name for name in texts if name not in sure]
    values = [(name, lookup(record, name)) for name in (*sure, *pages, *rest)]
    for name, value in values:
        if isinstance(value, str) and not is_absent(value):
            return ("", value) if name in pages else (value, None)
    wrong = next((value for _, value in values if not is_absent(value)), None)
    if wrong is not None:
        raise InputError(f"text is {_kind(wrong)}, not a string")
    empty = any(isinstance(value, str) for _, value in values)
    raise InputError("holds no text" if empty else f"{'text' if texts else 'html'} is missing, not a string")


def _scored(record: Mapping[str, object], about: Mapping[str, object], default_id: str) -> Article:
    """The article of a report, to the letter: its offsets hold for this text alone."""
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError("text of the report is missing")
    known = {name: about.get(name) for name in ("id", "title", "outlet", "url", "published", "language")}
    meta = {name: check_text(value, name) if isinstance(value, str) else None for name, value in known.items()}
    repairs = about.get("repairs")
    return ScoredArticle(
        check_text(text, "text"),
        meta["id"] or default_id,
        meta["title"],
        meta["outlet"],
        meta["url"],
        meta["published"],
        repairs=tuple(map(str, repairs)) if isinstance(repairs, list) else (),
        language=meta["language"],
        report=record,
    )


def _kind(value: object) -> str:
    names = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), f"a {type(value).__name__}")
