"""Mail: single messages, saved web pages (MHTML) and mailboxes; each message an article."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from typing import Literal

from framelens.errors import InputError
from framelens.inputs.html import extract
from framelens.inputs.json_lines import lines
from framelens.inputs.options import ReadOptions, Rejected
from framelens.inputs.text import check_text, read_limited
from framelens.text import Article

__all__ = ["read_mail"]


def read_mail(
    name: str, stream: io.BufferedReader, options: ReadOptions, form: Literal["mail", "mbox"]
) -> Iterator[Article | Rejected]:
    """The article of a message, or those of a mailbox."""
    if form == "mail":
        yield _article(read_limited(stream, options.max_record_bytes), name, options)
        return
    for number, data in enumerate(_messages(stream, options.max_record_bytes), 1):
        try:
            yield _article(data, f"{name}#{number}", options)
        except InputError as error:
            yield Rejected(name, number, str(error))


def _messages(stream: io.BufferedReader, limit: int) -> Iterator[bytes]:
    """The messages of a mailbox, which lines beginning with "From " part."""
    held: list[bytes] = []
    size = 0
    for line in lines(stream, limit):
        if line is None or size > limit:
            raise InputError(f"has a message of more than {limit:,} bytes")
        if line.startswith(b"From ") and (not held or held[-1].strip() == b""):
            if held:
                yield b"".join(held)
            held, size = [], 0
        else:
            held.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
    if held:
        yield b"".join(held)


def _article(data: bytes, name: str, options: ReadOptions) -> Article:
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise InputError("is a message without text")
    # A saved page is told from a newsletter by where it came from.
    page = message.get("Snapshot-Content-Location") or body.get("Content-Location")
    try:
        text = str(body.get_content())
    except (LookupError, ValueError) as error:
        raise InputError(f"is in an unknown encoding: {error}") from error
    subject, sender = message.get("Subject"), message.get("From")
    if page and body.get_content_type() == "text/html":
        return extract(text, name, options, str(page))
    addresses = getattr(sender, "addresses", ())
    return Article(
        check_text(text, "text"),
        id=str(message.get("Message-ID") or name).strip() or name,
        title=subject and str(subject),
        outlet=next((a.display_name or a.domain for a in addresses), None) or None,
        published=message.get("Date") and str(message["Date"]),
    )
