"""The library behind HTTP: FastAPI application with ``/score``, ``/report`` and ``/health``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.errors import MissingExtraError
from framelens.serve.limits import ServeLimits

if TYPE_CHECKING:
    from fastapi import FastAPI

    from framelens.analyzer import Analyzer

__all__ = ["ServeLimits", "create_app"]


def create_app(analyzer: Analyzer | None = None, limits: ServeLimits | None = None) -> FastAPI:
    """The application, ready for any ASGI server; the default analyzer is built when none is given."""
    try:
        import fastapi  # noqa: F401 - asked for before anything is built
    except ImportError:
        raise MissingExtraError("framelens serve", "serve") from None
    from framelens.analyzer import Analyzer
    from framelens.serve.app import build

    return build(analyzer or Analyzer(), limits or ServeLimits())
