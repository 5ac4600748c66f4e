"""Report → a rich console: the article with its marks, then tables and a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from framelens.render.layout import Piece, paragraphs
from framelens.render.summary import VOICE_NAMES, Summary, frame_list, plain, summarize
from framelens.text import SentenceScore, TermKind, TermMatch, Voice

if TYPE_CHECKING:
    from framelens.report import ArticleReport

__all__ = ["print_report"]

_NARROW = 72  # columns under which a table breaks words, so that lists stand in its place
_MEASURE = 100  # no line of running text longer than this
_LISTED = 8  # sources, portrayals and frames that a summary names

_COLOURS: dict[TermKind, str] = {
    "label": "red",
    "noun": "bright_red",
    "verb": "magenta",
    "adjective": "yellow",
    "adverb": "bright_yellow",
    "euphemism": "cyan",
    "puffery": "green",
    "intensifier": "bright_green",
    "weasel": "blue",
    "doubt": "bright_blue",
}
_VOICE_STYLES: dict[Voice, str] = {"author": "", "direct": "dim", "indirect": "italic", "scare": "italic underline"}

# An article may not move the reader's cursor or retitle the terminal: control characters show as pictures.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_CONTROLS |= dict.fromkeys(range(0x7F, 0xA0), 0xFFFD) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def _safe(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_CONTROLS)


@dataclass(frozen=True, slots=True)
class _Paper:
    """What the console can show."""

    console: Console
    width: int
    colour: bool
    flag: str

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW


def _paper(console: Console) -> _Paper:
    colour = console.color_system is not None and not console.no_color and console.is_terminal
    return _Paper(console, min(console.width, _MEASURE), colour, ">" if console.options.ascii_only else "▸")


def print_report(report: ArticleReport, console: Console) -> None:
    """Print the whole report; marks are written out as ``[term|kind]`` where there is no colour."""
    paper, summary = _paper(console), summarize(report)
    _heading(paper, summary)
    _legend(paper, summary)
    _article(paper, report, summary)
    _terms(paper, report)
    _sentences(paper, summary)
    _speakers(paper, summary)
    _summary(paper, report, summary)


def _print(paper: _Paper, text: Text | str, indent: int = 0) -> None:
    body = text if isinstance(text, Text) else Text(text)
    # Padding fills lines with blanks, which a pipe would keep: only where it is needed.
    paper.console.print(Padding(body, (0, 0, 0, indent)) if indent else body, width=paper.width)


def _section(paper: _Paper, title: str) -> None:
    paper.console.print()
    paper.console.print(Rule(Text(title, "bold"), align="left", style="dim"), width=paper.width)


def _heading(paper: _Paper, summary: Summary) -> None:
    _print(paper, Text(_safe(summary.title), "bold"))
    about = [*summary.byline, f"{summary.words:,} words"]
    _print(paper, Text(_safe(" · ".join(about)), "dim"))
    if summary.genre:
        says, why = summary.genre
        _print(paper, Text.assemble((says, "italic"), (f" ({why})", "dim")))


def _legend(paper: _Paper, summary: Summary) -> None:
    if not paper.colour:
        return
    voices = [Text(name, _VOICE_STYLES[voice]) for voice, name in VOICE_NAMES.items()]
    kinds = [Text(plain(name), _mark_style(name, "author")) for name, _, _ in summary.kinds]
    _print(paper, Text("  ").join([Text("voices", "bold"), *voices]))
    if kinds:
        _print(paper, Text("  ").join([Text("terms", "bold"), *kinds]))


def _mark_style(kind: TermKind, voice: Voice) -> str:
    # Reversed stands out in the outlet's own voice; other people's loaded words are only underlined.
    return f"{_COLOURS[kind]} " + ("bold reverse" if voice == "author" else "underline")


def _article(paper: _Paper, report: ArticleReport, summary: Summary) -> None:
    flagged = {item.sentence.index: item.score for item in summary.flagged}
    _section(paper, "Article")
    for paragraph in paragraphs(report):
        line = _paragraph(paper, paragraph, flagged)
        if line.plain.strip():
            line.rstrip()
            _print(paper, line)
            paper.console.print()


def _paragraph(paper: _Paper, paragraph: list[Piece], flagged: dict[int, SentenceScore]) -> Text:
    line = Text()
    for piece in paragraph:
        sentence = piece.sentence
        if sentence and sentence.index in flagged and sentence.span.start == piece.span.start:
            line.append(f"{paper.flag}{flagged[sentence.index].probability:.0%} ", "bold yellow")
        boilerplate = sentence is not None and sentence.part == "boilerplate"
        if boilerplate and not paper.colour and sentence and sentence.span.start == piece.span.start:
            line.append("(not counted) ")
        style = "dim strike" if boilerplate else "bold" if sentence and sentence.part == "headline" else ""
        for part, kind in _marked(paper, piece):
            line.append(part, f"{style} {kind or _VOICE_STYLES[piece.voice]}".strip())
    return line


def _marked(paper: _Paper, piece: Piece) -> Iterator[tuple[str, str]]:
    """The piece as text and style; the style is empty where the voice's own applies."""
    text = _safe(piece.text)
    if paper.colour:
        mark = piece.marks[-1].term if piece.marks else None
        yield text, _mark_style(mark.kind, mark.voice) if mark else ""
        return
    opened = "".join("[" for mark in piece.marks if mark.first)
    closed = "".join(f"|{_kind(mark.term)}]" for mark in reversed(piece.marks) if mark.last)
    yield f"{opened}{text}{closed}", ""


def _kind(term: TermMatch) -> str:
    own = term.voice == "author"
    return _safe(plain(term.kind)) + ("" if own else f", {VOICE_NAMES[term.voice]}")


def _grouped(terms: Iterable[TermMatch]) -> list[list[TermMatch]]:
    """The same words in the same voice together, the outlet's own voice first."""

    def key(term: TermMatch) -> tuple[bool, str, str, str]:
        return term.voice != "author", term.voice, term.kind, term.text.lower()

    return [list(group) for _, group in groupby(sorted(terms, key=key), key=key)]


def _terms(paper: _Paper, report: ArticleReport) -> None:
    _section(paper, "Loaded terms")
    if not report.terms:
        _print(paper, "None found.")
        return
    rows = []
    for group in _grouped(report.terms):
        term = group[0]
        where = ", ".join(str(match.sentence) for match in group)
        better = " / ".join(term.alternatives) or "-"
        rows.append([_safe(x) for x in (term.text, plain(term.kind), VOICE_NAMES[term.voice], where, better)])
    if paper.narrow:
        for text, kind, voice, where, better in rows:
            _print(paper, Text.assemble((text, "bold"), f": {kind}, {voice}, sentence {where}"))
            if better != "-":
                _print(paper, Text(f"instead: {better}", "dim"), indent=2)
        return
    _table(paper, ["Term", "Category", "Voice", "Sentence", "Alternatives"], rows)


def _table(paper: _Paper, header: list[str], rows: list[list[str]], right: Iterable[int] = ()) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold dim", pad_edge=False)
    for index, name in enumerate(header):
        table.add_column(name, justify="right" if index in right else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    paper.console.print(table, width=paper.width)


def _sentences(paper: _Paper, summary: Summary) -> None:
    if summary.share is None:
        return
    _section(paper, "Sentences that editorialize")
    if not summary.flagged:
        _print(paper, "None reaches the threshold.")
    for item in summary.flagged:
        text = _safe(" ".join(item.text.split()))
        label = ", uncertain" if item.score.label == "uncertain" else ""
        head = (f"{item.score.probability:.0%}{label} ", "bold yellow")
        _print(paper, Text.assemble(head, (f"(sentence {item.sentence.index}) ", "dim"), text))
        for reason in item.score.contributions:
            _print(paper, Text(_safe(f"{reason.value:+.2f}  {reason.name}"), "dim"), indent=4)


def _speakers(paper: _Paper, summary: Summary) -> None:
    if not summary.sources:
        return
    _section(paper, "Who speaks")
    for source in summary.sources[:_LISTED]:
        who = _safe(" ".join(source.source.split())) or "unnamed"
        said = f": {source.words:,} words ({source.words_direct:,} quoted, {source.words_indirect:,} paraphrased)"
        cues = f"; {', '.join(source.cues)}" if source.cues else ""
        _print(paper, Text.assemble((who, "bold"), said, (_safe(cues), "dim")))
    if len(summary.sources) > _LISTED:
        _print(paper, Text(f"and {len(summary.sources) - _LISTED} more", "dim"))


def _summary(paper: _Paper, report: ArticleReport, summary: Summary) -> None:
    _section(paper, "Summary")
    rows = [
        [VOICE_NAMES[v.voice], f"{v.words:,}", f"{v.share:.0%}", str(v.terms), f"{v.per_1000_words:.1f}"]
        for v in summary.voices
    ]
    header = ["Voice", "Words", "Share", "Terms", "/1,000" if paper.narrow else "Terms per 1,000 words"]
    _table(paper, header, rows, right=(1, 2, 3, 4))
    for line in _findings(report, summary):
        _print(paper, _safe(line))
    _print(paper, Text(_safe("; ".join(summary.made_by)), "dim"))


def _findings(report: ArticleReport, summary: Summary) -> Iterator[str]:
    if summary.share is not None and summary.interval is not None:
        low, high = summary.interval
        yield (
            f"Editorializing: {len(summary.flagged)} of {summary.scored} sentences, "
            f"{summary.share:.0%} (95 % interval {low:.0%} to {high:.0%})"
        )
    for part in summary.parts:
        scored = "" if part.probability is None else f", mean probability {part.probability:.0%}"
        yield f"{part.part.capitalize()}: own loaded terms {part.terms} in {part.words:,} words{scored}"
    if report.frames:
        yield f"Frames: {frame_list(report.frames[:_LISTED])}"
    for portrayal in summary.portrayals[:_LISTED]:
        labels = dict.fromkeys(f"{x.text} ({VOICE_NAMES[x.voice]})" for x in portrayal.labels)
        yield f"Words for {portrayal.entity}: {', '.join(labels)}"
    for reason, count in summary.excused:
        yield f"Excused: {count} × {reason}"
