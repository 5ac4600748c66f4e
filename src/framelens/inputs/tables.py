"""Tables: CSV, TSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from framelens.errors import InputError, MissingExtraError
from framelens.inputs.json_lines import lines
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.parquet_pages import largest_page
from framelens.inputs.records import column_names, record_to_article
from framelens.text import Article

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = ["read_parquet", "read_separated"]

_BATCH_ROWS = 32
_BATCH_BYTES = 32_000_000
_BUFFER = 1 << 20
# Below this no ratio is suspicious, as of other compressed inputs.
_FREE_BYTES = 64_000_000


def _decoded(stream: io.BufferedReader, limit: int) -> Iterator[str]:
    encoding = "utf-8-sig"
    for line in lines(stream, limit):
        if line is None:
            raise InputError(f"has a line longer than {limit:,} bytes")
        # A byte that is not UTF-8 travels as a surrogate, so that it costs its own row and no other.
        yield line.decode(encoding, "surrogateescape")
        encoding = "utf-8"


def _next_row(reader: Iterator[list[str]], limit: int) -> list[str] | None:
    # The limit is the csv module's only global; it is widened for one row and put back.
    before = csv.field_size_limit(limit)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def read_separated(
    name: str, stream: io.BufferedReader, options: ReadOptions, kind: Literal["csv", "tsv"]
) -> Iterator[Article | Rejected]:
    """The articles of a table whose first row names the columns; ``;`` separates where no comma does."""
    separator = "\t" if kind == "tsv" else ","
    first_line = stream.peek(65_536).split(b"\n", 1)[0]
    if kind == "csv" and b"," not in first_line and b";" in first_line:
        separator = ";"
    reader = csv.reader(_decoded(stream, options.max_record_bytes), delimiter=separator, strict=True)
    try:
        header = _next_row(reader, options.max_record_bytes)
    except csv.Error as error:
        raise InputError(f"has no readable header: {error}") from error
    if header is None:
        raise InputError("holds no rows")
    column_names(header, options)
    number = 0
    while True:
        number += 1
        try:
            row = _next_row(reader, options.max_record_bytes)
            if row is None:
                return
            if not row:
                continue
            if len(row) != len(header):
                raise InputError(f"has {len(row)} cells where the header has {len(header)}")
            yield record_to_article(dict(zip(header, row, strict=True)), f"{name}#{number}", options)
        except (csv.Error, InputError) as error:
            yield Rejected(name, number, str(error))


def read_parquet(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of a Parquet file, a few rows in memory at a time."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("reading Parquet", "parquet") from None

    if not stream.seekable():
        stream = io.BufferedReader(io.BytesIO(_whole(stream, options)))
    room = max(_FREE_BYTES, options.max_expansion * stream.seek(0, io.SEEK_END))
    stream.seek(0)
    with pq.ParquetFile(stream, buffer_size=_BUFFER) as file:
        columns = list(dict.fromkeys(column_names(file.schema_arrow.names, options).values()))
        for number, row in enumerate(_parquet_rows(file, stream, columns, options.max_record_bytes), 1):
            try:
                record = {column: _value(cell, options.max_record_bytes) for column, cell in row.items()}
                room -= sum(len(value) for value in record.values() if isinstance(value, str))
                if room < 0:
                    yield Rejected(
                        name, number, f"expands to more than {options.max_expansion} times the file's size: a bomb?"
                    )
                    return
                yield record_to_article(record, f"{name}#{number}", options)
            except (InputError, ValueError) as error:
                yield Rejected(name, number, str(error))


def _parquet_rows(
    file: pq.ParquetFile, stream: io.BufferedReader, columns: list[str], limit: int
) -> Iterator[dict[str, pa.Scalar]]:
    """The rows of a Parquet file as cells that are not yet Python's; fewer at a time where they are large."""
    for group in range(file.num_row_groups):
        metadata = file.metadata.row_group(group)
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
