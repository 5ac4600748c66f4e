"""`framelens.adapters.pandas`: frames in, frames out."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from framelens.adapters.pandas import ARTICLE_COLUMNS, score_frame
from framelens.analyzer import Analyzer
from framelens.corpus.tables import ARTICLE_COLUMNS as CORPUS_COLUMNS
from framelens.errors import InputError
from framelens.export import SENTENCE_COLUMNS, TERM_COLUMNS, sentence_rows, term_rows
from framelens.text import Article


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(None)


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "text": ["The disgraceful sham ended. Rain fell.", None, "The council met. “A sham,” said Ana Ruiz."],
            "outlet": ["A", "B", float("nan")],
            "published": pd.to_datetime(["2021-01-01", None, "2021-01-03"]),
            "desk": ["opinion", "news", "news"],
        },
        index=["x", "y", "z"],
    )


def test_three_frames_hold_the_reports(frame: pd.DataFrame, analyzer: Analyzer) -> None:
    """Articles keep the index; sentences and terms are the rows that the library exports."""
    articles, sentences, terms = score_frame(frame, analyzer=analyzer)
    assert tuple(articles.columns) == ARTICLE_COLUMNS
    assert (tuple(sentences.columns), tuple(terms.columns)) == (SENTENCE_COLUMNS, TERM_COLUMNS)
    assert list(articles.index) == list(articles["article"]) == ["x", "y", "z"]
    report = analyzer.analyze(Article(frame["text"]["x"], id="x", outlet="A"))
    assert terms[terms["article"] == "x"].to_dict("records")[0]["entry"] == next(term_rows(report))["entry"]
    assert len(sentences[sentences["article"] == "x"]) == len(list(sentence_rows(report)))
    assert articles["loaded_per_1000_words"]["x"] == pytest.approx(report.per_1000_words)


def test_missing_values_are_empty(frame: pd.DataFrame, analyzer: Analyzer) -> None:
    """A missing text is an empty article, a missing outlet is none, a missing share is NaN."""
    articles = score_frame(frame, analyzer=analyzer).articles
    assert articles["words"]["y"] == 0
    assert articles["outlet"].isna()["z"]
    assert articles["editorializing_share"].isna().all()


def test_columns_are_those_of_a_scored_corpus(frame: pd.DataFrame, analyzer: Analyzer) -> None:
    """One name for one thing, dates as timestamps, and what tools write for a missing value is missing."""
    frame["outlet"] = ["nan", "NULL", "C"]
    frame["published"] = ["May 1, 2024", "2024-13-45", None]
    articles = score_frame(frame, analyzer=analyzer).articles
    assert set(ARTICLE_COLUMNS) <= {*CORPUS_COLUMNS, "top_frame"}
    assert list(articles["published"].isna()) == [False, True, True]
    assert articles["published"]["x"] == pd.Timestamp("2024-05-01", tz="UTC")
    assert list(articles["outlet"].isna()) == [True, True, False]


def test_the_accessor_does_the_same(frame: pd.DataFrame, analyzer: Analyzer) -> None:
    """``df.framelens.score()`` is `score_frame`; ``compare`` takes any column."""
    renamed = frame.rename(columns={"text": "body"})
    by_accessor = renamed.framelens.score("body", analyzer=analyzer)
    pd.testing.assert_frame_equal(by_accessor.articles, score_frame(frame, analyzer=analyzer).articles)
    comparison = frame.framelens.compare(by="desk", analyzer=analyzer)
    assert {group.name: group.articles for group in comparison} == {"opinion": 1, "news": 2}


def test_the_frame_is_left_alone(frame: pd.DataFrame, analyzer: Analyzer) -> None:
    """Scoring does not change what it reads."""
    before = frame.copy(deep=True)
    score_frame(frame, analyzer=analyzer)
    pd.testing.assert_frame_equal(frame, before)


def test_a_missing_column_is_named(frame: pd.DataFrame, analyzer: Analyzer) -> None:
    """The message says which columns there are."""
    with pytest.raises(InputError, match="no column 'body'; it has 'text'"):
        score_frame(frame, "body", analyzer=analyzer)
    with pytest.raises(InputError, match="no column 'genre'"):
        frame.framelens.compare(by="genre", analyzer=analyzer)


def test_an_empty_frame_gives_empty_frames(analyzer: Analyzer) -> None:
    """No rows give three empty tables with their columns."""
    empty = score_frame(pd.DataFrame({"text": []}), analyzer=analyzer)
    assert [len(table) for table in empty] == [0, 0, 0]
    assert tuple(empty.terms.columns) == TERM_COLUMNS


def test_importing_framelens_imports_no_pandas() -> None:
    """Adapters are asked for by name; the package itself stays light."""
    code = "import sys, framelens; sys.exit('pandas' in sys.modules or 'sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code
