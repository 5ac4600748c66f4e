"""Text made comparable one code point for one, so that every offset stays true."""

from __future__ import annotations

import re

__all__ = ["encodable", "normalise"]

_QUOTES_AND_SPACES = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("‐", "-"), ("‑", "-"),
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\n", " "), ("\t", " "), ("\r", " "),
)  # fmt: skip
_SURROGATES = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """The text with each lone surrogate replaced, for libraries that need valid Unicode."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def normalise(text: str) -> str:
    """Lower case, plain quotes and hyphens, spaces for line ends; exactly as long as ``text``."""
    lowered = encodable(text).lower()
    if lowered.isascii():
        return lowered.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if len(lowered) != len(text):
        # 'İ' lower-cases to two code points.
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in encodable(text))
    for old, new in _QUOTES_AND_SPACES:
        if old in lowered:
            lowered = lowered.replace(old, new)
    return lowered
