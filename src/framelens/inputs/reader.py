"""Articles out of any input; one that cannot be read is reported and never stops the rest."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

from framelens.errors import FramelensError
from framelens.inputs.html import read_html
from framelens.inputs.json_lines import read_json, read_json_lines
from framelens.inputs.locate import Source, locate
from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.sniff import sniff
from framelens.inputs.tables import read_parquet, read_separated
from framelens.inputs.text import read_text
from framelens.inputs.unpack import unpack
from framelens.inputs.warc import read_warc
from framelens.text import Article

__all__ = ["read_articles"]

_HEAD = 4096


def read_articles(
    inputs: Iterable[str], options: ReadOptions | None = None, *, advance: Callable[[int], None] | None = None
) -> Iterator[Article | Rejected]:
    """The articles of all inputs in order, lazily, and in their places what could not be read.

    An input is a file, a folder (read to its depth), a glob, an http(s) URL, or ``-`` for standard input. An
    article without an id of its own gets its input's name, with ``#`` and the record's number in a file of many.
    ``advance`` is told, between articles, how many further bytes of files have been read.
    """
    options = options or ReadOptions()
    for name in inputs:
        for source in locate(name, options):
            if isinstance(source, Rejected):
                yield source
            else:
                yield from _read_source(source, options, advance)


def _read_source(
    source: Source, options: ReadOptions, advance: Callable[[int], None] | None
) -> Iterator[Article | Rejected]:
    count = position = 0
    try:
        with source.open() as raw:
            stream = unpack(raw, options.max_expansion)
            head = stream.peek(_HEAD)[:_HEAD]
            form = options.format or sniff(source.name, source.media_type, head, options.text_column)
            for item in _records(source, stream, form, options):
                count += 1
                if advance is not None and raw.seekable() and (at := raw.tell()) > position:
                    advance(at - position)
                    position = at
                yield item
        if not count:
            yield Rejected(source.name, None, "holds no records")
    except FramelensError as error:
        yield Rejected(source.name, count + 1 if count else None, str(error))
    except OSError as error:
        yield Rejected(source.name, count + 1 if count else None, error.strerror or str(error))
    except Exception as error:  # noqa: BLE001 - parsers of foreign formats raise anything on broken bytes
        reason = f"is broken: {error or type(error).__name__}"
        yield Rejected(source.name, count + 1 if count else None, " ".join(reason.split())[:300])


def _records(
    source: Source, stream: io.BufferedReader, form: Format, options: ReadOptions
) -> Iterator[Article | Rejected]:
    name = source.name
    match form:
        case "text":
            return read_text(name, stream, options)
        case "html":
            return read_html(name, stream, options, source.charset)
        case "json" | "jsonl":
            return (read_json if form == "json" else read_json_lines)(name, stream, options)
        case "csv" | "tsv":
            return read_separated(name, stream, options, form)
        case "parquet":
            return read_parquet(name, stream, options)
        case "warc":
            return read_warc(name, stream, options)
