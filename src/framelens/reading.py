"""Article → `Document`: its sentences, and whose words they are."""

from __future__ import annotations

from dataclasses import replace

from framelens.document import Article, Document
from framelens.segment import plain_document, segment
from framelens.voice import attribute

__all__ = ["read", "read_sentence"]


def read(article: Article) -> Document:
    """Take an article apart."""
    sentences = segment(article)
    return Document(article, sentences, attribute(article.text, sentences))


def read_sentence(text: str) -> Document:
    """Take a text apart as one sentence, however it is punctuated."""
    document = plain_document(text)
    return replace(document, attributions=attribute(text, document.sentences))
