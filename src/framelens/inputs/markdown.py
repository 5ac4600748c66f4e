"""Markdown as prose: no addresses, code or front matter, and block quotations in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from framelens.inputs.fragment import quoted

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["front_matter", "has_markdown", "strip_emphasis", "strip_markdown"]

_FRONT = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|$)", re.DOTALL)
_FRONT_LINE = re.compile(r"^(\w[\w .-]*?)\s*[:=]\s*(\S.*?)\s*$", re.MULTILINE)
# Signs that nobody writes into plain prose by chance.
_BLOCK_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|(?:```|~~~)[\w-]*\s*$|>[ \t]+\S)", re.MULTILINE)
_SIGN = re.compile(r"[*_`~]|\]\s*[(\[:]")  # without any of these the search for signs, which takes long, is idle
_INLINE_SIGNS = re.compile(
    r"!?\[[^\[\]\n]*\]\(\s*<?[^()\s]+|\*\*(?=\S)[^*\n]+\*\*|(?<!\w)__(?=\S)[^_\n]+__(?!\w)|(?<!`)`[^`\n]+`(?!`)"
    r"|(?<![\w*])\*(?=[^\s*])[^*\n]*[^\s*]\*(?![\w*])|(?<![\w_])_(?=[^\s_])[^_\n]*[^\s_]_(?![\w_])"
    r"|~~(?=\S)[^~\n]+~~|^\s{0,3}\[[^\]\n]+\]:\s+\S+$|\[[^\[\]\n]+\]\[[^\[\]\n]*\]",
    re.MULTILINE,
)


@cache
def _parser(*, lists: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt

    # An indented paragraph is prose more often than code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
    return parser if lists else parser.disable("list")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The simple fields of a text's front matter, and the text without it."""
    found = _FRONT.match(text)
    if found is None or _FRONT_LINE.match(found[2].lstrip()) is None:
        return {}, text
    fields = {name.strip().lower(): value.strip("\"'") for name, value in _FRONT_LINE.findall(found[2])}
    return fields, text[found.end() :]


def has_markdown(text: str) -> bool:
    """Whether a text is written in Markdown, by its headings, fences, quoted lines or front matter."""
    return bool(front_matter(text)[0]) or _BLOCK_SIGNS.search(text) is not None


def strip_emphasis(text: str) -> str:
    """A plain text without the links and stress that are marked as in Markdown; its lines stay as they are."""
    if _SIGN.search(text) is None or _INLINE_SIGNS.search(text) is None:
        return text
    return "".join(_inline(line) if _INLINE_SIGNS.search(line) else line for line in text.splitlines(keepends=True))


def _inline(line: str) -> str:
    body = line.strip()
    at = line.index(body)
    tokens = _parser().parseInline(body)[0].children or ()
    return line[:at] + _words(tokens) + line[at + len(body) :]


def strip_markdown(text: str, *, lists: bool = True) -> str:
    """A Markdown text as paragraphs of prose with empty lines between.

    In a text that only looks like Markdown, ``1999.`` at the beginning of a line is a year and no list's number.
    """
    return "\n\n".join(_paragraphs(_parser(lists=lists).parse(text)))


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    quotes = 0
    for token in tokens:
        if token.type == "blockquote_open":
            quotes += 1
        elif token.type == "blockquote_close":
            quotes -= 1
        elif token.type == "inline":
            words = _words(token.children or ()).strip()
            if words:
                yield quoted(words) if quotes else words
        elif token.type == "html_block":
            yield token.content.strip()  # its tags are taken out like those of any text


def _words(tokens: Sequence[Token]) -> str:
    """The words of inline tokens: an image and code have none, a link has its text unless that is an address."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in {"text", "html_inline", "text_special"}:
            pieces.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
    return "".join(pieces)
