"""What /metrics tells of requests."""

import re
from collections.abc import AsyncGenerator
from uuid import uuid4

import httpx
import pytest

from pawline.app import build_app
from pawline.platform.request_metrics import measured
from tests.product import new_listener, served
from tests.world import World

COUNT = re.compile(r'^pawline_request_seconds_count\{method="(.*?)",route="(.*?)",status="(\d+)"\} (\d+)', re.MULTILINE)
POSTED = ("POST", "/api/v1/threads/{thread_id}/messages", "201")


@pytest.fixture
async def http(world: World) -> AsyncGenerator[httpx.AsyncClient]:
    """Olive's browser at a web process of its own."""
    listener = new_listener()
    app = measured(build_app(world.product.settings, database_url=world.product.database.url))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    own = world.olive.http
    async with served(app, listener), httpx.AsyncClient(base_url=url, headers=own.headers, cookies=own.cookies) as http:
        yield http


async def counts(http: httpx.AsyncClient) -> dict[tuple[str, ...], int]:
    text = (await http.get("/metrics")).text
    return {tuple(found[:3]): int(found[3]) for found in COUNT.findall(text)}


async def test_requests_are_counted_by_route_and_status(world: World, http: httpx.AsyncClient) -> None:
    """By the template of the route: no id, no name, and no word of anybody's."""
    before = await counts(http)
    for _ in range(3):
        draft = {"client_id": str(uuid4()), "body": "Pixel limps"}
        await http.post(f"/api/v1/threads/{world.thread_id}/messages", json=draft)
    await http.get("/olive-hart")
    await http.request("PROPFIND", "/api/v1/pets")
    after = await counts(http)
    text = (await http.get("/metrics")).text

    assert 3 == after[POSTED] - before.get(POSTED, 0)
    assert ("GET", "/metrics", "200") in after
    assert {"other"} == {method for method, *_ in after if method not in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}}
    for private in (world.thread_id, "olive-hart", "PROPFIND"):
        assert private not in text
