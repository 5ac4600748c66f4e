"""From what was read to an article of prose: what is mended on the way stands on record."""

from __future__ import annotations

import dataclasses
import re
from typing import Literal

from framelens.errors import InputError
from framelens.inputs import fragment, markdown
from framelens.inputs.addresses import strip_addresses
from framelens.inputs.dates import read_date
from framelens.inputs.language import language_of
from framelens.inputs.mojibake import mend_letters
from framelens.inputs.options import ReadOptions
from framelens.inputs.records import ScoredArticle
from framelens.text import Article

__all__ = ["Markup", "mend", "mend_text"]

#: What a text may be written in: nothing said, Markdown, or nothing any more, for a parser took it out.
Markup = Literal["unknown", "markdown", "parsed"]

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, spaces of no width, stray byte order marks
_WORD = re.compile(r"\w")


def mend_text(text: str, markup: Markup = "unknown") -> tuple[str, list[str]]:
    """A text as prose, and what was mended in it."""
    repairs: list[str] = []

    def changed(mended: str, what: str) -> str:
        if mended != text and what not in repairs:
            repairs.append(what)
        return mended

    if markup == "markdown" or (markup == "unknown" and markdown.has_markdown(text)):
        body = markdown.front_matter(text)[1]
        text = changed(markdown.strip_markdown(body, lists=markup == "markdown"), "Markdown")
    elif markup == "unknown":
        text = changed(markdown.strip_emphasis(text), "Markdown")
    if markup != "parsed" and fragment.has_tags(text):
        text = changed(fragment.strip_tags(text), "HTML tags")
    plain = fragment.unescape(text)
    escaped = plain != text
    text = changed(plain, "HTML entities")
    if escaped and markup != "parsed" and fragment.has_tags(text):
        text = changed(fragment.strip_tags(text), "HTML tags")
    mended, lost = mend_letters(text)
    text = changed(mended, "letters of a wrong encoding")
    text = changed(_INVISIBLE.sub("", text), "invisible letters")
    text = changed(strip_addresses(text), "addresses")
    return text, [*repairs, *([f"{lost} letters are lost (U+FFFD)"] if lost else [])]


def mend(article: Article, options: ReadOptions, markup: Markup = "unknown") -> Article:
    """An article as it is scored; raises `InputError` where it holds no text.

    A report of framelens' own is left alone, for its offsets hold for its text.
    """
    if isinstance(article, ScoredArticle):
        return article
    repairs = list(article.repairs)
    text, title, outlet = article.text, article.title, article.outlet
    if not options.raw:
        text, more = mend_text(text, markup)
        repairs += more
        title, outlet = (value and " ".join(mend_text(value, markup)[0].split()) for value in (title, outlet))
    if _WORD.search(text) is None:
        raise InputError("holds no text")
    published = article.published and read_date(article.published, day_first=options.day_first)
    if article.published and published is None:
        repairs.append(f"date not read: {article.published[:60]}")
    given = dict(options.columns)
    return dataclasses.replace(
        article,
        text=text,
        title=title or None,
        outlet=outlet or given.get("outlet"),
        published=published,
        repairs=tuple(repairs),
        language=language_of(text),
    )
