"""Report → the HTML of the article's text: nothing but tags is added to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from framelens.render.layout import Mark, Piece, paragraphs
from framelens.text import Sentence, SentenceScore, TermKind

if TYPE_CHECKING:
    from framelens.report import ArticleReport

__all__ = ["article_markup", "hue", "linked"]

_HUES: dict[TermKind, int] = {
    "label": 4,
    "noun": 325,
    "verb": 280,
    "adjective": 30,
    "adverb": 52,
    "euphemism": 175,
    "puffery": 95,
    "intensifier": 140,
    "weasel": 205,
    "doubt": 240,
}
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}]+[^\s<>\"'()\[\]{}.,;:!?]")


def hue(kind: TermKind) -> int:
    """The colour of a kind of term as degrees on the colour circle."""
    return _HUES[kind]


def linked(text: str) -> Markup:
    """Escaped text in which ``http`` and ``https`` addresses are links."""
    parts, end = [], 0
    for found in _URL.finditer(text):
        link = Markup('<a href="%s" rel="noreferrer">%s</a>') % (found[0], found[0])
        parts += [escape(text[end : found.start()]), link]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _escape(text: str) -> Markup:
    # A browser reads a bare carriage return as a line feed; lone surrogates have no UTF-8.
    return escape(text.encode("utf-8", "replace").decode()).replace("\r", Markup("&#13;"))


def article_markup(report: ArticleReport, uid: str, entry_ids: Mapping[int, str]) -> Markup:
    """The article in paragraphs, sentences, voices and marks, with a bar for every scored sentence.

    ``uid`` begins every id, and ``entry_ids`` tells by the term's index which list item explains it. Each term
    is one ``<mark>``; what lies beyond a change of voice inside a term continues in a ``<span>``.
    """
    scores = {score.sentence: score for score in report.scores}
    threshold = report.provenance.threshold or 1.0
    return Markup("").join(
        part for paragraph in paragraphs(report) for part in _paragraph(paragraph, uid, entry_ids, scores, threshold)
    )


def _paragraph(
    paragraph: list[Piece],
    uid: str,
    entry_ids: Mapping[int, str],
    scores: Mapping[int, SentenceScore],
    threshold: float,
) -> Iterator[Markup]:
    text = "".join(piece.text for piece in paragraph)
    blank = max(0, len(text) - len(text.rstrip("\n")) - 1)
    runs = [(sentence, list(group)) for sentence, group in groupby(paragraph, key=lambda piece: piece.sentence)]
    yield Markup('<div class="fl-p" style="--blank:%d">') % blank
    yield _bars(runs, scores, threshold)
    for sentence, group in runs:
        inside = Markup("").join(_voiced(piece, uid, entry_ids) for piece in group)
        if sentence is None:
            yield inside
            continue
        score = scores.get(sentence.index)
        kind = f"fl-{sentence.part}" + (" fl-over" if score and score.probability >= threshold else "")
        begins = group[0].span.start == sentence.span.start
        name = Markup(' id="%s-s%d" tabindex="-1"') % (uid, sentence.index) if begins else ""
        yield Markup('<span class="fl-s %s" data-s="%d"%s>%s</span>') % (kind, sentence.index, name, inside)
    yield Markup("</div>")


def _bars(
    runs: list[tuple[Sentence | None, list[Piece]]], scores: Mapping[int, SentenceScore], threshold: float
) -> Markup:
    """A strip beside the paragraph: one bar a sentence, as tall as the sentence is long, as wide as it is probable."""
    bars = []
    for sentence, group in runs:
        if sentence is None:
            continue
        size = sum(len(piece.text) for piece in group)
        score = scores.get(sentence.index)
        if score is None:
            bars.append(Markup('<i class="fl-none" style="--n:%d"></i>') % size)
            continue
        kind, share = "hot" if score.probability >= threshold else "cool", f"{score.probability:.0%}"
        bars.append(
            Markup(
                '<i class="fl-%s" style="--n:%d;--p:%.3f" data-s="%d" data-p="%s" title="editorializing: %s (%s)"></i>'
            )
            % (kind, size, score.probability, sentence.index, share, share, score.label)
        )
    if not scores or not bars:
        return Markup("")
    return Markup('<div class="fl-bars" aria-hidden="true">%s</div>') % Markup("").join(bars)


def _voiced(piece: Piece, uid: str, entry_ids: Mapping[int, str]) -> Markup:
    text = _escape(piece.text)
    for mark in reversed(piece.marks):
        text = _mark(mark, text, uid, entry_ids)
    if piece.voice == "author":
        return text
    return Markup('<span class="fl-v" data-voice="%s">%s</span>') % (piece.voice, text)


def _mark(mark: Mark, text: Markup, uid: str, entry_ids: Mapping[int, str]) -> Markup:
    term = mark.term
    look = Markup('class="fl-t" style="--h:%d" data-voice="%s" data-kind="%s" data-term="%d"') % (
        hue(term.kind),
        term.voice,
        term.kind,
        mark.index,
    )
    if not mark.first:
        return Markup("<span %s>%s</span>") % (look, text)
    link = Markup('<a href="#%s" aria-describedby="%s-d-%s-%s">%s</a>') % (
        entry_ids[mark.index],
        uid,
        term.voice,
        term.kind,
        text,
    )
    return Markup('<mark %s id="%s-t%d">%s</mark>') % (look, uid, mark.index, link)
