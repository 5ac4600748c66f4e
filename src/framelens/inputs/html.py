"""The article of a web page, by trafilatura."""

from __future__ import annotations

import codecs
import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from framelens.errors import InputError, MissingExtraError
from framelens.inputs.options import ReadOptions
from framelens.inputs.pages import link_texts, no_article, parse_page
from framelens.text import Article

if TYPE_CHECKING:
    from trafilatura.settings import Document

__all__ = ["decode_page", "extract", "page_bytes", "read_html"]

# Codecs of Python's own, which no page is written in; punycode takes time that grows with the square of the length.
_NO_CHARSETS = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)

# Without any of these a file is a piece of an article's own markup.
_WHOLE = re.compile(r"<(?:!doctype|html|head|body|article|main|nav|script|title)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<[a-zA-Z]")
# Of 91 news pages the largest held 1,737 elements in .5 MB, and another 1.4 MB. Time grows with the square of either.
_ELEMENTS = 20_000
_BYTES_PER_ELEMENT = 250
# So does time with the square of the attributes of one element.
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000,}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_ATTRIBUTES = 2_000


def page_bytes(stream: io.BufferedReader, limit: int) -> bytes:
    """A page, or `InputError` where it is larger than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is a page of more than {limit:,} bytes; --max-page-bytes raises that limit")
    return data


def _check_size(page: str, limit: int) -> None:
    elements = sum(1 for _ in _ELEMENT.finditer(page))
    most = max(_ELEMENTS, limit // _BYTES_PER_ELEMENT)
    if len(page) > limit:
        raise InputError(f"is a page of more than {limit:,} characters; --max-page-bytes raises that limit")
    if elements > most:
        raise InputError(
            f"is a page of {elements:,} elements, which take long to parse; up to {most:,} are read, and "
            "--max-page-bytes raises that limit with its own"
        )
    for tag in _LONG_TAG.finditer(page):
        script = page.rfind("<script", 0, tag.start())  # whose `a<b` begins no tag
        if script > page.rfind("</script", 0, tag.start()):
            continue
        if len(_QUOTED.sub(" ", tag[0]).replace("/", " ").split()) > _ATTRIBUTES:
            raise InputError(f"is a page with more than {_ATTRIBUTES:,} attributes in one element")


def decode_page(data: bytes, charset: str | None = None) -> str:
    """A page as text: UTF-8 where it is valid, else the charset of its header or of the page, else a guess."""
    declared = _DECLARED.search(data, 0, 4096)
    for name in ("utf-8-sig", charset, declared and declared[1].decode("ascii")):
        try:
            if name and codecs.lookup(name).name not in _NO_CHARSETS:
                return data.decode(name)
        except (LookupError, ValueError):  # ValueError: what cannot be decoded, or a NUL in the name
            continue
    try:
        from trafilatura.utils import detect_encoding
    except ImportError as error:
        raise MissingExtraError("reading HTML", "html", error) from None
    # Not its `decode_file`, which also expands what looks packed, without our limits.
    for name in detect_encoding(data):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def extract(page: str, name: str, options: ReadOptions, url: str | None = None, fewest: int = 20) -> Article:
    """The article of a page: title and paragraphs with empty lines between; `InputError` where the page holds none."""
    _check_size(page, options.max_page_bytes)
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError("reading HTML", "html", error) from None

    if not page.strip():
        raise InputError("is an empty page")
    # What it says of broken pages stands in their rejection; a level that the caller has set stays.
    logger = logging.getLogger("trafilatura")
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.CRITICAL)
    tree = parse_page(page)
    # Of trafilatura's settings the one that found news best: F1 .978 on 91 pages, and .965 without it.
    found = None if tree is None else cast("Document | None", bare_extraction(
        tree, url=url, include_comments=False, with_metadata=True, favor_precision=True
    ))  # fmt: skip
    body = (found.text or "").strip() if found else ""
    title = " ".join((found.title or "").split()) or None if found else None
    paragraphs = [line for line in body.splitlines() if line.strip()]
    if found is None or tree is None or not body:
        raise InputError("holds no article text that could be told from the page around it")
    refusal = no_article(title, paragraphs, link_texts(tree), fewest)
    if refusal is not None:
        raise InputError(refusal)
    if title is not None and paragraphs[0] != title:
        paragraphs.insert(0, title)
    return Article(
        "\n\n".join(paragraphs),
        id=name,
        title=title,
        outlet=found.sitename or found.hostname or None,
        url=url or found.url or None,
        published=found.date or None,
    )


def read_html(name: str, stream: io.BufferedReader, options: ReadOptions, charset: str | None) -> Iterator[Article]:
    """The one article of a page, or of a fragment of one."""
    page = decode_page(page_bytes(stream, options.max_page_bytes), charset)
    if _WHOLE.search(page) is None:  # its tags are taken out like those of any text
        yield Article(page, id=name)
        return
    url = name if name.startswith(("http://", "https://")) else None
    yield extract(page, name, options, url)
