"""Text made comparable one code point for one, so that every offset stays true."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["encodable", "normalise"]

_QUOTES_AND_SPACES = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("‐", "-"), ("‑", "-"),
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\n", " "), ("\t", " "), ("\r", " "),
)  # fmt: skip
_SURROGATES = re.compile("[\ud800-\udfff]")
# A word with signs in it that nobody sees, or broken by a hyphen at a line end.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BROKEN = re.compile(rf"\w+(?:(?:[{_UNSEEN}\u0300-\u036f]+|-\r?\n(?=[a-z]))\w*)+")
_HIDDEN = re.compile(rf"[{_UNSEEN}]|-\r?\n")


def encodable(text: str) -> str:
    """The text with each lone surrogate replaced, for libraries that need valid Unicode."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _closed_up(match: re.Match[str]) -> str:
    """The letters of a word side by side, blanks behind them for what they stood around."""
    word = unicodedata.normalize("NFC", _HIDDEN.sub("", match.group()))
    return word.ljust(len(match.group()))


def normalise(text: str) -> str:
    """Lower case, plain quotes and hyphens, spaces for line ends; exactly as long as ``text``.

    A word with soft hyphens, zero-width signs or accents set apart stands closed up at the place where it begins.
    """
    lowered = encodable(text).lower()
    if len(lowered) != len(text):
        # 'İ' lower-cases to two code points.
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in encodable(text))
    if "-\n" in lowered or "-\r\n" in lowered or not lowered.isascii():
        lowered = _BROKEN.sub(_closed_up, lowered)
    if lowered.isascii():
        return lowered.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    for old, new in _QUOTES_AND_SPACES:
        if old in lowered:
            lowered = lowered.replace(old, new)
    return lowered
