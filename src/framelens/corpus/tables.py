"""The three tables of a scored corpus, and their types on disk."""

from __future__ import annotations

import datetime as dt
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

__all__ = [
    "ARTICLE_COLUMNS",
    "TABLES",
    "TableName",
    "article_row",
    "kept_column",
    "moment",
    "schema",
    "to_arrow",
    "to_parquet",
]

TableName = Literal["articles", "sentences", "terms"]

TABLES: tuple[TableName, ...] = ("articles", "sentences", "terms")

#: The columns of articles, named as in the JSON of a report; kept columns of the input follow them.
ARTICLE_COLUMNS = (
    "article", "title", "outlet", "url", "published", "language", "repairs", "genre", "words",
    "words_author", "words_direct", "words_indirect", "words_scare",
    "loaded_terms_author", "loaded_terms_direct", "loaded_terms_indirect", "loaded_terms_scare",
    "loaded_per_1000_words", "scored_sentences", "editorializing_sentences", "editorializing_share", "frames",
    "voices", "text",
)  # fmt: skip
_COUNTS = {"words", "start", "end", "strength", "sentence", "scored_sentences", "editorializing_sentences"}
_NUMBERS = {"probability", "strong_per_1000_words", "loaded_per_1000_words", "editorializing_share"}


def article_row(report: ArticleReport) -> dict[str, object]:
    """One row an article: counts by voice, rates, frames, and the text with whose words it is."""
    article, threshold = report.article, report.provenance.threshold
    share = report.editorializing_share
    row: dict[str, object] = {
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": moment(article.published),
        "language": article.language,
        "repairs": list(article.repairs),
        "genre": report.genre and report.genre.label,
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
        "text": article.text,
    }
    row |= {f"words_{voice}": count for voice, count in report.words_by_voice.items()}
    row |= {f"loaded_terms_{voice}": len(terms) for voice, terms in report.by_voice().items()}
    kept = article.columns.items() if isinstance(article, KeptArticle) else ()
    return row | {kept_column(name): value for name, value in kept}


def kept_column(name: str) -> str:
    """The name of a kept column in the table, which is its own where the table has none of that name."""
    return f"kept_{name}" if name in ARTICLE_COLUMNS else name


def moment(published: str | None) -> dt.datetime | None:
    """A date or time as a moment in UTC, which a time without a zone is taken for; None for a mere month or year."""
    try:
        found = dt.datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


def schema(table: TableName, keep: Iterable[str] = ()) -> pa.Schema:
    """The Arrow schema of a table; the same in every file, whatever a shard happens to hold."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("scoring a corpus", "parquet") from None

    nested = {
        "frames": pa.list_(pa.struct([("frame", pa.string()), ("score", pa.float64())])),
        "repairs": pa.list_(pa.string()),
        "published": pa.timestamp("us", "UTC"),
        "voices": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("voice", pa.string())])),
    }
    kept = tuple(map(kept_column, keep))
    columns = {"articles": (*ARTICLE_COLUMNS, *kept), "sentences": SENTENCE_COLUMNS, "terms": TERM_COLUMNS}[table]

    def kind(column: str) -> pa.DataType:
        if column in kept:
            return pa.string()
        if table == "articles" and column in nested:
            return nested[column]
        if column in _COUNTS or column.startswith(("words_", "loaded_terms_")):
            return pa.int64()
        return pa.float64() if column in _NUMBERS else pa.string()

    return pa.schema([(column, kind(column)) for column in columns])


def to_arrow(table: TableName, rows: Iterable[Mapping[str, object]], keep: Iterable[str] = ()) -> pa.Table:
    """Rows as an Arrow table."""
    form = schema(table, keep)
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=form)


def to_parquet(table: TableName, rows: Iterable[Mapping[str, object]], keep: Iterable[str] = ()) -> bytes:
    """Rows as the bytes of a Parquet file, with the columns ``keep`` of the input."""
    data = to_arrow(table, rows, keep)
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(data, buffer, compression="zstd")
    return buffer.getvalue()
