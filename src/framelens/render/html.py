"""Report → one self-contained HTML page, or a fragment of one for notebooks."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from framelens.render.markup import article_markup, hue, linked
from framelens.render.summary import VOICE_NAMES, Summary, plain, summarize
from framelens.text import FrameScore, TermMatch, Voice

if TYPE_CHECKING:
    from framelens.report import ArticleReport

__all__ = ["fragment", "page"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A lexicon entry as found in the article: its uses and what the lexicon says about it."""

    id: str
    term: TermMatch
    forms: tuple[str, ...]
    uses: tuple[tuple[int, TermMatch], ...]

    @property
    def voices(self) -> dict[Voice, int]:
        return dict(Counter(term.voice for _, term in self.uses))


@dataclass(frozen=True, slots=True)
class _View:
    """What the template shows of one report."""

    uid: str
    report: ArticleReport
    summary: Summary
    entries: tuple[_Entry, ...]
    article: Markup


@cache
def _asset(name: str) -> Markup:
    return Markup(files("framelens.render").joinpath(name).read_text("utf-8"))  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("framelens", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(plain=plain, hue=hue, linked=linked, percent=_percent)
    environment.globals.update(voice_names=VOICE_NAMES, passages=_passages)
    return environment


def _passages(text: str, frame: FrameScore) -> list[str]:
    return list({words.casefold(): words for passage in frame.passages for words in [passage.of(text)]}.values())[:6]


@cache
def _script_hash() -> str:
    return "sha256-" + b64encode(sha256(_asset("report.js").encode()).digest()).decode()


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _entries(report: ArticleReport, uid: str) -> tuple[_Entry, ...]:
    """The entries that were found, in the order in which a reader of the text meets them."""
    groups: dict[tuple[object, ...], list[tuple[int, TermMatch]]] = {}
    for index, term in enumerate(report.terms):
        key = (term.lexicon, term.entry, term.kind, term.note, term.source, term.alternatives)
        groups.setdefault(key, []).append((index, term))
    return tuple(_Entry(f"{uid}-e{n}", uses[0][1], _forms(uses), tuple(uses)) for n, uses in enumerate(groups.values()))


def _forms(uses: Iterable[tuple[int, TermMatch]]) -> tuple[str, ...]:
    """The words as they stand in the text, those that differ by case alone once."""
    return tuple({term.text.casefold(): term.text for _, term in reversed(list(uses))}.values())[::-1]


def _view(report: ArticleReport, number: int) -> _View:
    # The text's digest keeps ids apart where several reports stand in one notebook.
    digest = sha256(report.document.text.encode("utf-8", "replace")).hexdigest()[:8]
    uid = f"fl{digest}-{number}"
    entries = _entries(report, uid)
    entry_ids = {index: entry.id for entry in entries for index, _ in entry.uses}
    return _View(uid, report, summarize(report), entries, article_markup(report, uid, entry_ids))


def _render(template: str, **values: object) -> str:
    html = (
        _environment().get_template(template).render(style=_asset("report.css"), script=_asset("report.js"), **values)
    )
    # Lone surrogates, which metadata may hold, have no UTF-8.
    return html.encode("utf-8", "replace").decode()


def page(reports: Iterable[ArticleReport]) -> str:
    """One page; its policy forbids every request and every script but its own."""
    views = [_view(report, number) for number, report in enumerate(reports)]
    return _render("page.html", views=views, script_hash=_script_hash())


def fragment(report: ArticleReport) -> str:
    """A ``<div>`` with its own style and script."""
    return _render("fragment.html", view=_view(report, 0))
