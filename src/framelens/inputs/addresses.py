"""Addresses and paths in running text, which hold words that nobody wrote as such."""

from __future__ import annotations

import re

__all__ = ["strip_addresses"]

_STOP = r"[^\s<>\"“”«»]"
_END = r"(?<![.,;:!?'’)\]}])"  # punctuation behind an address is the sentence's
_ADDRESS = re.compile(
    rf"\b(?:https?|ftp|file)://(?:{_STOP}*_\([^\s()]*\)|{_STOP}+{_END})"  # an encyclopedia's end in brackets
    rf"|(?:\bwww\.{_STOP}+\.{_STOP}+"
    rf"|\b(?:[\w-]+\.)+[a-z]{{2,10}}/{_STOP}*[\w/=&-]"  # ex.org/news
    r"|\b[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b"
    rf"|(?<![\w/.)])[~.]{{0,2}}/[\w.%+-]+(?:/[\w.%+-]*)+(?:\?{_STOP}+)?"  # /news/story
    rf"|\b[A-Za-z]:\\[\w.\\-]+){_END}",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[/@\\]|www\.")
# The brackets that hold nothing but an address go with it, and so does the space before it.
_HELD = re.compile(r"[ \t]*(?:\(\0+\)|\[\0+\]|<\0+>|\{\0+\}|\0+)")


def strip_addresses(text: str) -> str:
    """The text without web and mail addresses and paths of files; “and/or” and dates stay."""
    if _SIGN.search(text) is None or _ADDRESS.search(text) is None:
        return text
    marked = _ADDRESS.sub("\0", text)
    return _HELD.sub(_gap, marked)


def _gap(found: re.Match[str]) -> str:
    """A space where two words would otherwise meet, or what the line began with."""
    text, start, end = found.string, found.start(), found.end()
    after = text[end : end + 1]
    if start == 0 or text[start - 1] == "\n":
        return ""
    return " " if after and (after.isalnum() or after in "“\"‘'([") and not text[start - 1].isspace() else ""
