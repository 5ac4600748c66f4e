"""``framelens serve``: the library behind HTTP."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

import click

from framelens.cli.options import analyzer_options, make_analyzer
from framelens.errors import MissingExtraError


@click.command(
    "serve",
    epilog="\b\nExamples:\n  framelens serve\n  framelens serve --port 9000 --model none\n"
    "  curl -H 'Content-Type: application/json' -d '{\"text\": \"…\"}' http://127.0.0.1:8000/score",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--max-bytes", default=1_000_000, show_default=True, help="Largest body; a larger one is answered 413.")
@click.option("--body-seconds", default=10.0, show_default=True, help="Time for a body; a slower one is answered 408.")
@click.option("--score-seconds", default=30.0, show_default=True, help="Time for an answer; a later one is 503.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what the server is doing.")
@analyzer_options
def command(
    host: str, port: int, max_bytes: int, body_seconds: float, score_seconds: float, verbose: bool, **options: Any
) -> None:
    """Serve POST /score (JSON), POST /report (HTML), GET /health, and a page to paste an article into."""
    try:
        import uvicorn
    except ImportError:
        raise MissingExtraError("framelens serve", "serve") from None
    from framelens.serve import ServeLimits, create_app

    limits = ServeLimits(max_bytes=max_bytes, body_seconds=body_seconds, score_seconds=score_seconds)
    app: Any = create_app(make_analyzer(**options), limits)
    if _is_loopback(host):
        from starlette.middleware.trustedhost import TrustedHostMiddleware

        # A page elsewhere that rebinds its name to this machine must not read the answers.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", host])
    else:
        click.echo(f"framelens: {host} can be reached from other machines, and there is no password", err=True)
    level = "info" if verbose else "warning"
    uvicorn.run(app, host=host, port=port, log_level=level, limit_concurrency=1000, timeout_keep_alive=5)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
