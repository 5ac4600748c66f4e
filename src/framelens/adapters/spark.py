"""Corpus runs on Spark: the shard function over the partitions of a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from framelens.corpus.shard import SHARD_LETTERS, Scoring, cut, score_shard
from framelens.corpus.tables import TABLES, schema
from framelens.errors import InputError, MissingExtraError
from framelens.inputs import ReadOptions, Rejected
from framelens.inputs.fields import columns_of
from framelens.inputs.records import record_to_article
from framelens.inputs.repair import mend
from framelens.text import Article

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["SparkTables", "score_spark"]

_SHARD = 100


@dataclass(frozen=True, slots=True)
class SparkTables:
    """The tables of a scored corpus as Spark data frames, computed when asked for.

    All are made of ``scored``, which Spark keeps after its first use; ``scored.unpersist()`` lets it go.
    """

    articles: DataFrame
    sentences: DataFrame
    terms: DataFrame
    rejected: DataFrame
    scored: DataFrame


def score_spark(frame: DataFrame, scoring: Scoring | None = None, reading: ReadOptions | None = None) -> SparkTables:
    """Score the articles of a Spark data frame, one a row, columns found as in any table.

    Duplicates are scored as often as they stand there: ``frame.dropDuplicates(["id"])`` is Spark's own way.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise MissingExtraError("the Spark adapter", "spark") from None

    reading = reading or ReadOptions()
    names = (name.split(".")[0] for some in columns_of(frame.columns, reading).values() for name in some)
    score = partial(_score_batches, scoring=scoring or Scoring(), reading=reading)
    # One pass makes all tables: every row of `scored` belongs to one of them, the others are null in it.
    scored = frame.select(*dict.fromkeys(names)).mapInArrow(score, from_arrow_schema(_tagged_schema())).persist()
    tables = {name: scored.where(f"{name} is not null").select(f"{name}.*") for name in (*TABLES, "rejected")}
    return SparkTables(**tables, scored=scored)


def _tagged_schema() -> pa.Schema:
    import pyarrow as pa

    rejected = pa.struct([("input", pa.string()), ("record", pa.int64()), ("reason", pa.string())])
    tables = [(name, pa.struct(list(schema(name)))) for name in TABLES]
    return pa.schema([*tables, ("rejected", rejected)])


def _articles(batches: Iterator[pa.RecordBatch], reading: ReadOptions, partition: int) -> Iterator[Article | Rejected]:
    number = 0
    for batch in batches:
        for record in batch.to_pylist():
            number += 1
            name = f"partition {partition}"
            try:
                yield mend(record_to_article(record, f"{name}#{number}", reading), reading)
            except InputError as error:
                yield Rejected(name, number, str(error))


def _score_batches(
    batches: Iterator[pa.RecordBatch], scoring: Scoring, reading: ReadOptions
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    from pyspark import TaskContext

    context = TaskContext.get()
    items = _articles(batches, reading, context.partitionId() if context else 0)
    form = _tagged_schema()
    for chunk in cut(items, _SHARD, SHARD_LETTERS, lambda item: len(item.text) if isinstance(item, Article) else 0):
        rows = score_shard([item for item in chunk if isinstance(item, Article)], scoring)
        tagged: list[dict[str, object]] = [{name: row} for name in TABLES for row in rows.table(name)]
        refused = [*(item for item in chunk if isinstance(item, Rejected)), *rows.rejected]
        tagged += [{"rejected": asdict(item)} for item in refused]
        yield from pa.Table.from_pylist(tagged, schema=form).to_batches()
