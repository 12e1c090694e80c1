"""What pages of other sites, proxies and programs can and cannot do with our cookies."""

from dataclasses import replace
from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx
import pytest
import websockets
from litestar.connection import ASGIConnection
from litestar.testing import AsyncTestClient

from pawline.app import build_app
from pawline.platform.security import csrf_token
from pawline.sign_in.addresses import client_address
from pawline.sign_in.tests.conftest import PASSWORD, Member
from tests.product import Product
from tests.world import TLS, World

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": "http://127.0.0.1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
]
SIGN_INS: dict[str, dict[str, str]] = {
    "staff": {"email": "nora@northside.example", "password": PASSWORD},
    "owner/code": {"email": "olive@example.com"},
    "owner/verify": {"attempt_id": "00000000-0000-0000-0000-000000000000", "code": "123456"},
    "owner/link": {"token": "0" * 64},
    "password": {"token": "0" * 64, "password": PASSWORD},
    "demo": {"person_id": "00000000-0000-0000-0000-000000000000"},
}


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_page_of_another_site_changes_nothing(world: World, headers: dict[str, str]) -> None:
    """Even with the right token; and it cannot sign its visitor in to an account of its own choice."""
    answer = await world.nora.send("POST", f"/threads/{world.thread_id}/conversations", {"title": "Planted"}, headers=headers)
    sign_ins = [await world.stranger.post(f"/session/{path}", json=body, headers=headers) for path, body in SIGN_INS.items()]

    assert {(403, "forbidden")} == {(given.status_code, given.json()["code"]) for given in (answer, *sign_ins)}
    assert [] == (await world.nora.thread(world.thread_id))["conversations"]


async def test_our_own_pages_may(world: World) -> None:
    for headers in (
        {"Origin": world.product.url},
        {"Origin": world.product.url.replace("127.0.0.1", "localhost")},
        {"Sec-Fetch-Site": "same-origin"},
    ):
        answer = await world.nora.http.put(f"/threads/{world.thread_id}/read-mark", json={"up_to_seq": 0}, headers=headers)
        assert 200 == answer.status_code


async def test_a_change_needs_the_token_of_this_very_session(world: World) -> None:
    for token in (None, "", "0" * 64, csrf_token(world.vane.secret), csrf_token(world.nora.secret).upper()):
        async with httpx.AsyncClient(base_url=world.product.api, cookies=world.nora.http.cookies, verify=TLS) as browser:
            headers = {} if token is None else {"X-CSRF-Token": token}
            answer = await browser.delete("/session", headers=headers)
            assert (403, "forbidden") == (answer.status_code, answer.json()["code"])

    assert 200 == (await world.nora.get("/sessions")).status_code


async def _knock(product: Product, query: str, **headers: str) -> int:
    url = f"{product.api.replace('http', 'ws', 1)}/live{query}"
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(url, additional_headers=headers)
    return refused.value.response.status_code


async def test_a_socket_opens_for_our_own_pages_and_cookies_only(world: World) -> None:
    cookie = f"pawline_staff={world.nora.secret}"
    for origin in ("https://evil.example", "null", "http://127.0.0.1", f"{world.product.url}.evil.example", ""):
        assert 404 == await _knock(world.product, "?app=staff", Cookie=cookie, Origin=origin)
    assert 404 == await _knock(world.product, "?app=staff")
    for query in ("?app=owner", "", "?app=", "?app=admin", "?app=staff%00"):
        assert 404 == await _knock(world.product, query, Cookie=cookie)
    assert 404 == await _knock(world.product, "?app=staff", Cookie="pawline_staff=")
    async with world.nora.live() as live:
        assert live.connection.state.name == "OPEN"


async def _cookie_of(client: Any, member: Member) -> Morsel[str]:
    answer = await client.post("/api/v1/session/staff", json={"email": member.email, "password": PASSWORD})
    assert 201 == answer.status_code, answer.text
    [morsel] = SimpleCookie(answer.headers["set-cookie"]).values()
    assert "no-store" == answer.headers["cache-control"]
    return morsel


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World, member: Member) -> None:
    async with httpx.AsyncClient(base_url=world.product.url, verify=TLS) as browser:
        cookie = await _cookie_of(browser, member)

    assert ("pawline_staff", 43) == (cookie.key, len(cookie.value))
    assert (True, "lax", "/", "", str(7 * 24 * 3600)) == tuple(
        cookie[name] for name in ("httponly", "samesite", "path", "domain", "max-age")
    )


async def test_behind_https_the_cookie_is_bound_to_it_and_to_this_host(world: World, member: Member) -> None:
    settings = replace(world.product.settings, public_url="https://chat.example.org")
    app = build_app(settings, database_url=world.product.database.url)
    async with AsyncTestClient(app, base_url="https://chat.example.org") as client:
        cookie = await _cookie_of(client, member)
        own = await client.get("/api/v1/session")
        plain = await client.get("/api/v1/session", headers={"Cookie": f"pawline_staff={cookie.value}"})

    assert ("__Host-pawline_staff", True, True, "/", "") == (
        cookie.key,
        cookie["secure"],
        cookie["httponly"],
        cookie["path"],
        cookie["domain"],
    )
    assert str(member.id) == own.json()["person"]["id"]
    assert plain.json()["person"] is None


async def test_outside_the_demo_its_doors_are_not_there(world: World) -> None:
    app = build_app(replace(world.product.settings, is_demo=False), database_url=world.product.database.url)
    async with AsyncTestClient(app) as client:
        answers = [
            await client.get("/api/v1/nothing"),
            await client.get("/api/v1/demo/mails"),
            await client.get("/api/v1/session/demo-people"),
        ]
        answers.append(await client.post("/api/v1/session/demo", json={"person_id": world.nora.id}))
        paths = (await client.get("/api/openapi.json")).json()["paths"]

    assert {404} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert [] == [path for path in paths if "demo" in path]


async def test_in_the_demo_only_its_made_up_people_can_be_had(world: World) -> None:
    """A real practice may share the database; nobody walks in there."""
    answers = [await world.stranger.post("/session/demo", json={"person_id": person.id}) for person in (world.nora, world.olive)]
    people = (await world.stranger.get("/session/demo-people")).text

    assert [404, 404] == [answer.status_code for answer in answers]
    assert [False, False] == [person.id in people for person in (world.nora, world.olive)]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, ["1.1.1.1"], "9.9.9.9"),
        (1, ["1.1.1.1, 2.2.2.2"], "2.2.2.2"),
        (1, ["1.1.1.1", "2.2.2.2"], "2.2.2.2"),
        (2, ["1.1.1.1, 2.2.2.2, 3.3.3.3"], "2.2.2.2"),
        (2, ["1.1.1.1,2.2.2.2", " 3.3.3.3 "], "2.2.2.2"),
        (2, ["1.1.1.1"], "9.9.9.9"),
        (1, [], "9.9.9.9"),
        (1, [" , "], "9.9.9.9"),
    ],
)
def test_forwarded_addresses_are_believed_from_the_configured_proxies_only(
    product: Product, proxies: int, forwarded: list[str], address: str
) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    scope: Any = {"type": "http", "headers": headers, "client": ("9.9.9.9", 4321)}

    assert address == client_address(ASGIConnection(scope), replace(product.settings, trusted_proxies=proxies))
