"""The one function that every engine runs: a list of articles in, rows of three tables out."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from framelens.analyzer import Analyzer
from framelens.corpus.tables import TABLES, TableName, article_row, to_parquet
from framelens.errors import LexiconError, MissingExtraError, ModelError
from framelens.export import sentence_rows, term_rows
from framelens.inputs import Rejected
from framelens.report import ArticleReport
from framelens.text import Article

if TYPE_CHECKING:
    from framelens.model_io import LoadedModel

__all__ = ["SHARD_LETTERS", "PackedShard", "Scoring", "ShardRows", "analyzer_for", "cut", "pack_shard", "score_shard"]

SHARD_LETTERS = 2_000_000  # three times what a hundred news articles hold

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scoring:
    """What to score with, as names and paths, so that it travels to other processes and machines."""

    model: str | None = "default"
    lexicons: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    learned: bool = True
    base_rate: float | None = None


@dataclass(frozen=True, slots=True)
class ShardRows:
    """The rows of one shard, and the articles that could not be scored."""

    articles: list[dict[str, object]] = field(default_factory=list)
    sentences: list[dict[str, object]] = field(default_factory=list)
    terms: list[dict[str, object]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def table(self, name: TableName) -> list[dict[str, object]]:
        """The rows of one table by its name."""
        return {"articles": self.articles, "sentences": self.sentences, "terms": self.terms}[name]


@dataclass(frozen=True, slots=True)
class PackedShard:
    """A scored shard as Parquet files, ready to be written by whoever holds the output folder."""

    number: int
    files: dict[TableName, bytes]
    counts: dict[TableName, int]
    rejected: list[Rejected]


def cut(items: Iterable[_T], size: int, letters: int, length: Callable[[_T], int]) -> Iterator[list[_T]]:
    """Items in lists of at most ``size`` items that hold ``letters`` in all; a larger item stands alone.

    A worker's time and memory go by the letters: a hundred books are no shard like a hundred news articles.
    """
    shard: list[_T] = []
    held = 0
    for item in items:
        more = length(item)
        if shard and (len(shard) == size or held + more > letters):
            yield shard
            shard, held = [], 0
        shard.append(item)
        held += more
    if shard:
        yield shard


@lru_cache(maxsize=2)
def analyzer_for(scoring: Scoring) -> Analyzer:
    """The analyzer, made once a process."""
    model: str | LoadedModel | None = scoring.model
    if scoring.model is not None and scoring.base_rate is not None:
        from framelens.model_io import load_model

        model = load_model(scoring.model).at_base_rate(scoring.base_rate)
    return Analyzer(model, scoring.lexicons, ignore=scoring.ignore, learned=scoring.learned)


def _reports(articles: Sequence[Article], analyzer: Analyzer) -> Iterator[ArticleReport | Rejected]:
    """The reports of articles in order; a text that several outlets printed is scored once."""
    first: dict[tuple[str, str | None], Article] = {}
    for article in articles:
        first.setdefault((article.text, article.title), article)
    found = dict(zip(first, _each(tuple(first.values()), analyzer), strict=True))
    for article in articles:
        report = found[article.text, article.title]
        if isinstance(report, Rejected):
            yield replace(report, input=article.id)
        elif report.article is article:
            yield report
        else:
            yield replace(report, document=replace(report.document, article=article))


def _each(articles: Sequence[Article], analyzer: Analyzer) -> Iterator[ArticleReport | Rejected]:
    try:
        yield from list(analyzer.pipe(articles))
        return
    except (LexiconError, ModelError, MissingExtraError):
        raise
    except Exception as error:  # noqa: BLE001 - one article must not cost its shard; which one is found out below
        failure = error
    for article in articles:
        try:
            yield analyzer.analyze(article) if len(articles) > 1 else _refuse(failure)
        except Exception as error:  # noqa: BLE001 - as above
            yield Rejected(article.id, None, _reason(error))


def _reason(error: Exception) -> str:
    """What failed and where, as whoever mends it needs to know."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    name = f"{Path(place.filename).name}:{place.lineno}"
    return f"could not be scored: {type(error).__name__} at {name}: {error}"[:300]


def _refuse(failure: Exception) -> ArticleReport:
    raise failure


def score_shard(articles: Sequence[Article], scoring: Scoring | None = None) -> ShardRows:
    """Score articles into rows for the tables *articles*, *sentences* and *terms*."""
    rows = ShardRows()
    for report in _reports(articles, analyzer_for(scoring or Scoring())):
        if isinstance(report, Rejected):
            rows.rejected.append(report)
        else:
            rows.articles.append(article_row(report))
            rows.sentences.extend(sentence_rows(report))
            rows.terms.extend(term_rows(report))
    return rows


def pack_shard(number: int, articles: Sequence[Article], scoring: Scoring, keep: tuple[str, ...] = ()) -> PackedShard:
    """Score a shard and pack its tables, with the columns ``keep`` of the input."""
    rows = score_shard(articles, scoring)
    files = {name: to_parquet(name, rows.table(name), keep if name == "articles" else ()) for name in TABLES}
    packed = PackedShard(number, files, {name: len(rows.table(name)) for name in TABLES}, rows.rejected)
    del rows
    gc.collect()  # or a worker's memory drifts up by the shards it has done
    return packed
