"""Where a request comes from."""

from typing import Any

from litestar.connection import ASGIConnection

from pawline.platform.settings import Settings


def client_address(connection: ASGIConnection[Any, Any, Any, Any], settings: Settings) -> str:
    """The peer's address; behind N configured proxies the Nth entry of X-Forwarded-For from the right.

    Entries further left are whatever the client wrote there.
    """
    peer = connection.client.host if connection.client else "unknown"
    if settings.trusted_proxies == 0:
        return peer
    # Some proxies append to the header, others add one more of the same name below it.
    headers = ",".join(connection.headers.getall("x-forwarded-for", []))
    entries = [entry.strip() for entry in headers.split(",") if entry.strip()]
    return entries[-settings.trusted_proxies] if len(entries) >= settings.trusted_proxies else peer
