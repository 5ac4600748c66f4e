"""RSS and Atom, by feedparser: each item an article."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from framelens.errors import InputError, MissingExtraError
from framelens.inputs.options import ReadOptions
from framelens.inputs.text import read_limited
from framelens.text import Article

__all__ = ["read_feed"]


def read_feed(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article]:
    """The items of a feed; one that has only a summary says so in its repairs."""
    try:
        feedparser: Any = import_module("feedparser")  # untyped
    except ImportError as error:
        raise MissingExtraError("reading feeds", "feeds", error) from None

    feed = feedparser.parse(io.BytesIO(read_limited(stream, options.max_record_bytes)), sanitize_html=False)
    if not feed.entries and feed.bozo:
        raise InputError(f"is a broken feed: {feed.bozo_exception}")
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        contents = [content.value for content in entry.get("content", ()) if content.get("value")]
        text = max(contents, key=len, default="") or entry.get("summary") or entry.get("title") or ""
        source = entry.get("source") or {}
        yield Article(
            text,
            id=entry.get("id") or entry.get("link") or f"{name}#{number}",
            title=entry.get("title"),
            outlet=source.get("title") or outlet,
            url=entry.get("link"),
            published=entry.get("published") or entry.get("updated"),
            repairs=() if contents else ("a feed's summary, not the whole article",),
        )
