"""Attributions from quotes and reports: which quote is speech, who speaks it, and what is paraphrase."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from framelens.document import Attribution, Sentence, Span
from framelens.voice.clauses import Range, Report, find_reports
from framelens.voice.cues import stance_of
from framelens.voice.marks import Quote, find_quotes
from framelens.voice.tokens import Tokens, paragraphs, tokenise

__all__ = ["attribute"]


def attribute(text: str, sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
    """Who says what in a text, in the order of the contents; everything not covered is the author's."""
    blocks = paragraphs(text, sentences)
    quotes = find_quotes(text, blocks, sentences)
    tokens = tokenise(text)
    quoted = _quoted(tokens, quotes)
    result: list[Attribution] = []
    for quote in quotes:
        result.append(Attribution("direct", (Span(quote.start, quote.end),)))
    for sentence in sentences:
        start, end = tokens.first_at(sentence.span.start), tokens.first_at(sentence.span.end)
        for report in find_reports(tokens, start, end, quoted):
            result.append(_indirect(tokens, report))
    return tuple(sorted((a for a in result if a.content), key=lambda a: a.content[0].start))


def _quoted(tokens: Tokens, quotes: Sequence[Quote]) -> list[bool]:
    flags = [False] * len(tokens)
    for quote in quotes:
        for at in range(tokens.first_at(quote.start), tokens.first_at(quote.end)):
            flags[at] = True
    return flags


def _span(tokens: Tokens, part: Range) -> Span:
    return Span(tokens.starts[part[0]], tokens.ends[part[1] - 1])


def _indirect(tokens: Tokens, report: Report) -> Attribution:
    content = tuple(_span(tokens, part) for part in report.content if part[1] > part[0])
    source = _span(tokens, report.source) if report.source and report.source[1] > report.source[0] else None
    stance = stance_of(tokens.lower[report.cue[0]])
    return Attribution("indirect", content, source, _span(tokens, report.cue), stance, source)
