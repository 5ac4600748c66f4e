"""framelens shows whose words an article uses, which of them are loaded, and where its own voice editorializes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framelens.analyzer import Analyzer, analyze
    from framelens.errors import FramelensError, InputError, LexiconError, MissingExtraError, ModelError
    from framelens.lexicon import Entry, Lexicon, load_lexicon
    from framelens.report import ArticleReport
    from framelens.text import Article, Attribution, Document, Sentence, SentenceScore, Span, TermMatch

__all__ = [
    "Analyzer",
    "Article",
    "ArticleReport",
    "Attribution",
    "Document",
    "Entry",
    "FramelensError",
    "InputError",
    "Lexicon",
    "LexiconError",
    "MissingExtraError",
    "ModelError",
    "Sentence",
    "SentenceScore",
    "Span",
    "TermMatch",
    "__version__",
    "analyze",
    "load_lexicon",
]

__version__ = "0.1.0"

_ROOMS = {
    "analyzer": ("Analyzer", "analyze"),
    "text": ("Article", "Attribution", "Document", "Sentence", "SentenceScore", "Span", "TermMatch"),
    "errors": ("FramelensError", "InputError", "LexiconError", "MissingExtraError", "ModelError"),
    "lexicon": ("Entry", "Lexicon", "load_lexicon"),
    "report": ("ArticleReport",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name's room on first use, so that ``import framelens`` stays light."""
    if name not in _HOME:
        raise AttributeError(f"module 'framelens' has no attribute {name!r}")
    return getattr(import_module(f"framelens.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
