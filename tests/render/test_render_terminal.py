"""The report in a terminal: with colour, through a pipe, and on a narrow screen."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from report_samples import TEXT, bare_report, provenance, sample_report, sentences_of
from rich.console import Console

from framelens.render import render_terminal
from framelens.report import ArticleReport
from framelens.text import Article, Document


def shown(report: ArticleReport, width: int = 100, *, colour: bool = False, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        no_color=False,
        legacy_windows=False,
    )
    render_terminal(report, console)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


def test_marks_are_written_out_without_colour() -> None:
    """Through a pipe every term is in brackets with its category, and with its voice where it is not the outlet's."""
    text = " ".join(shown(sample_report()).split())
    assert "[extremists|label]" in text
    assert "[vandals|noun, quoted]" in text
    assert "[mob|label, paraphrased]" in text
    assert text.count("|") == len(sample_report().terms)
    assert "\x1b" not in text


def test_no_color_is_obeyed() -> None:
    """With NO_COLOR marks are written out, though the terminal could show colour."""
    console = Console(file=io.StringIO(), width=100, force_terminal=True, no_color=True)
    with console.capture() as capture:
        render_terminal(sample_report(), console)
    assert "[extremists|label]" in capture.get()


def test_colour_stands_for_marks() -> None:
    """In colour the text stays free of brackets, and a legend names the categories."""
    text = shown(sample_report(), colour=True)
    assert "[extremists" not in text.replace("\x1b[", "")
    assert "\x1b[1;7;31mextremists" in text
    assert "\x1b[1;7;31mlabel" in text


@pytest.mark.parametrize("width", [20, 40, 72, 100, 300])
def test_fits_any_width(width: int) -> None:
    """No line is wider than the terminal, and no word of the article is lost."""
    text = shown(sample_report(), width)
    assert max(map(len, text.splitlines())) <= width
    assert "ferry" in text
    if width >= 40:
        assert {"extremists:", "protesters"} <= set(text.split()) or width >= 72


def test_sentences_and_their_reasons() -> None:
    """Sentences over the threshold come the most probable first, with contributions where they were asked for."""
    text = shown(sample_report())
    listed = text[text.index("Sentences that editorialize") :]
    assert listed.index("93%") < listed.index("81%") < listed.index("57%, uncertain")
    assert "+1.40  adjective, own voice" in listed
    assert "41%" not in listed[: listed.index("Who speaks")]


def test_summary_names_sources_share_and_excuses() -> None:
    """Who speaks, the share with its interval, portrayals, frames, excuses and provenance are all there."""
    text = " ".join(shown(sample_report(), 200).split())
    for words in (
        "Mayor Ida Brandt: 15 words (15 quoted, 0 paraphrased); said",
        "Editorializing: 3 of 9 sentences, 33% (95 % interval 12% to 65%)",
        "Words for council of Port Ansel: spineless (own voice)",
        "Excused: 1 × part of a name",
        "Frames: Political 0.71",
        "model default, digest sha256:cd34",
    ):
        assert words in text


def test_an_article_cannot_drive_the_terminal() -> None:
    """Escape sequences and rich's own markup in an article are shown, not obeyed."""
    evil = "\x1b]0;owned\x07 \x1b[2J [red]not red[/red] \x9b31m \ud800"
    document = Document.read(
        Article(f"{evil}\n\nText {evil}.", evil, evil, evil), sentences_of(f"{evil}\n\nText {evil}.")
    )
    text = shown(replace(bare_report(""), document=document, provenance=provenance()))
    assert not {"\x1b", "\x07", "\x9b"} & set(text)
    assert "[red]not red[/red]" in text


def test_a_terminal_without_unicode() -> None:
    """A terminal that knows only ASCII gets an ASCII flag for sentences."""
    ascii_only = replace(sample_report(), document=replace(sample_report().document, article=Article(TEXT)))
    assert "▸" not in shown(ascii_only, encoding="cp1252")


@pytest.mark.parametrize("text", ["", "\n", "A line"])
def test_empty_reports(text: str) -> None:
    """A report in which nothing was found says so."""
    assert "None found." in shown(bare_report(text))
