"""Sentences whose loaded words are marked, word by word."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from framelens.features import TOKEN
from framelens.text import Span, normalise
from framelens.training.examples import held_out, read_rows

__all__ = ["TermExample", "read_babe_terms", "read_term_annotation"]


@dataclass(frozen=True, slots=True)
class TermExample:
    """A sentence, its tokens, and which of them were marked as loaded."""

    text: str
    words: tuple[str, ...]
    marked: tuple[bool, ...]
    corpus: str
    held_out: bool

    @classmethod
    def of(cls, text: str, spans: Sequence[Span], corpus: str, aside: bool) -> TermExample:
        """Cut a text into tokens; punctuation is never marked."""
        found = list(TOKEN.finditer(text))
        marked = tuple(
            m.group()[0].isalnum() and any(s.overlaps(Span(m.start(), m.end())) for s in spans) for m in found
        )
        return cls(text, tuple(m.group() for m in found), marked, corpus, aside)


def read_term_annotation(folder: Path) -> Iterator[TermExample]:
    """Framelens' own annotation, its texts cut from ``articles.jsonl.gz``; a fifth is held out by outlet."""
    articles = {row["id"]: row for row in read_rows(folder / "articles.jsonl.gz")}
    lines = (files("framelens.training") / "annotation" / "terms.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(lines):
        article, start, end = articles[row["article"]], int(row["start"]), int(row["end"])
        pairs = (pair.split("-") for pair in row["loaded"].split())
        spans = [Span(int(low) - start, int(high) - start) for low, high in pairs]
        yield TermExample.of(article["text"][start:end], spans, "own", held_out(article["outlet"]))


def read_babe_terms(folder: Path) -> Iterator[TermExample]:
    """BABE's ``biased_words`` (Spinde et al. 2021): the first occurrence of each phrase; a fifth is held out."""
    for row in read_rows(folder / "babe.jsonl.gz"):
        text, lowered = row["text"], normalise(row["text"])
        phrases = [normalise(p.strip()) for p in ast.literal_eval(row["biased_words"] or "[]") if p.strip()]
        places = ((lowered.find(phrase), len(phrase)) for phrase in phrases)
        spans = [Span(low, low + length) for low, length in places if low >= 0]
        yield TermExample.of(text, spans, "babe", held_out(row["news_link"] or text))
