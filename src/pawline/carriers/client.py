"""The HTTP client that every vendor folder calls its carrier with."""

import ssl
from functools import cache

import httpx


def build_client(*, auth: httpx.Auth | None = None) -> httpx.AsyncClient:
    timeout = httpx.Timeout(15, connect=5, pool=5)
    return httpx.AsyncClient(auth=auth, timeout=timeout, verify=_certificates(), headers={"Accept": "application/json"})


@cache
def _certificates() -> ssl.SSLContext:
    """Shared, because reading the machine's certificates takes 50 ms."""
    return httpx.create_ssl_context()
