"""Text files, and what no text may hold."""

from __future__ import annotations

import io
from collections.abc import Iterator

from framelens.errors import InputError
from framelens.inputs.archives import documents
from framelens.inputs.encoding import decode
from framelens.inputs.markdown import front_matter
from framelens.inputs.options import ReadOptions
from framelens.text import Article

__all__ = ["check_text", "read_limited", "read_markdown", "read_text"]

# Front matter → fields of an article.
_FRONT = {"title": "title", "outlet": "outlet", "publisher": "outlet", "source": "outlet", "date": "published"}
_FRONT |= {"published": "published", "url": "url", "link": "url", "id": "id"}


def read_limited(stream: io.BufferedReader, limit: int) -> bytes:
    """All of a stream, or `InputError` where it is larger than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes")
    return data


def check_text(text: str, field: str) -> str:
    """The text, or `InputError` where it holds what no article holds: NULs or unpaired surrogates."""
    nul = text.find("\0")
    if nul >= 0:
        raise InputError(f"{field} holds a NUL at character {nul}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        if 0xDC80 <= code <= 0xDCFF:  # how `surrogateescape` carries a byte that is not UTF-8
            raise InputError(
                f"{field} is not UTF-8: byte 0x{code - 0xDC00:02x} at character {error.start}; --encoding names another"
            ) from error
        raise InputError(f"{field} holds the unpaired surrogate U+{code:04X} at character {error.start}") from error
    return text


def read_text(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article]:
    """The article of a text file, or those of an archive's export."""
    text = decode(read_limited(stream, options.max_record_bytes))
    yield from documents(text, name) or [Article(text, id=name)]


def read_markdown(name: str, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Article]:
    """The article of a Markdown file, with what its front matter tells of it."""
    text = decode(read_limited(stream, options.max_record_bytes))
    fields, _ = front_matter(text)
    meta = {_FRONT[key]: value for key, value in reversed(fields.items()) if key in _FRONT}
    yield Article(
        text, meta.get("id", name), meta.get("title"), meta.get("outlet"), meta.get("url"), meta.get("published")
    )
