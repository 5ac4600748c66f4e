"""Whose words: who is quoted or reported where in an article, and by which cue."""

from __future__ import annotations

from framelens.text import Article, Document
from framelens.voice.assemble import attribute

__all__ = ["attribute", "read", "read_sentence"]


def read(article: Article) -> Document:
    """Take an article apart: its sentences and tokens, and whose words they are."""
    document = Document.read(article)
    return document.attributed(attribute(document))


def read_sentence(text: str) -> Document:
    """Take a text apart as one sentence, however it is punctuated."""
    document = Document.sentence(text)
    return document.attributed(attribute(document))
