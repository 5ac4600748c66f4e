"""Limits that hold before a request reaches the application: size and time of its body."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BodyLimits", "ServeLimits"]

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[MutableMapping[str, Any], _Receive, _Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ServeLimits:
    """What a server lets a client ask of it.

    A body may hold ``max_bytes`` (else 413) and must arrive within ``body_seconds`` (else 408); an answer that
    takes longer than ``score_seconds`` is 503. ``workers`` requests are scored at a time, and at most ``waiting``
    more may wait (else 503); scoring that took too long counts as one of them until it ends.
    """

    max_bytes: int = 1_000_000
    body_seconds: float = 10.0
    score_seconds: float = 30.0
    workers: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    waiting: int = 200


class _TooLargeError(Exception):
    pass


class _GoneError(Exception):
    pass


class BodyLimits:
    """ASGI middleware that reads the whole body within the limits and only then calls the application."""

    def __init__(self, app: _App, limits: ServeLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: MutableMapping[str, Any], receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                body = await self._read(scope, receive)
        except TimeoutError:
            await _answer(send, 408, f"the body did not arrive within {self._limits.body_seconds:g} seconds")
        except _TooLargeError:
            await _answer(send, 413, f"the body is larger than {self._limits.max_bytes} bytes")
        except _GoneError:
            return
        else:
            await self._app(scope, _replay(body, receive), send)

    async def _read(self, scope: MutableMapping[str, Any], receive: _Receive) -> bytes:
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limits.max_bytes:
            raise _TooLargeError
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _GoneError
            body += message.get("body", b"")
            if len(body) > self._limits.max_bytes:
                raise _TooLargeError
            if not message.get("more_body", False):
                return bytes(body)


def _replay(body: bytes, receive: _Receive) -> _Receive:
    """The body as one message, then whatever the client does next."""
    sent = False

    async def replayed() -> _Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


async def _answer(send: _Send, status: int, detail: str) -> None:
    body = json.dumps({"detail": detail}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        # What is left of the body will not be read, so the connection cannot be used again.
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
