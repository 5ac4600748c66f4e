"""Comparison → HTML with plots drawn as inline SVG: self-contained, everything escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2

from framelens.compare.comparison import Comparison

__all__ = ["fragment", "page"]


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(files("framelens.compare").joinpath("page.html").read_text(encoding="utf-8"))


def fragment(comparison: Comparison) -> str:
    """The comparison as a piece of HTML for a notebook's output cell."""
    rates = [group.loaded_per_1000_words for group in comparison.groups]
    top = max((rate.high or rate.value or 0.0 for rate in rates), default=0.0)
    return _template().render(c=comparison, top=top)


def page(comparison: Comparison) -> str:
    """The comparison as one page that needs no network."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>:root { color-scheme: light dark; } body { margin: 0; } "
        "@media (prefers-color-scheme: dark) { body { background: #16181a; } }</style>"
        f"<title>framelens comparison</title></head><body>\n{fragment(comparison)}\n</body></html>\n"
    )
