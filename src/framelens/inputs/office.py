"""Documents of offices: Word (python-docx), RTF (striprtf), PDF (pypdf) and Excel (openpyxl)."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import Any

from framelens.errors import InputError, MissingExtraError
from framelens.inputs.archives import documents
from framelens.inputs.fragment import quoted
from framelens.inputs.options import Format, ReadOptions, Rejected
from framelens.inputs.tables import read_rows
from framelens.inputs.text import check_text, read_limited
from framelens.inputs.zipped import seekable
from framelens.text import Article

__all__ = ["read_office"]

_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError("reading Office documents", "office", error) from None


def read_office(
    name: str, stream: io.BufferedReader, options: ReadOptions, form: Format
) -> Iterator[Article | Rejected]:
    """The article of a document, those of an archive's export, or those of a table."""
    if form == "xlsx":
        yield from _read_xlsx(name, seekable(stream, options), options)
        return
    if form == "docx":
        title, text = _docx(seekable(stream, options))
    elif form == "rtf":
        title, text = None, _rtf(read_limited(stream, options.max_record_bytes))
    else:
        title, text = _pdf(seekable(stream, options), options)
    check_text(text, "text")
    yield from documents(text, name) or [Article(text, id=name, title=title or None)]


def _docx(stream: io.BufferedReader) -> tuple[str | None, str]:
    """The document's paragraphs and the cells of its tables in order; paragraphs in a style of quotation are quoted."""
    document = _library("docx").Document(stream)

    def blocks(items: Iterable[Any]) -> Iterator[str]:
        for item in items:
            if hasattr(item, "rows"):
                for row in item.rows:
                    yield from chain.from_iterable(blocks(cell.iter_inner_content()) for cell in row.cells)
            elif item.text.strip():
                style = (item.style.name if item.style is not None else "") or ""
                yield quoted(item.text) if "quote" in style.lower() else item.text

    return document.core_properties.title, "\n\n".join(blocks(document.iter_inner_content()))


def _rtf(data: bytes) -> str:
    text: str = _library("striprtf.striprtf").rtf_to_text(data.decode("latin-1"), errors="replace")
    return text


def _pdf(stream: io.BufferedReader, options: ReadOptions) -> tuple[str | None, str]:
    pypdf = _library("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of broken files stands in their rejection
    try:
        reader = pypdf.PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("is an encrypted PDF")
        pages, size = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > options.max_record_bytes:
                raise InputError(f"is a PDF of more than {options.max_record_bytes:,} characters")
        title = reader.metadata.title if reader.metadata else None
    except pypdf.errors.PyPdfError as error:
        raise InputError(f"is a broken PDF: {error}") from error
    text = "\n\n".join(map(_unwrapped, pages))
    if not text.strip():
        raise InputError("is a PDF without text, of pictures of pages; recognise their letters (OCR) first")
    return title, text


def _unwrapped(page: str) -> str:
    """A page's lines put together to paragraphs, of which the last line is shorter than the others or says so."""
    lines = [line.rstrip() for line in _HYPHEN.sub("", page).splitlines()]
    lengths = sorted(len(line) for line in lines if line.strip())
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.strip())
        if not line.strip() or len(line) < 0.75 * width:
            paragraphs.append([])
    return "\n\n".join(" ".join(parts) for parts in paragraphs if parts)


class _Sheet:
    """The rows of a sheet as cells of text."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.header: list[str] = []

    def read_header(self) -> list[str]:
        for row in self._rows:
            cells = _cells(row)
            if any(cells):
                while not cells[-1]:
                    cells.pop()
                return cells
        raise InputError("holds no text")

    def __iter__(self) -> Iterator[list[str] | str]:
        width = len(self.header)
        for row in self._rows:
            cells = _cells(row)
            if any(cells):
                short = [*cells, *[""] * (width - len(cells))]
                yield short if any(short[width:]) else short[:width]


def _cells(row: tuple[Any, ...]) -> list[str]:
    return ["" if v is None else v.isoformat() if hasattr(v, "isoformat") else str(v) for v in row]


def _read_xlsx(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article | Rejected]:
    """The articles of every sheet whose first row names the text's column; `InputError` where none does."""
    book = _library("openpyxl").load_workbook(stream, read_only=True, data_only=True)
    refusals: list[str] = []
    for sheet in book.worksheets:
        own = name if len(book.worksheets) == 1 else f"{name}/{sheet.title}"
        try:
            yield from read_rows(own, _Sheet(sheet.iter_rows(values_only=True)), options)
        except InputError as error:
            refusals.append(f"sheet {sheet.title!r} {error}")
    if len(refusals) == len(book.worksheets):
        raise InputError("; ".join(refusals))
    for refusal in refusals:
        if "holds no text" not in refusal:
            yield Rejected(name, None, refusal)
