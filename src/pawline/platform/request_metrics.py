"""For /metrics: how many requests there were and how soon they were answered, by route and status. Of nobody in particular."""

from functools import cache
from time import perf_counter
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Histogram

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_seconds = Histogram(
    "pawline_request_seconds",
    "Until the answer to a request began",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def measured(app: ASGIApp) -> ASGIApp:
    """The application, with each of its answers counted. Sockets live for hours and are counted elsewhere."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await app(scope, receive, _noting(scope, send))
        else:
            await app(scope, receive, send)

    return serve


def _noting(scope: Any, send: Send) -> Send:
    begun = perf_counter()

    async def note(message: Message) -> None:
        if message["type"] == "http.response.start":
            # Known only now. Without a route the path could be anything, names included, and so could a method.
            method = scope["method"] if scope["method"] in _METHODS else "other"
            _series(method, scope.get("path_template") or "unknown", message["status"]).observe(perf_counter() - begun)
        await send(message)

    return note


# Looking a series up by its labels takes longer than measuring.
@cache
def _series(method: str, route: str, status: int) -> Histogram:
    return _seconds.labels(method, route, status)
