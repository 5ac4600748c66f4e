"""The FastAPI application; needs the extra ``serve``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from threading import BoundedSemaphore
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from framelens import __version__
from framelens.analyzer import Analyzer
from framelens.export import to_json
from framelens.render import to_html
from framelens.report import ArticleReport
from framelens.serve.limits import BodyLimits, ServeLimits
from framelens.text import Article

__all__ = ["build"]

_T = TypeVar("_T")

_LATER = {"Retry-After": "5"}

_FORM = "application/x-www-form-urlencoded"

# Pages hold their own style and script and ask nobody else for anything.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class ArticleIn(BaseModel):
    """An article as it is sent; only ``text`` is needed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = Field(default=None, description="ISO 8601 date or time")

    def article(self) -> Article:
        return Article(**self.model_dump())


_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": ArticleIn.model_json_schema()}}}
}
_LIMITED: dict[int | str, dict[str, Any]] = {
    408: {"description": "The body came too slowly"},
    413: {"description": "The body is too large"},
    422: {"description": "The body is not such an article"},
    503: {"description": "Too many requests, or the article took too long"},
}


async def _received(request: Request) -> Article:
    """The article in a body of JSON or of a form; anything else is 422, never an error of the server's."""
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith(_FORM):
            fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, strict_parsing=True, max_num_fields=20)
            # A form sends empty fields where JSON would leave them out.
            filled = {name: values[-1] for name, values in fields.items() if values[-1] or name == "text"}
            return ArticleIn.model_validate(filled).article()
        return ArticleIn.model_validate_json(body).article()
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from error
    except ValueError as error:
        raise RequestValidationError([{"loc": ("body",), "msg": str(error), "type": "value_error"}]) from error


class _Scorer:
    """Scores in a few threads; what waits and how long it takes are limited.

    A thread cannot be stopped: scoring that took too long goes on, and keeps its thread and its place until it ends.
    """

    def __init__(self, analyzer: Analyzer, limits: ServeLimits) -> None:
        self._analyzer = analyzer
        self._limits = limits
        self._threads = ThreadPoolExecutor(limits.workers, "framelens")
        self._places = BoundedSemaphore(limits.workers + limits.waiting)

    async def answer(self, article: Article, render: Callable[[ArticleReport], _T]) -> _T:
        if not self._places.acquire(blocking=False):
            raise HTTPException(503, "too many requests are waiting", _LATER)
        work = self._threads.submit(lambda: render(self._analyzer.analyze(article)))
        work.add_done_callback(lambda _: self._places.release())
        try:
            # What has not begun when its time is up is cancelled, and never begins.
            return await asyncio.wait_for(asyncio.wrap_future(work), self._limits.score_seconds)
        except TimeoutError:
            raise HTTPException(503, f"no answer within {self._limits.score_seconds:g} seconds", _LATER) from None


def build(analyzer: Analyzer, limits: ServeLimits) -> FastAPI:
    """The application around an analyzer."""
    # The documentation pages of FastAPI load scripts from elsewhere; the description itself is at /openapi.json.
    app = FastAPI(title="framelens", version=__version__, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimits, limits=limits)
    scorer = _Scorer(analyzer, limits)
    form = files("framelens.serve").joinpath("page.html").read_text(encoding="utf-8")
    provenance = analyzer.provenance
    model = provenance.model and {"name": provenance.model.name, "digest": provenance.model.digest}
    health = {
        "status": "ok",
        "framelens": __version__,
        "model": model,
        "lexicons": [f"{stamp.name} {stamp.version}" for stamp in provenance.lexicons],
    }

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:  # noqa: ARG001
        # What was sent is not repeated: it may be a whole article, or not be encodable at all.
        kept = [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return Response(json.dumps({"detail": kept}), 422, media_type="application/json")

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def page() -> HTMLResponse:
        return HTMLResponse(form, headers=_HEADERS)

    @app.get("/health")
    async def health_() -> JSONResponse:
        """Whether the server answers, and what it scores with."""
        return JSONResponse(health)

    @app.post("/score", openapi_extra=_BODY, responses=_LIMITED)
    async def score(article: Annotated[Article, Depends(_received)]) -> Response:
        """Score an article; the answer is the report, schema framelens/2."""
        return Response(await scorer.answer(article, to_json), media_type="application/json")

    @app.post("/report", openapi_extra=_BODY, responses=_LIMITED, response_class=HTMLResponse)
    async def report(article: Annotated[Article, Depends(_received)]) -> HTMLResponse:
        """Score an article; the answer is a page for people."""
        return HTMLResponse(await scorer.answer(article, to_html), headers=_HEADERS)

    return app
