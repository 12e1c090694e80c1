"""Bad queries, headers and paths: refused in the same form as bad bodies."""

import asyncio
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.api.test_bad_input import require_problem
from tests.product import Product
from tests.world import World

NUMBERS = ["-1", "1.5", "abc", "NaN", "1e400", "", "%00", "9" * 30, "9" * 5_000, "0x10", "1_0", "%F0%9F%90%BE"]
CURSORS = ["abc", "%00", "%ff%fe", "=", "x" * 201, urlsafe_b64encode(b"2020-01-01T00:00:00 x").decode()]
KEYS = ["", "x", "1" * 5_000, "null", "{}", "\u00ff", "00000000-0000-0000-0000-00000000000g"]
PATHS = [
    "/api/v1/threads/%00",
    "/api/v1/threads/..%2f..%2fsession",
    "/api/v1/threads/%c0%ae%c0%ae/messages",
    "/api/v1/threads/" + "a" * 9_000,
    "/api/v1/threads/%ed%a0%80",
    "/api/v1/threads/1",
    "/api/v1/files/x/y/z",
    "/api/v1/files/{id}/file/%ff",
    "/api/v1/files/{id}/..%2fthumbnail/x",
    "/api/v1/files/{id}/file/%ed%a0%80",
    "/api/v1/../../etc/passwd",
    "/api/v1/nothing",
    "/assets/../../pyproject.toml",
    "/assets/%2e%2e/%2e%2e/pyproject.toml",
    "/assets/%00",
    "/assets/" + "a" * 300,
    "/%",
    "/%zz",
    "/.env",
]
# What is no HTTP never reaches Pawline: the server in front of it answers in plain words, and hangs up.
NOT_HTTP = [
    b"GET /api/v1/threads/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"BREW /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
    b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"GET /api/v1/session HTTP/1.1\r\nHost: x\r\nCookie: pawline_staff=\x01\r\n\r\n",
]


async def exchange(product: Product, request: bytes) -> bytes:
    """Bytes out, bytes back; nothing in between that would tidy them up."""
    where = urlsplit(product.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(request)
        async with asyncio.timeout(60):
            head = await reader.readuntil(b"\r\n\r\n")
            return head + await reader.read(200)
    finally:
        writer.close()


@pytest.mark.parametrize("number", NUMBERS)
async def test_numbers_in_queries(world: World, number: str) -> None:
    thread = f"/threads/{world.thread_id}"
    for path in (
        f"{thread}/messages?limit=",
        f"{thread}/messages?before=",
        f"{thread}/changes?after=",
        "/inbox?limit=",
        "/families?limit=",
    ):
        problem = require_problem(await world.nora.http.get(path + number), 422)
        assert [path.partition("?")[2][:-1]] == [error["field"] for error in problem["errors"]]


@pytest.mark.parametrize("cursor", CURSORS)
async def test_cursors_that_are_none(world: World, cursor: str) -> None:
    problem = require_problem(await world.nora.http.get(f"/inbox?cursor={cursor}"), 422)

    assert ["cursor"] == [error["field"] for error in problem["errors"]]


async def test_other_queries(world: World) -> None:
    """Fields are called as the request calls them."""
    cases: dict[str, tuple[str, dict[str, Any]]] = {
        "q": ("/inbox", {"q": "\x00"}),
        "state": ("/inbox", {"state": "closed"}),
        "clinic_id": ("/inbox", {"clinic_id": "x"}),
        "after": (f"/threads/{world.thread_id}/messages", {"after": 1, "before": 2}),
    }
    for field, (path, query) in cases.items():
        problem = require_problem(await world.nora.get(path, **query), 422)
        assert [field] == [error["field"] for error in problem["errors"]]
    require_problem(await world.nora.get("/families", q="x" * 101), 422)
    problem = require_problem(await world.nora.get(f"/threads/{world.thread_id}/changes"), 422)
    assert [{"field": "after", "message": "is missing; add it"}] == problem["errors"]


async def test_idempotency_keys_that_are_none(world: World) -> None:
    member = {"name": "Nia Bell", "email": "nia@northside.example", "role": "basic", "clinic_ids": [world.clinic_id]}
    for headers in ({}, *({"Idempotency-Key": key.encode("latin-1")} for key in KEYS)):
        for path, body in (("/team", member), (f"/threads/{world.thread_id}/attachments", None)):
            problem = require_problem(await world.ada.send("POST", path, body, headers=headers), 422)
            assert ["Idempotency-Key"] == [error["field"] for error in problem["errors"]]


async def test_junk_in_headers(world: World) -> None:
    junk = ["", "\u00ff\u00fe", "x" * 10_000, '"', ";;;==", "null", "../../"]
    for name in ("X-CSRF-Token", "Origin", "Sec-Fetch-Site"):
        for value in junk[1:]:
            headers: Any = {name: value.encode("latin-1")}
            require_problem(
                await world.nora.http.put(f"/threads/{world.thread_id}/read-mark", json={"up_to_seq": 0}, headers=headers), 403
            )
    for name in (
        "Accept",
        "Accept-Encoding",
        "Cookie",
        "X-Pawline-App",
        "X-Forwarded-For",
        "User-Agent",
        "If-None-Match",
        "Range",
    ):
        for value in junk:
            headers = {name: value.encode("latin-1")}
            response = await world.nora.http.get("/session", headers=headers)
            assert response.status_code < 500


@pytest.mark.parametrize("path", PATHS)
async def test_junk_in_paths(product: Product, path: str) -> None:
    target = path.replace("{id}", str(uuid4())).encode()
    answer = await exchange(product, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"content-type: application/problem+json" in answer


@pytest.mark.parametrize("request_bytes", NOT_HTTP, ids=range(len(NOT_HTTP)))
async def test_what_is_no_http(product: Product, request_bytes: bytes) -> None:
    assert (await exchange(product, request_bytes)).startswith(b"HTTP/1.1 400 ")


async def test_methods_that_an_address_does_not_take(world: World) -> None:
    for method, path in (
        ("PUT", "/session"),
        ("DELETE", "/inbox"),
        ("GET", "/session/owner/link"),
        ("PATCH", "/pets"),
        ("TRACE", "/session"),
    ):
        response = await world.nora.http.request(method, path)
        assert "allow" in response.headers
        require_problem(response, 405)


async def test_an_upload_that_is_announced_and_never_sent(product: Product, world: World) -> None:
    """A body is refused by its announced size alone."""
    head = b"POST /api/v1/session/owner/code HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    head += b"Content-Length: 99999999999\r\n\r\n{}"

    assert (await exchange(product, head)).startswith(b"HTTP/1.1 413 ")


async def test_names_of_files(world: World) -> None:
    path = f"/threads/{world.thread_id}/attachments?file_name="
    for name in ("%00.jpg", "x" * 256, "..%2f..%2fetc%2fpasswd", "%ff", "%0d%0aSet-Cookie:a=b.pdf"):
        response = await world.nora.http.post(path + name, content=b"no photo", headers={"Idempotency-Key": str(uuid4())})
        assert response.status_code in (415, 422)
        assert "application/problem+json" == response.headers["content-type"]
