"""Tables: CSV, TSV and Parquet."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Literal, Protocol

from framelens.errors import InputError, MissingExtraError
from framelens.inputs.fields import columns_of
from framelens.inputs.headers import delimiter_of, text_lines, unique_names
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.parquet_pages import largest_page
from framelens.inputs.records import KeptArticle, record_to_article
from framelens.inputs.separated import Rows, records
from framelens.text import Article

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = ["RowSource", "read_parquet", "read_rows", "read_separated"]

_BATCH_ROWS = 32
_BATCH_BYTES = 32_000_000
_BUFFER = 1 << 20
# Below this no ratio is suspicious, as of other compressed inputs.
_FREE_BYTES = 64_000_000


class RowSource(Protocol):
    """A table's rows, the first of which may be its header; a string stands for a row that is broken."""

    header: list[str]

    def read_header(self) -> list[str]: ...
    def __iter__(self) -> Iterator[list[str] | str]: ...


def read_separated(
    name: str, stream: io.BufferedReader, options: ReadOptions, kind: Literal["csv", "tsv"]
) -> Iterator[Article | Rejected]:
    """The articles of a table, whose first row names the columns unless the options say that there is no header."""
    source = text_lines(stream, options.max_record_bytes)
    first = next((line for line in source if line.strip()), None)
    if first is None:
        raise InputError("holds no text")
    delimiter, says_so = delimiter_of(first, kind, options)
    rows = Rows(source if says_so else chain((first,), source), delimiter, options.max_record_bytes)
    yield from read_rows(name, rows, options)


def read_rows(name: str, rows: RowSource, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of rows of cells."""
    cells = rows.read_header()
    rows.header = unique_names(cells, options) if options.header else [str(n) for n in range(1, len(cells) + 1)]
    columns_of(rows.header, options)
    content: Iterable[list[str] | str] = rows if options.header else chain((cells,), rows)
    for number, record in enumerate(records(content, rows.header), 1):
        try:
            if isinstance(record, str):
                raise InputError(record)
            yield record_to_article(record, f"{name}#{number}", options)
        except InputError as error:
            yield Rejected(name, number, str(error))


def read_parquet(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of a Parquet file, a few rows in memory at a time."""
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("reading Parquet", "parquet", error) from None

    if not stream.seekable():
        stream = io.BufferedReader(io.BytesIO(_whole(stream, options)))
    room = max(_FREE_BYTES, options.max_expansion * stream.seek(0, io.SEEK_END))
    stream.seek(0)
    with pq.ParquetFile(stream, buffer_size=_BUFFER) as file:
        names = file.schema_arrow.names
        columns = _columns(names, options)
        for number, row in enumerate(_parquet_rows(file, stream, columns, options.max_record_bytes), 1):
            try:
                record = {column: _value(cell, options.max_record_bytes) for column, cell in row.items()}
                room -= sum(len(value) for value in record.values() if isinstance(value, str))
                if room < 0:
                    yield Rejected(
                        name, number, f"expands to more than {options.max_expansion} times the file's size: a bomb?"
                    )
                    return
                article = record_to_article(record, f"{name}#{number}", options)
                yield dataclasses.replace(article, known=tuple(names)) if isinstance(article, KeptArticle) else article
            except (InputError, ValueError) as error:
                yield Rejected(name, number, str(error))


def _columns(names: list[str], options: ReadOptions) -> list[str]:
    """The columns to read, each once; of a field inside another the outer one."""
    wanted = (name for some in columns_of(names, options).values() for name in some)
    outer = (name if name in names else name.split(".")[0] for name in wanted)
    return list(dict.fromkeys(name for name in outer if name in names))


def _parquet_rows(
    file: pq.ParquetFile, stream: io.BufferedReader, columns: list[str], limit: int
) -> Iterator[dict[str, pa.Scalar]]:
    """The rows of a Parquet file as cells that are not yet Python's; fewer at a time where they are large."""
    for group in range(file.num_row_groups):
        metadata = file.metadata.row_group(group)
        if not metadata.num_rows:
            continue
        chunks = [metadata.column(index) for index in range(metadata.num_columns)]
        pages = (largest_page(stream, c, limit) for c in chunks if c.path_in_schema.split(".")[0] in columns)
        # A value that a page holds once, all rows may share; how often it is copied is bounded here.
        rows = max(1, min(_BATCH_ROWS, _BATCH_BYTES // max(1, *pages)))
        for batch in file.iter_batches(rows, row_groups=[group], columns=columns):
            for index in range(batch.num_rows):
                yield {column: batch.column(column)[index] for column in columns}


def _value(cell: pa.Scalar, limit: int) -> object:
    """A cell as Python's value, unless it is longer than a record may be."""
    held = cell.as_buffer() if hasattr(cell, "as_buffer") else None
    if held is not None and held.size > limit:
        raise InputError(f"a value is longer than {limit:,} bytes")
    return cell.as_py()


def _whole(stream: io.BufferedReader, options: ReadOptions) -> bytes:
    """A Parquet file that cannot be sought in (packed, or from a pipe), held in memory within ten records' room."""
    limit = 10 * options.max_record_bytes
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes and cannot be read as a stream; unpack it to a file")
    return data
