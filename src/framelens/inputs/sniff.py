"""What kind of input it is: by option, media type, name, and then by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from framelens.errors import InputError
from framelens.inputs.options import Format
from framelens.inputs.records import FIELD_NAMES

__all__ = ["sniff"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
}
_MEDIA_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/vnd.apache.parquet": "parquet",
}
_PACKED = {".gz", ".zst", ".zstd"}
_HTML = re.compile(
    # Atomic and possessive: many comments must not be divided up in every possible way.
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_RECORD = re.compile(rb'\s*\{\s*"')
_JSON_LIST = re.compile(rb"\s*\[\s*\{")
# Kinds that people hand over in the belief that they are text.
_FOREIGN = (
    (b"%PDF", "a PDF; turn it into text or HTML first"),
    (b"PK\x03\x04", "a zip archive or Office document; unpack it or save it as text first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)


def _by_name(name: str) -> Format | None:
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    while suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return _SUFFIXES.get(suffixes[-1]) if suffixes else None


def _by_content(head: bytes, text_column: str | None) -> Format:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "html"
    if _JSON_RECORD.match(head):
        return "json"
    if _JSON_LIST.match(head):
        return "json"
    return _table(head.split(b"\n", 1)[0], text_column) or "text"


def _table(first_line: bytes, text_column: str | None) -> Format | None:
    """CSV or TSV where a first line names the text's column, or a usual one for it beside one of another field."""
    separator = next((mark for mark in "\t,;" if mark in first_line.decode("ascii", "replace")), None)
    if separator is None:
        return None
    names = {cell.strip().strip('"') for cell in first_line.decode("utf-8", "replace").split(separator)}
    usual = {field for field, known in FIELD_NAMES.items() if {name.lower() for name in names}.intersection(known)}
    if text_column not in names and not ("text" in usual and len(usual) > 1):
        return None
    return "tsv" if separator == "\t" else "csv"


def sniff(name: str, media_type: str | None, head: bytes, text_column: str | None = None) -> Format:
    """The format of an input; raises `InputError` for a kind that framelens does not read."""
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"is {kind}")
    return _MEDIA_TYPES.get(media_type or "") or _by_name(name) or _by_content(head, text_column)
