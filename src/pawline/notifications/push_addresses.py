"""Where notifications may be sent: a browser names any address it likes, and we must not be led into our own network."""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

from pawline.platform.errors import Invalid

_WHY = "is not the address of a push service on the internet"


class NotPublic(Exception):
    """The name leads to an address that is not on the internet, or nowhere."""


def require_endpoint(endpoint: str) -> None:
    """Raises Invalid for what cannot be a push service. Where its name leads is found out when something is sent there."""
    try:
        parts = urlsplit(endpoint)
        is_plain = parts.scheme == "https" and parts.port in (None, 443) and not parts.username and not parts.password
    except ValueError as error:
        raise Invalid.field("endpoint", _WHY) from error
    host = parts.hostname or ""
    # A name of the internet has a dot and does not end in a number, as every spelling of an IPv4 address does.
    is_name = "." in host.rstrip(".") and not host.rstrip(".").rpartition(".")[2].isdigit() and ":" not in host
    if not is_plain or not is_name or not endpoint.isascii() or any(sign <= " " for sign in endpoint):
        raise Invalid.field("endpoint", _WHY)


async def public_address(host: str, port: int) -> str:
    """One address of ``host``, to connect to in its place: asking twice could give two answers. Raises NotPublic."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotPublic(host) from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in addresses):
        raise NotPublic(host)
    return addresses[0]
