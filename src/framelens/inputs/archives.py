"""Exports of Nexis, ProQuest and Factiva: many documents in one text, each with a head of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from framelens.errors import InputError
from framelens.text import Article

__all__ = ["documents"]

# LexisNexis: "1 of 25 DOCUMENTS"; Nexis Uni: "End of Document" behind each.
_NEXIS = re.compile(r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Document \d+ of \d+)[ \t]*$", re.MULTILINE)
_NEXIS_UNI = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_FIELD = re.compile(
    r"^[ \t]*(BYLINE|LENGTH|SECTION|LOAD-DATE|DATELINE|HEADLINE|BODY|LANGUAGE|PUBLICATION-TYPE|COPYRIGHT|GRAPHIC"
    r"|HIGHLIGHT|URL|CORRECTION-DATE|DISTRIBUTION|ORGANIZATION|SUBJECT|PERSON|COMPANY|GEOGRAPHIC|JOURNAL-CODE"
    r"|Byline|Length|Section|Load-Date|Dateline|Headline|Highlight|Body|Copyright|Graphic|Classification|Subject"
    r"|Language|Publication-Type|Journal Code|Company|Person|Geographic|Industry|Organization):?[ \t]*(.*)$",
    re.MULTILINE,
)
_PROQUEST = re.compile(r"^_{20,}[ \t]*$", re.MULTILINE)
_PROQUEST_FIELD = re.compile(r"^([A-Z][A-Za-z /-]{2,40}): (.*)$", re.MULTILINE)
_FACTIVA_END = re.compile(r"^[ \t]*(?:AN[ \t]+)?Document [A-Za-z0-9]{15,}[ \t]*$", re.MULTILINE)
_FACTIVA_FIELD = re.compile(r"^(HD|BY|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPD|PUB|AN|CR)(?:[ \t]+(.*))?$")
_DATE = re.compile(
    r"^[ \t]*(?:\w+day,? )?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2},? \d{4}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{4}).*$",
    re.MULTILINE,
)
_COPYRIGHT = re.compile(
    r"^[ \t]*(?:Copyright|©|\(c\)).*$|^[ \t]*All Rights Reserved[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_BEHIND = {  # the fields that stand behind the body
    "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "COPYRIGHT", "GRAPHIC", "CLASSIFICATION", "SUBJECT", "PERSON",
    "COMPANY", "GEOGRAPHIC", "ORGANIZATION", "INDUSTRY", "JOURNAL-CODE", "JOURNAL CODE", "URL", "DISTRIBUTION",
    "CORRECTION-DATE",
}  # fmt: skip


def documents(text: str, name: str) -> list[Article]:
    """The documents of an archive's export; none where the text is no export.

    Raises `InputError` where the text is one whose documents cannot be told apart.
    """
    if len(_FACTIVA_END.findall(text)) and re.search(r"\d[\d,]* words", text):
        found = [_factiva(part) for part in _FACTIVA_END.split(text)]
    elif len(_PROQUEST.findall(text)) and "Publication title: " in text:
        found = [_proquest(part) for part in _PROQUEST.split(text)]
    elif _NEXIS.search(text) and _NEXIS_FIELD.search(text):
        found = [_nexis(part) for part in _NEXIS.split(text)]
    elif _NEXIS_UNI.search(text) and _NEXIS_FIELD.search(text):
        found = [_nexis(part) for part in _NEXIS_UNI.split(text)]
    elif len(re.findall(r"^[ \t]*LOAD-DATE:", text, re.MULTILINE)) > 1:
        raise InputError("looks like several documents of Nexis in one; save them one a file, or as an export")
    else:
        return []
    articles = [article for article in found if article is not None]
    return [_numbered(article, f"{name}#{number}") for number, article in enumerate(articles, 1)]


def _numbered(article: Article, name: str) -> Article:
    return Article(article.text, name, article.title, article.outlet, article.url, article.published)


def _made(title: str | None, outlet: str | None, published: str | None, body: str) -> Article | None:
    if not body.strip():
        return None
    clean = [(value and " ".join(value.split())) or None for value in (title, outlet, published)]
    head = f"{clean[0]}\n\n" if clean[0] else ""
    return Article(head + body.strip(), title=clean[0], outlet=clean[1], published=clean[2])


def _lines(text: str) -> Iterable[str]:
    return (line for line in map(str.strip, text.splitlines()) if line)


def _nexis(part: str) -> Article | None:
    """Outlet, date and headline in lines of their own, fields in front of the body and behind it."""
    fields = list(_NEXIS_FIELD.finditer(part))
    if not fields:
        return None
    values = {field[1].upper(): field[2] for field in reversed(fields)}
    head = part[: fields[0].start()]
    date = _DATE.search(head)
    before = list(_lines(_COPYRIGHT.sub("", head[: date.start()] if date else head)))
    after = list(_lines(_COPYRIGHT.sub("", head[date.end() :]))) if date else []
    # LexisNexis puts the outlet first and the headline behind the date or in a field; Nexis Uni the headline first.
    title = values.get("HEADLINE") or (" ".join(after) if after else before[0] if len(before) > 1 else None)
    outlet = before[-1] if before else None
    front = [field for field in fields if field[1].upper() not in _BEHIND]
    body_at = next((f.end() for f in fields if f[1].upper() == "BODY"), front[-1].end() if front else fields[0].start())
    behind = next((f.start() for f in fields if f.start() >= body_at and f[1].upper() in _BEHIND), len(part))
    body = _COPYRIGHT.sub("", part[body_at:behind])
    return _made(title, outlet, date[0] if date else values.get("LOAD-DATE"), body)


def _proquest(part: str) -> Article | None:
    """A field a line, the text in one that may go over many."""
    fields = list(_PROQUEST_FIELD.finditer(part))
    if not fields:
        return None
    values: dict[str, str] = {}
    for field, following in zip(fields, [*fields[1:], None], strict=True):
        end = following.start() if following else len(part)
        values.setdefault(field[1].lower(), part[field.start(2) : end].strip())
    start = next((f.start(2) for f in fields if f[1].lower() == "full text"), None)
    if start is None:
        body = values.get("abstract", "")
    else:
        known = ("subject", "location", "people", "company", "title", "publication title", "identifier", "copyright")
        ends = (f.start() for f in fields if f.start() > start and f[1].lower().startswith(known))
        body = part[start : next(ends, len(part))]
    title = values.get("title") or next(iter(_lines(part[: fields[0].start()])), None)
    date = values.get("publication date") or values.get("publication year")
    return _made(title, values.get("publication title"), date, body)


def _factiva(part: str) -> Article | None:
    """Headline, byline, words, date and outlet in lines of their own, or by codes of two letters."""
    lines = part.strip().splitlines()
    codes = [(number, found) for number, line in enumerate(lines) if (found := _FACTIVA_FIELD.match(line))]
    if {"HD", "SN"} <= {found[1] for _, found in codes}:
        return _coded(lines, codes)
    counted = next((n for n, line in enumerate(lines) if re.fullmatch(r"\s*[\d,]+ words\s*", line)), None)
    if counted is None:
        return None
    date = next((n for n in range(counted + 1, min(counted + 4, len(lines))) if _DATE.match(lines[n])), counted)
    rest = lines[date + 1 :]
    time = bool(rest) and re.fullmatch(r"\s*\d{1,2}:\d\d.*", rest[0]) is not None
    rest = rest[time:]
    end = next((n for n, line in enumerate(rest) if n and _COPYRIGHT.match(line)), None)
    head = [line for line in map(str.strip, lines[:counted]) if line]
    outlet, about = (rest[0] if rest else None), 1
    while about < len(rest) and re.fullmatch(r"[A-Z0-9]{2,8}|English|\S.{0,20}|", rest[about].strip()):
        about += 1  # code of the source, edition, page, language
    body = "\n".join(rest[about if end is None else max(about, end + 1) :])
    return _made(head[0] if head else None, outlet, lines[date], body)


def _coded(lines: list[str], codes: list[tuple[int, re.Match[str]]]) -> Article | None:
    values: dict[str, str] = {}
    for (number, found), following in zip(codes, [*codes[1:], None], strict=True):
        more = lines[number + 1 : following[0] if following else None]
        values[found[1]] = "\n".join([found[2] or "", *more]).strip()
    body = "\n\n".join(values[code] for code in ("LP", "TD") if values.get(code))
    return _made(values.get("HD"), values.get("SN"), values.get("PD"), body)
