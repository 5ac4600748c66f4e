"""The Markdown report, read back by a Markdown parser."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import bare_report, provenance, sample_report, sentences_of

from framelens.render import to_markdown
from framelens.render.summary import wilson
from framelens.text import Article, Document


def html(markdown: str) -> str:
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown))


def test_tables_and_terms() -> None:
    """The parser finds the tables of voices, terms and sources, with one row a term."""
    page = html(to_markdown(sample_report()))
    assert page.count("<table>") == 3
    terms = page.split("<table>")[2]
    assert terms.count("<tr>") == 1 + len(sample_report().terms)
    assert "<strong>extremists</strong>" in terms
    assert "33% (95 % interval 12%–65%)" in page


def test_article_is_quoted_whole() -> None:
    """The article stands in the report word by word, with the terms in bold."""
    page = html(to_markdown(sample_report()))
    quoted = page[page.index("<blockquote>") :]
    text = unescape(re.sub(r"<sub>.*?</sub>|<[^>]*>", " ", quoted))
    assert "run twice a day <unless frozen>." in " ".join(text.split())
    assert quoted.count("<strong>") == len(sample_report().terms)


EVIL = [
    "<script>alert(1)</script>",
    "[link](javascript:alert(1))",
    "![image](https://a.example/x.png)",
    "| a | b |",
    "`code`",
    "**bold** _it_ ~~gone~~",
    "<b>bold</b>",
    "&lt;i&gt;",
    "# heading",
    "- list",
    "1. list",
    "> quote",
    "---",
    "</details>",
]


@pytest.mark.parametrize("evil", EVIL)
def test_markup_shows_as_text(evil: str) -> None:
    """Markdown and HTML in the text, title or outlet are shown as they stand."""
    text = f"A quiet day\n\n{evil}\n\nThen {evil} again."
    article = Article(text, "id", f"On {evil}", evil)
    plain = html(to_markdown(bare_report("A quiet day\n\nx\n\nThen x again.")))
    document = Document.read(article, sentences_of(text))
    page = html(to_markdown(replace(bare_report(""), document=document)))
    for tag in ("script", "b", "a", "img", "code", "em", "s", "ul", "ol", "hr", "table", "blockquote", "details"):
        expected = plain.count(f"<{tag}>") + plain.count(f"<{tag} ")
        assert page.count(f"<{tag}>") + page.count(f"<{tag} ") == expected, tag
    assert unescape(page).count(evil) >= 3


def test_no_mentions_and_no_automatic_links() -> None:
    """GitHub finds nobody to notify, no issue to refer to and no address to link in an article."""
    text = "Quiet\n\nWrite to @everyone about #12 at https://a.example or www.b.example."
    markdown = to_markdown(bare_report(text))
    assert not re.search(r"(?<!\\)#12|@everyone|https://a|www\.b", markdown)


@given(st.text(max_size=40))
def test_any_text_is_rendered(text: str) -> None:
    """No text breaks the report, and the provenance is always its last line."""
    document = Document.read(Article(text, text, text, text, text, text), sentences_of(text))
    report = replace(bare_report(""), document=document, provenance=provenance())
    assert to_markdown(report).rstrip().endswith("</sub>")


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (3, 9, 0.1206, 0.6458), (81, 263, 0.2553, 0.3662), (0, 0, 0, 1)],
)
def test_wilson(hits: int, trials: int, low: float, high: float) -> None:
    """The interval is Wilson's; 81 of 263 is the example in Newcombe (1998), table I."""
    found = wilson(hits, trials)
    assert isclose(found[0], low, abs_tol=1e-4)
    assert isclose(found[1], high, abs_tol=1e-4)
