"""Tags and entities inside a text: HTML as prose, with the marks of whose words they are."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

__all__ = ["has_tags", "quoted", "strip_tags", "unescape"]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(["code", "iframe", "noscript", "object", "pre", "script", "style", "svg", "template", "textarea"])
_OTHERS = "a abbr acronym b big br button cite del em font i img ins kbd label mark q s small span strike strong sub "
_OTHERS += "sup time tt u var wbr source picture video audio embed input meta link base"
_TAG = re.compile(
    # A quotation mark may hold a `>`; a tag that does not end is no tag.
    r"</?(?:" + "|".join(sorted((*_BLOCKS, *_SILENT, *_OTHERS.split()), key=len, reverse=True)) + r")"
    r"(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?/?>|<!--|<!doctype|<\?xml|<!\[CDATA\[",
    re.IGNORECASE,
)
_EDGES = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("‘‘", "’’"), ("''", "''"), ("``", "''"), ("„", "“"))


def unescape(text: str) -> str:
    """Entities as letters, also where they were escaped twice; `&` and what only looks like an entity stay."""
    for _ in range(3):
        mended = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if mended == text:
            break
        text = mended
    return text


def has_tags(text: str) -> bool:
    """Whether a text holds HTML elements; `<` alone, or a name in angle brackets, is none."""
    return "<" in text and _TAG.search(text) is not None


def quoted(paragraph: str) -> str:
    """A paragraph of somebody else's words in quotation marks, unless it has its own."""
    inner = paragraph.strip()
    if not inner or any(inner.startswith(opening) and closing in inner[1:] for opening, closing in _EDGES):
        return paragraph
    return f"“{inner}”"


class _Prose(HTMLParser):
    """Collects paragraphs; those of a block quotation come in quotation marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self._pieces: list[str] = []
        self._silent: list[str] = []
        self._quotes = 0
        self.blocks = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self._silent:
            if tag in _SILENT:
                self._silent.append(tag)
        elif tag in _BLOCKS:
            self.end_paragraph()
            self.blocks = True
            self._quotes += tag == "blockquote"
        elif tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "q":
            self._pieces.append("“")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<script/>` has no end that would come later.
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS:
            self.end_paragraph()
            self._quotes = max(0, self._quotes - (tag == "blockquote"))
        elif tag == "q":
            self._pieces.append("”")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data)

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data.removeprefix("CDATA[").removesuffix("]"))

    def end_paragraph(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.strip():
            self.paragraphs.append(quoted(text) if self._quotes else text)


def _one_line(paragraph: str) -> str:
    """White space as a browser shows it; an empty line in the source still parts paragraphs."""
    parts = re.split(r"\n\s*\n", paragraph)
    return "\n\n".join(line for part in parts if (line := " ".join(part.split())))


def strip_tags(text: str) -> str:
    """A fragment of HTML as prose, blocks parted by empty lines, without tags, comments, scripts and code."""
    prose = _Prose()
    prose.feed(text)
    prose.close()
    prose.end_paragraph()
    if not prose.blocks:  # only marked words: the lines are the text's own
        return "".join(prose.paragraphs)
    return "\n\n".join(filter(None, map(_one_line, prose.paragraphs)))
