"""Report → text for people: terminal, Markdown, HTML.

Rich and Jinja2 are imported when something is rendered, so that importing this package costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from framelens.report import ArticleReport

__all__ = ["html_fragment", "render_terminal", "to_html", "to_html_many", "to_markdown"]


def render_terminal(report: ArticleReport, console: Console) -> None:
    """Print a report to a rich console: the article with its marks, then tables and a summary."""
    from framelens.render.terminal import print_report

    print_report(report, console)


def to_markdown(report: ArticleReport) -> str:
    """The report as GitHub-flavoured Markdown, fit for a pull request or a note."""
    from framelens.render.markdown import markdown

    return markdown(report)


def to_html(report: ArticleReport) -> str:
    """The report as one self-contained page that needs no network."""
    return to_html_many([report])


def to_html_many(reports: Iterable[ArticleReport]) -> str:
    """Several reports as sections of one self-contained page, with a table of contents where there are two or more."""
    from framelens.render.html import page

    return page(reports)


def html_fragment(report: ArticleReport) -> str:
    """The report as a piece of HTML for a notebook's output cell, with its own style and script."""
    from framelens.render.html import fragment

    return fragment(report)
