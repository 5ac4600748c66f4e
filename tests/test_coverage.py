"""`framelens.coverage`: what a lexicon hits, never hits, and may lack."""

from __future__ import annotations

import pytest

from framelens.coverage import Coverage, measure_coverage
from framelens.lexicon import Entry, Lexicon
from framelens.text import Article


def entry(id_: str, *forms: str, **more: object) -> Entry:
    fixed = {"category": "partisan_term", "alternatives": (), "note": "n", "source": "s", "hits": (), "misses": ()}
    return Entry(id_, forms, **(fixed | more))  # type: ignore[arg-type]


LEXICON = Lexicon(
    name="tiny",
    language="en",
    version="1",
    licence="CC-BY-4.0",
    digest="0",
    entries=(
        entry("death-tax", "death tax", side="right", counterpart="estate-loophole"),
        entry("estate-loophole", "estate loophole", side="left", counterpart="death-tax"),
        entry("sham", "sham", category="loaded_adjective"),
        entry("never", "flibbertigibbet"),
    ),
)
ARTICLES = [
    Article("The death tax is a sham. The scurrilous plan grew.", outlet="A"),
    Article("A death tax rose. The scurrilous sequel came. “It is a sham,” said Ana Ruiz.", outlet="A"),
    Article("The estate loophole stayed. A scurrilous note and a political note came.", outlet="B"),
]


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return measure_coverage(ARTICLES, LEXICON)


def test_hits_are_counted_by_outlet_and_voice(coverage: Coverage) -> None:
    """Rates count the author's voice; the total counts every voice."""
    assert [(row.outlet, row.articles, row.hits) for row in coverage.outlets] == [("A", 2, 3), ("B", 1, 1)]
    assert (coverage.hits["sham"], coverage.author_hits["sham"]) == (2, 1)
    first = coverage.outlets[0]
    assert first.per_1000_words == pytest.approx(1000 * 3 / first.words)
    assert coverage.per_1000_words == pytest.approx(1000 * 4 / coverage.words)


def test_entries_that_never_hit_are_named(coverage: Coverage) -> None:
    """An entry without a hit in any voice is listed."""
    assert [e.id for e in coverage.never] == ["never"]


def test_candidates_are_frequent_uncovered_words(coverage: Coverage) -> None:
    """A word that looks evaluative and stands thrice is offered; a known everyday ending is not."""
    assert coverage.candidates == (("scurrilous", 3),)


def test_each_partisan_pair_stands_once(coverage: Coverage) -> None:
    """Both sides' counts stand beside each other, once, though each names the other."""
    (pair,) = coverage.pairs
    assert (pair.left.id, pair.left_hits, pair.right.id, pair.right_hits) == ("estate-loophole", 1, "death-tax", 2)


def test_lines_show_pairs_only_when_asked(coverage: Coverage) -> None:
    """``balance`` adds both sides' forms and counts; ``limit`` says how much is left out."""
    assert "partisan pairs" not in "\n".join(coverage.lines())
    shown = list(coverage.lines(balance=True, limit=1))
    assert "1\testate loophole\t2\tdeath tax" in shown
    assert "… and 1 more" in shown


def test_an_empty_corpus_has_no_rate() -> None:
    """Nothing read gives zeros, not an error."""
    empty = measure_coverage([], LEXICON)
    assert empty.per_1000_words == 0
    assert len(empty.never) == 4
    assert list(empty.lines(balance=True))
