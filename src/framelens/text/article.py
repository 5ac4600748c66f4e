"""What an article is made of: the text as it came, and stretches of it.

Offsets are half-open code-point offsets into ``Article.text``, which is never altered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["PARTS", "Article", "Part", "Sentence", "Span"]

Part = Literal["headline", "body", "boilerplate"]

PARTS: tuple[Part, ...] = ("headline", "body", "boilerplate")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``start <= i < end`` of code points in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice of ``text`` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as read: ``text`` is what is scored, the rest where the input tells it.

    ``published`` is an ISO 8601 date or time. ``title`` is the title that the input names apart from the
    text; a headline that stands in the text itself is found by `framelens.text.segment`. ``repairs`` says
    what reading mended or could not read, and ``language`` is the code of the language that it is written in.
    Raises `TypeError` where ``text`` is no string: a missing value that became NaN, a number or bytes are no article.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    repairs: tuple[str, ...] = ()
    language: str | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise TypeError(f"an article's text is a string, not {type(self.text).__name__} ({self.text!r:.40})")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article and the part of the article it stands in."""

    index: int
    span: Span
    part: Part
