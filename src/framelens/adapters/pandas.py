"""Data frames in, data frames out; importing this module registers the accessor ``df.framelens``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens.analyzer import Analyzer
from framelens.corpus.tables import ARTICLE_COLUMNS as CORPUS_COLUMNS
from framelens.corpus.tables import article_row
from framelens.errors import InputError
from framelens.export import SENTENCE_COLUMNS, TERM_COLUMNS, sentence_rows, term_rows
from framelens.inputs.dates import read_date
from framelens.inputs.fields import is_absent
from framelens.report import ArticleReport
from framelens.text import Article

if TYPE_CHECKING:
    from framelens.compare import Comparison

__all__ = ["ARTICLE_COLUMNS", "FramelensAccessor", "ScoredFrames", "score_frame"]

#: Columns of `ScoredFrames.articles`, whose index is that of the frame scored: those of a scored corpus without the
#: text, and the strongest frame.
ARTICLE_COLUMNS = (*(name for name in CORPUS_COLUMNS if name not in {"text", "voices", "frames"}), "top_frame")

_META = ("title", "outlet", "url", "published")


class ScoredFrames(NamedTuple):
    """Three tables: a row an article, a row a sentence, a row a loaded term.

    ``articles`` has the index of the frame that was scored; the others name the article in their column
    ``article``.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    terms: pd.DataFrame


def score_frame(df: pd.DataFrame, text: str = "text", *, analyzer: Analyzer | None = None) -> ScoredFrames:
    """Score the text column of a frame.

    Columns called id, title, outlet, url and published are taken along where they are there; without an ``id``
    the index names the article. A missing text counts as an empty article.
    """
    analyzer = analyzer or Analyzer()
    tables: tuple[list[dict[str, object]], ...] = ([], [], [])
    for report in analyzer.pipe(_articles(df, text)):
        tables[0].append(_article_row(report))
        tables[1].extend(sentence_rows(report))
        tables[2].extend(term_rows(report))
    articles = pd.DataFrame(tables[0], columns=list(ARTICLE_COLUMNS), index=df.index)
    articles["published"] = pd.to_datetime(articles["published"], utc=True)
    whole = {"scored_sentences": "Int64", "editorializing_sentences": "Int64"}  # which hold no number without a model
    return ScoredFrames(
        articles.astype({"editorializing_share": "float64", **whole}),
        pd.DataFrame(tables[1], columns=list(SENTENCE_COLUMNS)),
        pd.DataFrame(tables[2], columns=list(TERM_COLUMNS)),
    )


def _articles(df: pd.DataFrame, text: str) -> Iterator[Article]:
    if text not in df.columns:
        raise InputError(f"the data frame has no column {text!r}; it has {', '.join(map(repr, df.columns))}")
    meta = {name: df[name] for name in _META if name in df.columns and name != text}
    ids = df["id"] if "id" in df.columns else df.index
    for row, (value, id_) in enumerate(zip(df[text], ids, strict=True)):
        title, outlet, url, published = (_string(meta[name].iloc[row]) if name in meta else None for name in _META)
        yield Article(_string(value) or "", _string(id_) or "", title, outlet, url, published and read_date(published))


def _string(value: Any) -> str | None:
    if value is pd.NA or value is pd.NaT or is_absent(value):
        return None
    return value.isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _article_row(report: ArticleReport) -> dict[str, object]:
    top = max(report.frames, key=lambda frame: frame.score, default=None)
    row = article_row(report) | {"top_frame": top and top.frame}
    return {name: row[name] for name in ARTICLE_COLUMNS}


@pd.api.extensions.register_dataframe_accessor("framelens")
class FramelensAccessor:
    """``df.framelens.score()`` and ``df.framelens.compare()``."""

    def __init__(self, df: pd.DataFrame) -> None:
        self._df = df

    def score(self, text: str = "text", *, analyzer: Analyzer | None = None) -> ScoredFrames:
        """As `score_frame`."""
        return score_frame(self._df, text, analyzer=analyzer)

    def compare(self, text: str = "text", by: str = "outlet", *, analyzer: Analyzer | None = None) -> Comparison:
        """Compare the articles by a column of the frame."""
        from framelens.compare import compare

        if by not in self._df.columns:
            raise InputError(f"the data frame has no column {by!r}")
        groups = iter(self._df[by].map(_string).fillna(""))
        reports = (analyzer or Analyzer()).pipe(_articles(self._df, text))
        # Reports come in the order of the rows, so each takes the next row's group.
        return compare(reports, lambda _: next(groups), name=by)
