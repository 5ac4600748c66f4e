"""Articles out of any input; one that cannot be read is reported and never stops the rest."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator

from framelens.errors import FramelensError, InputError
from framelens.inputs.encoding import to_utf8
from framelens.inputs.feeds import read_feed
from framelens.inputs.html import read_html
from framelens.inputs.json_lines import read_json
from framelens.inputs.locate import Source, locate
from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.repair import Markup, mend
from framelens.inputs.sniff import sniff
from framelens.inputs.tables import read_parquet, read_separated
from framelens.inputs.text import read_markdown, read_text
from framelens.inputs.unpack import unpack
from framelens.inputs.warc import read_warc
from framelens.inputs.zipped import members, office_kind, seekable
from framelens.text import Article

__all__ = ["read_articles", "read_source"]

_HEAD = 4096
_Item = Article | Rejected
_TEXTUAL = {"text", "markdown", "json", "jsonl", "csv", "tsv"}
_MARKUP: dict[Format, Markup] = {"warc": "parsed", "pdf": "parsed", "docx": "parsed", "markdown": "markdown"}


def read_articles(
    inputs: Iterable[str], options: ReadOptions | None = None, *, advance: Callable[[int], None] | None = None
) -> Iterator[Article | Rejected]:
    """The articles of all inputs in order, lazily, and in their places what could not be read.

    An input is a file, a folder (read to its depth), a glob, an http(s) URL, or ``-`` for standard input. An
    article without an id of its own gets its input's name, with ``#`` and the record's number in a file of many.
    What was mended in its text stands in its ``repairs``.
    ``advance`` is told, between articles, how many further bytes of files have been read.
    """
    options = options or ReadOptions()
    for name in inputs:
        for source in locate(name, options):
            if isinstance(source, Rejected):
                yield source
            else:
                yield from read_source(source, options, advance)


def read_source(
    source: Source, options: ReadOptions, advance: Callable[[int], None] | None = None
) -> Iterator[Article | Rejected]:
    """The articles of one source."""
    count = position = 0
    options = dataclasses.replace(options, columns=(*source.columns, *options.columns))
    try:
        with source.open() as raw:
            for item in _items(source, raw, options):
                count += 1
                if advance is not None and raw.seekable() and (at := raw.tell()) > position:
                    advance(at - position)
                    position = at
                yield item
    except FramelensError as error:
        yield Rejected(source.name, count + 1 if count else None, str(error))
    except OSError as error:
        yield Rejected(source.name, count + 1 if count else None, error.strerror or str(error))
    except Exception as error:  # noqa: BLE001 - parsers of foreign formats raise anything on broken bytes
        reason = f"is broken: {error or type(error).__name__}"
        yield Rejected(source.name, count + 1 if count else None, " ".join(reason.split())[:300])


def _items(source: Source, raw: io.BufferedReader, options: ReadOptions) -> Iterator[_Item]:
    stream = unpack(raw, options.max_expansion)
    if not stream.peek(1):
        raise InputError("holds no text")
    text = to_utf8(stream, options.encoding)
    head = text.peek(_HEAD)[:_HEAD]
    form = options.format or sniff(source.name, source.media_type, head, options)
    if form == "zip":
        stream = seekable(stream, options)
        kind = office_kind(stream)
        if kind is None:
            for member in members(source.name, stream, options):
                yield from [member] if isinstance(member, Rejected) else read_source(member, options)
            return
        form = kind
    count = 0
    for count, item in enumerate(_records(source, text if form in _TEXTUAL else stream, form, options), 1):
        yield _mended(item, source, count, options, _MARKUP.get(form, "unknown"))
    if not count and form != "parquet":  # which says itself that it holds no rows
        raise InputError("holds no records")


def _mended(item: _Item, source: Source, number: int, options: ReadOptions, markup: Markup) -> _Item:
    if isinstance(item, Rejected):
        return item
    try:
        return mend(item, options, markup)
    except InputError as error:
        return Rejected(source.name, None if item.id == source.name else number, str(error))


def _records(source: Source, stream: io.BufferedReader, form: Format, options: ReadOptions) -> Iterator[_Item]:
    name = source.name
    if form == "html":
        return read_html(name, stream, options, options.encoding or source.charset)
    if form in {"csv", "tsv"}:
        return read_separated(name, stream, options, "tsv" if form == "tsv" else "csv")
    if form in {"mail", "mbox"}:
        from framelens.inputs.mail import read_mail

        return read_mail(name, stream, options, "mbox" if form == "mbox" else "mail")
    if form in {"docx", "rtf", "pdf", "xlsx"}:
        from framelens.inputs.office import read_office

        return read_office(name, stream, options, form)
    return _READERS[form](name, stream, options)


_READERS: dict[Format, Callable[[str, io.BufferedReader, ReadOptions], Iterator[_Item]]] = {
    "text": read_text,
    "markdown": read_markdown,
    "json": read_json,
    "jsonl": read_json,
    "parquet": read_parquet,
    "warc": read_warc,
    "feed": read_feed,
}
