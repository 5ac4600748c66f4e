"""Tables: CSV, TSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Literal

from framelens.document import Article
from framelens.errors import InputError, MissingExtraError
from framelens.inputs.json_lines import lines
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.records import column_names, record_to_article

__all__ = ["read_parquet", "read_separated"]

_BATCH_ROWS = 32
_HIGHEST_RATIO = 200  # of unpacked to packed bytes; text packs to a tenth at best


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
    with pq.ParquetFile(stream) as file:
        names = column_names(file.schema_arrow.names, options)
        _refuse_bomb(file.metadata, frozenset(names.values()), 10 * options.max_record_bytes)
        number = 0
        for batch in file.iter_batches(_BATCH_ROWS, columns=list(dict.fromkeys(names.values()))):
            for index in range(batch.num_rows):
                number += 1
                try:
                    record = {column: batch.column(column)[index].as_py() for column in names.values()}
                    yield record_to_article(record, f"{name}#{number}", options)
                except (InputError, ValueError) as error:
                    yield Rejected(name, number, str(error))


def _refuse_bomb(metadata: Any, columns: frozenset[str], limit: int) -> None:
    """Raise `InputError` where a column unpacks to more than a limit and to more times its size than text does."""
    for group in range(metadata.num_row_groups):
        for index in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(index)
            packed, unpacked = chunk.total_compressed_size, chunk.total_uncompressed_size
            if chunk.path_in_schema in columns and unpacked > max(limit, _HIGHEST_RATIO * packed):
                raise InputError(
                    f"column {chunk.path_in_schema!r} unpacks from {packed:,} to {unpacked:,} bytes: a bomb"
                )


def _whole(stream: io.BufferedReader, options: ReadOptions) -> bytes:
    """A Parquet file that cannot be sought in (packed, or from a pipe), held in memory within ten records' room."""
    limit = 10 * options.max_record_bytes
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes and cannot be read as a stream; unpack it to a file")
    return data
