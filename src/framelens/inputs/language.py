"""Which language a text is written in, by py3langid."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["language_of"]

# Words that make up a fifth of English texts, and together hardly any of another language's.
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "to",
        "that",
        "with",
        "his",
        "her",
        "they",
        "this",
        "from",
        "it",
        "said",
        "would",
        "which",
        "their",
        "has",
        "been",
        "were",
        "at",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2000
_FEWEST = 8  # words; of fewer nothing is said
_SURE = 0.6


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where the text is too short to tell.

    Most texts are English, which their commonest words show; only for the others the identifier is loaded, which
    takes half a second.
    """
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    # The middle, for the beginning may be a headline and the end a notice.
    sample = text[middle : middle + _SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) >= _FEWEST and sum(word in _ENGLISH for word in words) >= 0.12 * len(words):
        return "en"
    if len(words) < _FEWEST and len(sample) < 40 and sample.isascii():
        return None
    code, share = _identifier().classify(sample)
    return str(code) if share >= _SURE else None
