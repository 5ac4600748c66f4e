"""What kind of input it is: by option, its first bytes where they leave no doubt, media type, name, and its text."""

from __future__ import annotations

import re
from pathlib import PurePath

from framelens.errors import InputError
from framelens.inputs.fields import FIELD_NAMES, plain_name
from framelens.inputs.options import Format, ReadOptions

__all__ = ["sniff"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".psv": "csv", ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc", ".wet": "warc", ".rss": "feed", ".atom": "feed", ".docx": "docx", ".rtf": "rtf", ".pdf": "pdf",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".eml": "mail", ".mht": "mail", ".mhtml": "mail", ".mbox": "mbox", ".zip": "zip",
}  # fmt: skip
_MEDIA_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/vnd.apache.parquet": "parquet",
    "message/rfc822": "mail",
    "multipart/related": "mail",
    "application/mbox": "mbox",
}
_PACKED = {".gz", ".zst", ".zstd", ".bz2", ".xz"}
# Kinds that people hand over in the belief that they are read.
_FOREIGN_SUFFIXES = {
    ".doc": "an old Word document; save it as .docx", ".xls": "an old Excel table; save it as .xlsx or CSV",
    ".odt": "an OpenDocument text; save it as .docx", ".ods": "an OpenDocument table; save it as .xlsx or CSV",
    ".epub": "an EPUB book", ".ppt": "a presentation", ".pptx": "a presentation", ".pages": "a Pages document",
    ".arc": "an ARC archive; turn it into WARC", ".tar": "a tar archive; unpack it", ".tgz": "a tar archive; unpack it",
    ".7z": "a 7z archive; unpack it", ".rar": "a RAR archive; unpack it", ".msg": "an Outlook message; save it as .eml",
    ".pst": "an Outlook folder", ".png": "an image", ".jpg": "an image", ".jpeg": "an image", ".gif": "an image",
    ".webp": "an image", ".svg": "an image", ".mp3": "a recording", ".mp4": "a film", ".wav": "a recording",
    ".db": "a database", ".sqlite": "a database", ".pkl": "a Python pickle",
    ".feather": "an Arrow file; save it as Parquet", ".arrow": "an Arrow file; save it as Parquet",
    ".sav": "an SPSS file; save it as CSV", ".dta": "a Stata file; save it as CSV",
    ".rds": "an R file; save it as CSV", ".rdata": "an R file; save it as CSV",
}  # fmt: skip
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as .docx or .xlsx"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"filedesc://", "an ARC archive; turn it into WARC"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"ARROW1", "an Arrow file; save it as Parquet"),
    (b"ID3", "a recording"),
)
_HTML = re.compile(
    # Atomic and possessive: many comments must not be divided up in every possible way.
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    rb"\s*+(?:<\?[^>]*>\s*+|<!--(?>.*?-->)\s*+|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*+)*+<([A-Za-z][\w.:-]*)", re.DOTALL
)
_FEEDS = {"rss", "feed", "rdf:rdf"}
_XML_KINDS = {
    "nitf": "NITF",
    "newsml": "NewsML",
    "newsitem": "NewsML",
    "newsmessage": "NewsML",
    "urlset": "a sitemap",
    "sitemapindex": "a list of sitemaps",
    "opml": "OPML",
}
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*\{)")
_HEADER_LINE = re.compile(
    rb"(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To):", re.IGNORECASE
)


def _suffix(name: str) -> str:
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    while suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _by_content(head: bytes, options: ReadOptions) -> Format:
    if _HTML.match(head):
        return "html"
    if _JSON.match(head):
        return "json"
    lines = head.splitlines()[:12]
    fields = sum(_HEADER_LINE.match(line) is not None for line in lines)
    if fields >= 2 and head.startswith(b"From "):
        return "mbox"
    if fields >= 3 and _HEADER_LINE.match(head):
        return "mail"
    return _table(lines[0] if lines else b"", options) or "text"


def _table(first_line: bytes, options: ReadOptions) -> Format | None:
    """CSV or TSV where a first line names the text's column, or a usual one for it beside one of another field."""
    line = first_line.decode("utf-8", "replace")
    if options.delimiter is not None or line.lower().startswith("sep="):
        return "csv"
    for separator in "\t,;|":
        names = {cell.strip().strip('"') for cell in line.split(separator)}
        plain = {plain_name(name) for name in names}
        usual = {field for field, known in FIELD_NAMES.items() if plain.intersection(known)}
        if len(names) > 1 and (options.text_column in names or ("text" in usual and len(usual) > 1)):
            return "tsv" if separator == "\t" else "csv"
    return None


def _xml(head: bytes, suffix: str) -> Format | None:
    """A feed by its root; raises `InputError` for XML of another kind."""
    root = _XML.match(head)
    if root is None or not (suffix in {".xml", ".rss", ".atom", ".nitf", ".rdf"} or head.lstrip().startswith(b"<?xml")):
        known = root is not None and root[1].decode("ascii", "replace").lower() in {*_FEEDS, *_XML_KINDS}
        if root is None or not known:
            return None
    name = root[1].decode("ascii", "replace").lower()
    if name in _FEEDS:
        return "feed"
    if name == "html":
        return "html"
    kind = _XML_KINDS.get(name, "XML")
    raise InputError(f"is {kind} (<{name}>), which is not read; turn it into HTML, JSON or text first")


def sniff(name: str, media_type: str | None, head: bytes, options: ReadOptions | None = None) -> Format:
    """The format of an input; raises `InputError` for a kind that framelens does not read."""
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"is {kind}")
    certain = next((form for magic, form in _MAGIC if head.startswith(magic)), None)
    if certain is not None:
        return certain
    head, suffix = head.removeprefix(b"\xef\xbb\xbf"), _suffix(name)
    if suffix in _FOREIGN_SUFFIXES:
        raise InputError(f"is {_FOREIGN_SUFFIXES[suffix]}")
    by_name = _MEDIA_TYPES.get(media_type or "") or _SUFFIXES.get(suffix)
    if by_name in {None, "text", "html", "feed"}:
        form = _xml(head, suffix)
        if form is not None:
            return form
    if by_name == "text" and _HTML.match(head):
        return "html"
    return by_name or _by_content(head, options or ReadOptions())
