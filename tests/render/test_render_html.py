"""HTML without a browser: what stands in the markup."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from time import perf_counter, process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import TEXT, bare_report, provenance, sample_report, sentences_of, span_of, term

from framelens.render import html_fragment, to_html, to_html_many
from framelens.report import ArticleReport
from framelens.text import Article, Attribution, Document, SentenceScore, Span, TermMatch


class _Stripped(HTMLParser):
    """A page's text, and the text of the article's container alone."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.article, self.depth = "", "", 0
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "div" and (self.depth or "data-framelens-text" in dict(attrs)):
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "div" and self.depth > 0

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.depth:
            self.article += data


def test_stripped_page_holds_the_text() -> None:
    """Stripped of its tags, the page contains the article's text, unchanged and in one piece."""
    stripped = _Stripped(to_html(sample_report()))
    assert stripped.article == TEXT
    assert TEXT in stripped.text


# Code points that HTML can carry; NUL and lone surrogates it cannot.
_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


@given(text=_TEXTS, cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_any_text_with_any_marks_is_unchanged(text: str, cuts: list[tuple[int, int]]) -> None:
    """Terms and quotations may overlap and cross each other: each term is one mark, and the text stays whole."""
    spans = [Span(min(a, b), min(max(a, b), len(text))) for a, b in cuts]
    spans = [span for span in spans if span.start < span.end]
    half = len(spans) // 2
    document = Document.read(Article(text), sentences_of(text)).attributed(
        [Attribution("direct", (s,)) for s in spans[:half]]
    )
    terms = tuple(TermMatch(s, s.of(text), "e", "l", "doubt", 0, document.voice_of(s)) for s in spans[half:])
    document_only = replace(bare_report(text), document=document)
    if not document.sentences:
        terms = ()
    stripped = _Stripped(to_html(replace(document_only, terms=terms)))
    assert stripped.article == text
    assert sum(tag == "mark" for tag, _ in stripped.tags) == len(terms)


def test_term_across_voices_is_one_mark() -> None:
    """A term that begins outside a quotation and ends in it is one mark, continued in a span."""
    report = sample_report()
    whole = span_of(TEXT, "so-called “green” ferry")
    crossing = TermMatch(whole, whole.of(TEXT), "x", "l", "doubt", 7, "author")
    tags = _Stripped(to_html(replace(report, terms=(crossing,)))).tags
    assert [dict(attrs)["data-term"] for tag, attrs in tags if tag == "mark"] == ["0"]
    assert sum(tag == "span" and attrs.get("data-term") == "0" for tag, attrs in tags) == 2


def test_each_scored_sentence_has_a_bar() -> None:
    """Every scored sentence has one bar with its probability; without a model there is none."""
    tags = _Stripped(to_html(sample_report())).tags
    bars = [attrs["data-p"] for tag, attrs in tags if tag == "i" and "data-p" in attrs]
    assert bars == ["81%", "93%", "22%", "35%", "8%", "41%", "6%", "57%", "30%"]
    assert "fl-bars" not in [attrs.get("class") for _, attrs in _Stripped(to_html(bare_report(TEXT))).tags]


def test_summary_shows_the_figures() -> None:
    """Rates, the share with its interval, frames, speakers, portrayals and provenance stand in the page."""
    text = " ".join(_Stripped(to_html(sample_report())).text.split())
    shown = ["68.5", "33%", "95 % interval 12% to 65%", "Headline against body", "Public opinion", "Mayor Ida Brandt"]
    for words in [*shown, "15 words", "council of Port Ansel", "1 × part of a name", "sha256:cd34", "threshold 0.500"]:
        assert words in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "  JaVaScRiPt:x", "file:///etc/passwd", ""])
def test_only_web_addresses_are_links(url: str) -> None:
    """An address that is not http or https is never a link."""
    report = sample_report()
    document = replace(report.document, article=replace(report.article, url=url))
    links = [a["href"] for tag, a in _Stripped(to_html(replace(report, document=document))).tags if tag == "a"]
    assert all(link and link.startswith(("#", "https://")) for link in links)


def test_ids_are_unique() -> None:
    """No id stands twice, even where one page shows the same article twice, and every link within it has a target."""
    tags = _Stripped(to_html_many([sample_report(), sample_report()])).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for tag, a in tags if tag == "a" and (a["href"] or "").startswith("#")}
    assert {target[1:] for target in targets if target} <= set(ids)


def test_many_reports_have_contents() -> None:
    """Several reports share one page, one style and one script, under a table of contents."""
    page = _Stripped(to_html_many([sample_report(), bare_report("Another day\n\nNothing happened.")]))
    assert [tag for tag, _ in page.tags].count("article") == 2
    assert [tag for tag, _ in page.tags].count("style") == [tag for tag, _ in page.tags].count("script") == 1
    assert "Framing reports of 2 articles" in page.text


def test_fragment_is_the_notebook_form() -> None:
    """A notebook shows the fragment: the same report without a page around it."""
    report = sample_report()
    assert report._repr_html_() == html_fragment(report)
    assert "<html" not in html_fragment(report)
    assert _Stripped(html_fragment(report)).article == TEXT


@pytest.mark.parametrize("text", ["", "\n\n", "One line", "Nul \0 and \ud800 surrogate"])
def test_odd_texts_render(text: str) -> None:
    """Empty texts, NULs and lone surrogates give a page that UTF-8 can hold."""
    to_html(bare_report(text)).encode()


def _long_report(words: int) -> ArticleReport:
    sentence = "The spineless council met the mayor, who said nothing of the harbour or the ferry. "
    text = "A headline\n\n" + "\n\n".join([sentence * 3] * (words // 45))
    document = Document.read(Article(text), sentences_of(text))
    scores = tuple(SentenceScore(s.index, 0.4, "uncertain") for s in document.sentences)
    first = term(document, "spineless", "adjective")
    starts = [s.span.start + 4 for s in document.sentences[1:]]
    matches = tuple(replace(first, span=Span(i, i + 9), sentence=n) for n, i in enumerate(starts, 1))
    return ArticleReport(document, matches, (), scores, provenance())


def test_time_is_linear() -> None:
    """A text eight times as long takes about eight times as long, not sixty-four."""
    to_html(_long_report(100))

    def seconds(words: int) -> float:
        report = _long_report(words)
        begin = perf_counter()
        to_html(report)
        return perf_counter() - begin

    assert seconds(24_000) < 30 * min(seconds(3_000) for _ in range(3))


def test_a_thousand_words_take_twenty_milliseconds() -> None:
    """A report of 1,000 words and 66 terms is rendered in at most 20 ms of one processor, once all is loaded."""
    report = _long_report(1_000)

    def seconds() -> float:
        begin = process_time()
        to_html(report)
        return process_time() - begin

    assert min(seconds() for _ in range(20)) < 0.02


def test_import_is_light() -> None:
    """Importing the package loads neither rich nor Jinja2."""
    code = "import framelens.render, sys; sys.exit(bool({'rich', 'jinja2'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
