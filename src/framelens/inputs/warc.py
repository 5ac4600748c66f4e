"""News pages from web archives (WARC), by fastwarc."""

from __future__ import annotations

import io
from collections.abc import Iterator

from framelens.document import Article
from framelens.errors import InputError, MissingExtraError
from framelens.inputs.html import decode_page, extract
from framelens.inputs.options import ReadOptions, Rejected

__all__ = ["read_warc"]

_PAGES = {"text/html", "application/xhtml+xml"}
_MIN_WORDS = 50  # a page with less text is an index, a stub or an error page


def read_warc(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles among an archive's successful HTML responses; other records are no pages and passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtraError("reading WARC", "warc") from None

    seen = 0
    for number, record in enumerate(ArchiveIterator(stream, record_types=WarcRecordType.any_type), 1):
        seen += 1
        if record.record_type != WarcRecordType.response or not record.is_http or record.http_headers is None:
            continue
        if record.http_headers.status_code != 200 or (record.http_content_type or "").lower() not in _PAGES:
            continue
        try:
            data = record.reader.read(options.max_record_bytes + 1)
            if len(data) > options.max_record_bytes:
                raise InputError(f"is larger than {options.max_record_bytes:,} bytes")
            url = record.headers.get("WARC-Target-URI")
            article = extract(decode_page(data, record.http_charset), record.record_id or f"{name}#{number}", url)
            words = len(article.text.split())
            if words < _MIN_WORDS:
                raise InputError(f"is no news page: {words} words of text")
            yield article
        except InputError as error:
            yield Rejected(name, number, str(error))
    if not seen:
        raise InputError("holds no WARC records")
