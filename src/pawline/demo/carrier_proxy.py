"""The phones of the simulated carrier under the product's own address, so that one address is enough for a browser."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from litestar import Request, Response, route
from litestar.params import FromPath
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from pawline.platform.errors import NotFound, Unavailable
from pawline.platform.security import require_own_origin
from pawline.platform.settings import Settings

PATH = "/phones/api"
# A text with its pictures, as the simulated carrier takes it.
LARGEST_BYTES = 26 * 1024 * 1024
# Not the carrier's interface for the product, which wants credentials.
_PARTS = frozenset(
    {"phones", "calls", "pictures", "numbers", "ledger", "blocks", "log", "weather", "reset", "events", "scenarios"}
)
_PASSED_ON = frozenset({"content-type", "cache-control", "content-security-policy", "x-content-type-options"})
_AWAY = "The simulated carrier does not answer. It starts with `make demo`; look at what the demo printed."


def carrier_proxy(settings: Settings) -> list[ControllerRouterHandler]:
    """Nothing where no simulated carrier is set: it is the one that listens on this machine without TLS."""
    address = simulated_carrier_address(settings)
    if address is None:
        return []

    @route(
        f"{PATH}/{{path:path}}",
        http_method=["GET", "POST", "PATCH", "PUT"],
        include_in_schema=False,
        request_max_body_size=LARGEST_BYTES,
    )
    async def pass_on(path: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
        if path.strip("/").split("/")[0] not in _PARTS:
            raise NotFound
        if request.method != "GET":
            require_own_origin(settings, request.headers)
        return await _pass_on(address, path, request)

    return [pass_on]


def simulated_carrier_address(settings: Settings) -> str | None:
    for values in settings.carriers.values():
        url = urlsplit(values.get("base_url", ""))
        if url.scheme == "http" and url.hostname == "127.0.0.1":
            return f"http://127.0.0.1:{url.port}"
    return None


async def _pass_on(address: str, path: str, request: Request[Any, Any, Any]) -> Response[Any]:
    query = request.scope["query_string"].decode("ascii", "replace")
    url = f"{address}/{quote(path.strip('/'))}{f'?{query}' if query else ''}"
    client = httpx.AsyncClient(timeout=httpx.Timeout(30, read=None), trust_env=False)
    headers = {"Content-Type": found} if (found := request.headers.get("content-type")) else {}
    asked = client.build_request(request.method, url, content=await request.body(), headers=headers)
    try:
        answer = await client.send(asked, stream=True)
    except httpx.TransportError as error:
        await client.aclose()
        raise Unavailable(_AWAY) from error
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        return Stream(_until_it_ends(client, answer), status_code=answer.status_code, headers=_headers(answer.headers))
    try:
        return Response(await answer.aread(), status_code=answer.status_code, headers=_headers(answer.headers))
    finally:
        await client.aclose()


async def _until_it_ends(client: httpx.AsyncClient, answer: httpx.Response) -> AsyncGenerator[bytes]:
    try:
        async for part in answer.aiter_bytes():
            yield part
    except httpx.TransportError:
        return  # the carrier ended; the page asks again
    finally:
        await client.aclose()


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name.lower() in _PASSED_ON}
