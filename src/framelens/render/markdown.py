"""Report → GitHub-flavoured Markdown for a pull request or a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from framelens.render.layout import Piece, paragraphs
from framelens.render.summary import VOICE_NAMES, Summary, frame_list, plain, summarize
from framelens.text import TermMatch

if TYPE_CHECKING:
    from framelens.report import ArticleReport

__all__ = ["markdown"]

# Anything that Markdown or its HTML could read as markup, mentions (@), issue numbers (#) and emoji (:) included.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~=$^])")
_BARE_LINK = re.compile(r"(?i)(https?|ftp|mailto|www)([:.])")
_LINE_START = re.compile(r"(?m)^([ \t]*(?=-)|[ \t]*\d+(?=\.))([-.])(?=[\s-]|$)")
_ENTITY = re.compile(r"&(?=#|\w)")


def _escape(text: str) -> str:
    """Text as Markdown that shows exactly it: no markup, no HTML, no link, no mention."""
    text = _MARKUP.sub(r"\\\1", _ENTITY.sub("&amp;", text))
    # A zero-width joiner would alter copied text; an entity breaks the automatic link or mention and shows the same.
    text = _BARE_LINK.sub(lambda m: m[1] + ("&#58;" if m[2] == ":" else "&#46;"), text).replace("@", "&#64;")
    return _LINE_START.sub(r"\1\\\2", text)


def _line(text: str) -> str:
    return _escape(" ".join(text.split()))


def _table(header: Iterable[str], align: str, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    rules = {"l": ":--", "r": "--:"}
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join(rules[a] for a in align)} |"
    yield from (f"| {' | '.join(cell or '–' for cell in row)} |" for row in rows)


def markdown(report: ArticleReport) -> str:
    """The whole report; loaded terms stand in bold with their kind, and every table is GitHub's."""
    summary = summarize(report)
    blocks = [
        *_heading(summary),
        "\n".join(_figures(report, summary)),
        *_terms(report),
        *_sentences(summary),
        *_sources(summary),
        *_article(report),
        f"<sub>{_line('; '.join(summary.made_by))}</sub>",
    ]
    return "\n\n".join(blocks) + "\n"


def _heading(summary: Summary) -> Iterator[str]:
    yield f"## {_line(summary.title)}"
    about = [_line(x) for x in summary.byline]
    if summary.url:
        about.append(f"[link](<{_url(summary.url)}>)")
    yield " · ".join([*about, f"{summary.words:,} words"])
    if summary.genre:
        says, why = summary.genre
        yield f"*{_line(says)}* <sub>{_line(why)}</sub>"


def _url(url: str) -> str:
    return "".join(c if c.isalnum() or c in "-._~:/?#@!$&'*+,;=%" else f"%{b}" for c in url for b in [_hex(c)])


def _hex(character: str) -> str:
    return "%".join(f"{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _figures(report: ArticleReport, summary: Summary) -> Iterator[str]:
    yield from _table(
        ["Voice", "Words", "Share", "Loaded terms", "Per 1,000 words"],
        "lrrrr",
        (
            [VOICE_NAMES[v.voice], f"{v.words:,}", f"{v.share:.0%}", str(v.terms), f"{v.per_1000_words:.1f}"]
            for v in summary.voices
        ),
    )
    yield ""
    if summary.share is not None and summary.interval is not None:
        low, high = summary.interval
        yield (
            f"- **Editorializing:** {len(summary.flagged)} of {summary.scored} sentences, "
            f"{summary.share:.0%} (95 % interval {low:.0%}–{high:.0%})"
        )
    for part in summary.parts:
        scored = "" if part.probability is None else f", mean probability of editorializing {part.probability:.0%}"
        yield f"- **{part.part.capitalize()}:** own loaded terms: {part.terms} in {part.words:,} words{scored}"
    if summary.kinds:
        counts = (f"{_line(plain(name))} {own} ({total})" for name, own, total in summary.kinds)
        yield f"- **Categories,** own voice (all voices): {', '.join(counts)}"
    if report.frames:
        yield f"- **Frames:** {_line(frame_list(report.frames))}"
    for portrayal in summary.portrayals:
        labels = dict.fromkeys(f"“{_line(x.text)}” ({VOICE_NAMES[x.voice]})" for x in portrayal.labels)
        yield f"- Words for **{_line(portrayal.entity)}**: {', '.join(labels)}"
    for reason, count in summary.excused:
        yield f"- Excused: {count} × {_line(reason)}"


def _terms(report: ArticleReport) -> Iterator[str]:
    yield "### Loaded terms"
    if not report.terms:
        yield "None found."
        return
    yield "\n".join(_table(["Term", "Category", "Voice", "Sentence", "Alternatives"], "lllrl", map(_row, _own(report))))


def _own(report: ArticleReport) -> list[TermMatch]:
    """The outlet's own terms first, each voice in the order of the text."""
    order = list(VOICE_NAMES)
    return sorted(report.terms, key=lambda match: (order.index(match.voice), match.span))


def _row(term: TermMatch) -> list[str]:
    better = " / ".join(_line(x) for x in term.alternatives)
    return [f"**{_line(term.text)}**", _line(plain(term.kind)), VOICE_NAMES[term.voice], str(term.sentence), better]


def _sentences(summary: Summary) -> Iterator[str]:
    if summary.share is None:
        return
    yield "### Sentences that editorialize"
    if not summary.flagged:
        yield "None reaches the threshold."
        return
    lines = []
    for item in summary.flagged:
        unsure = ", uncertain" if item.score.label == "uncertain" else ""
        lines.append(f"- **{item.score.probability:.0%}**{unsure} (sentence {item.sentence.index}) {_line(item.text)}")
        lines += [f"  - {reason.value:+.2f} {_line(reason.name)}" for reason in item.score.contributions]
    yield "\n".join(lines)


def _sources(summary: Summary) -> Iterator[str]:
    if not summary.sources:
        return
    yield "### Who speaks"
    rows = (
        [_line(s.source) or "unnamed", str(s.words_direct), str(s.words_indirect), _line(", ".join(s.cues))]
        for s in summary.sources
    )
    yield "\n".join(_table(["Source", "Words quoted", "Words paraphrased", "Cues"], "lrrl", rows))


def _article(report: ArticleReport) -> Iterator[str]:
    yield "<details><summary>The article with its marks</summary>"
    for paragraph in paragraphs(report):
        text = "".join(map(_marked, paragraph)).strip()
        if text:
            yield "> " + text.replace("\n", "\n> ")
    yield "</details>"


def _marked(piece: Piece) -> str:
    text = _escape(piece.text)
    for mark in piece.marks:
        opening = "<strong>" if mark.first else ""
        closing = f"</strong> <sub>{_line(plain(mark.term.kind))}</sub>" if mark.last else ""
        text = opening + text + closing
    return text
