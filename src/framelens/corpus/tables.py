"""The three tables of a scored corpus, and their types on disk."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from framelens.errors import MissingExtraError
from framelens.export import SENTENCE_COLUMNS, TERM_COLUMNS
from framelens.inputs import KeptArticle
from framelens.report import ArticleReport
from framelens.text import Span

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TABLES", "TableName", "article_row", "schema", "to_arrow", "to_parquet"]

TableName = Literal["articles", "sentences", "terms"]

TABLES: tuple[TableName, ...] = ("articles", "sentences", "terms")

_ARTICLE_COLUMNS = (
    "id", "title", "outlet", "url", "published", "words",
    "words_author", "words_direct", "words_indirect", "words_scare",
    "terms_author", "terms_direct", "terms_indirect", "terms_scare", "loaded_per_1000_words",
    "scored_sentences", "editorializing_sentences", "editorializing_share", "frames", "voices", "columns", "text",
)  # fmt: skip
_COUNTS = {"words", "start", "end", "strength", "sentence", "scored_sentences", "editorializing_sentences"}
_NUMBERS = {"probability", "strong_per_1000_words", "loaded_per_1000_words", "editorializing_share"}


def article_row(report: ArticleReport) -> dict[str, object]:
    """One row an article: counts by voice, rates, frames, and the text with whose words it is."""
    article, threshold = report.article, report.provenance.threshold
    share = report.editorializing_share
    row: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
        "words": report.words,
        "loaded_per_1000_words": round(report.per_1000_words, 6),
        "scored_sentences": None if threshold is None else len(report.scores),
        "editorializing_sentences": None
        if threshold is None
        else sum(score.probability >= threshold for score in report.scores),
        "editorializing_share": None if share is None else round(share, 6),
        "frames": [{"frame": frame.frame, "score": round(frame.score, 6)} for frame in report.frames],
        "voices": [
            {"start": span.start, "end": span.end, "voice": voice}
            for span, voice in report.document.voices.within(Span(0, len(article.text)))
        ],
        "columns": [
            {"column": name, "value": value}
            for name, value in (article.columns.items() if isinstance(article, KeptArticle) else ())
        ],
        "text": article.text,
    }
    row |= {f"words_{voice}": count for voice, count in report.words_by_voice.items()}
    row |= {f"terms_{voice}": len(terms) for voice, terms in report.by_voice().items()}
    return row


def schema(table: TableName) -> pa.Schema:
    """The Arrow schema of a table; the same in every file, whatever a shard happens to hold."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("scoring a corpus", "parquet") from None

    nested = {
        "frames": pa.list_(pa.struct([("frame", pa.string()), ("score", pa.float64())])),
        "columns": pa.list_(pa.struct([("column", pa.string()), ("value", pa.string())])),
        "voices": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("voice", pa.string())])),
    }
    columns = {"articles": _ARTICLE_COLUMNS, "sentences": SENTENCE_COLUMNS, "terms": TERM_COLUMNS}[table]

    def kind(column: str) -> pa.DataType:
        if column in nested:
            return nested[column]
        if column in _COUNTS or column.startswith(("words_", "terms_")):
            return pa.int64()
        return pa.float64() if column in _NUMBERS else pa.string()

    return pa.schema([(column, kind(column)) for column in columns])


def to_arrow(table: TableName, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Rows as an Arrow table."""
    form = schema(table)
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=form)


def to_parquet(table: TableName, rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as the bytes of a Parquet file."""
    data = to_arrow(table, rows)
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(data, buffer, compression="zstd")
    return buffer.getvalue()
