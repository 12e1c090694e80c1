"""Bad input of every kind gets 4xx with problem details that name the field and the remedy; never 5xx (P-13)."""

import copy
import json
from collections.abc import Iterator
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest

from tests.api.northside import Secrets, add_secrets, forget_tries
from tests.api.operations import Operation, bodies, operations_of, path_of
from tests.world import Caller, Json, World

JSON = "application/json"
DEEP = b"[" * 10_000
CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported", 422: "invalid"}
# No body at all can be meant for these: nothing of it is read.
UNREADABLE = {
    "cut off": b'{"name": "Pi',
    "two values": b"{} {}",
    "nested too deeply": DEEP,
    "nested and closed": DEEP + b"]" * 10_000,
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "half a surrogate pair": rb'{"name": "\ud800"}',
    "half of another": rb'{"name": "a\udfffb"}',
    "NaN": b'{"name": NaN}',
    "infinity": b'{"name": -Infinity}',
    "more than a float holds": b'{"name": 1e400}',
    "digits without end": b'{"name": ' + b"9" * 5_000 + b"}",
    "byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"name": "Pixel"}'.encode("utf-16"),
    "NUL": b"\x00",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>',
}
NOT_OBJECTS = [b"", b"[]", b"null", b'"text"', b"7", b"true", b"[[]]"]
LABELS = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/x-msgpack",
    "application/jsonx",
    "@;",
    "",
]
ODD_VALUES: list[Any] = ["\x00", "x" * 20_000, 2**63, -1.5, [[]], {"a": {"b": "c"}}, "2020-99-99", "\U0001f43e" * 99]
BYTES_10_MB = b'{"name": "' + b"x" * 10_000_000 + b'"}'

ADMINISTRATIVE = (
    "/team",
    "/labels",
    "/families",
    "/clinics",
    "/reports",
    "/threads/{thread_id}/messages/{message_id}/deleted-readings",
    "/threads/{thread_id}/messages/{message_id}/erasure",
    "/deleted-readings",
    "/practice-blocks",
    "/contacts/{contact_id}/practice-block",
)
OF_OWNERS = (
    "/passkeys",
    "/app-terms",
    "/visits",
    "/notifications",
    "/join",
    "/family",
    "/vet-invitations",
    "/session/owner/switch",
    "/session/owner/proof",
)

# Their body is the file itself, which has no fields.
FILES = ("/attachments", "/portrait", "/logo")

JsonOperations = list[tuple[Operation, str, Json]]


@pytest.fixture
async def secrets(world: World) -> Secrets:
    await forget_tries(world)
    return await add_secrets(world)


@pytest.fixture
def operations(secrets: Secrets) -> JsonOperations:
    """All that take JSON, with their paths and a body that is in order."""
    found = bodies(secrets.ids)
    return [(operation, path_of(operation, secrets.ids), body) for operation, body in found.items() if body is not None]


def who_may(world: World, operation: Operation) -> Caller:
    if operation[1].startswith(OF_OWNERS):
        return world.olive
    return world.helen if operation[1].startswith(ADMINISTRATIVE) else world.nora


async def send(caller: Caller, operation: Operation, path: str, *, body: bytes, label: str = JSON) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": label}
    return await caller.http.request(operation[0], path, content=body, headers=headers)


def require_problem(response: httpx.Response, *statuses: int) -> Json:
    """It is a refusal in the one form, which shows nothing of how Pawline is made."""
    about = f"{response.request.method} {response.request.url} -> {response.status_code} {response.text[:300]}"
    assert response.status_code in (statuses or range(400, 500)), about
    assert "application/problem+json" == response.headers["content-type"], about
    problem = response.json()
    assert {"type", "title", "status", "detail", "code", "errors"} == set(problem), about
    assert response.status_code == problem["status"], about
    assert problem["code"] == CODES.get(response.status_code, problem["code"]), about
    for word in (problem["title"], problem["detail"], *(error["message"] for error in problem["errors"])):
        assert word, about
        assert not any(sign in word for sign in ("`", "$", "Traceback", "Expected", "msgspec", "litestar", "Error(")), about
    if response.status_code == 422 and not response.request.url.path.endswith(FILES):
        assert problem["errors"], about
        assert all(error["field"] and len(error["field"]) < 100 for error in problem["errors"]), about
    return problem


async def test_every_operation_with_json_is_tried(world: World, operations: JsonOperations) -> None:
    async with httpx.AsyncClient(base_url=world.product.url) as client:
        paths = (await client.get("/api/openapi.json")).json()["paths"]
    with_body = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, found in paths.items()
        for method, described in found.items()
        if "requestBody" in described
    }

    assert with_body == {operation for operation, _, _ in operations}
    assert with_body < await operations_of(world.product)


@pytest.mark.slow
async def test_a_body_that_is_not_json(world: World, operations: JsonOperations) -> None:
    for operation, path, _ in operations:
        for body in UNREADABLE.values():
            problem = require_problem(await send(who_may(world, operation), operation, path, body=body), 400)
            assert ["body"] == [error["field"] for error in problem["errors"]]


@pytest.mark.slow
async def test_json_that_is_not_an_object(world: World, operations: JsonOperations) -> None:
    for operation, path, _ in operations:
        for body in NOT_OBJECTS:
            problem = require_problem(await send(who_may(world, operation), operation, path, body=body), 422)
            assert ["body"] == [error["field"] for error in problem["errors"]]


@pytest.mark.slow
async def test_a_body_that_is_labelled_as_something_else(world: World, operations: JsonOperations) -> None:
    for operation, path, body in operations:
        for label in LABELS:
            sent = json.dumps(body).encode()
            require_problem(await send(who_may(world, operation), operation, path, body=sent, label=label), 415)


@pytest.mark.slow
async def test_ten_megabytes(world: World, operations: JsonOperations) -> None:
    for operation, path, _ in operations:
        require_problem(await send(who_may(world, operation), operation, path, body=BYTES_10_MB), 413)


async def test_a_field_that_nobody_knows(world: World, operations: JsonOperations) -> None:
    for operation, path, body in operations:
        sent = json.dumps({**body, "is_admin": True}).encode()
        problem = require_problem(await send(who_may(world, operation), operation, path, body=sent), 422)
        assert [("is_admin", "is not known here; leave it out")] == [tuple(error.values()) for error in problem["errors"]]


async def test_what_was_sent_is_not_repeated(world: World, operations: JsonOperations) -> None:
    """Whatever shows a refusal to a person shows our words alone."""
    for operation, path, body in operations:
        sent = json.dumps({**body, "<script>alert(1)</script>": 1}).encode()
        assert "script" not in (await send(who_may(world, operation), operation, path, body=sent)).text


@pytest.mark.slow
async def test_each_field_with_odd_values(world: World, operations: JsonOperations) -> None:
    """Some oddities are in order somewhere, like a long text in a message; none of them makes the server stumble."""
    for operation, path, body in operations:
        for odd in _with_odd_values(body):
            if operation[1].startswith("/session"):
                await forget_tries(world)
            response = await send(who_may(world, operation), operation, path, body=json.dumps(odd).encode())
            if not response.is_success:
                require_problem(response)


def _with_odd_values(body: Json) -> Iterator[Json]:
    """The body with one value after the other replaced, and with one field after the other left out."""
    for path in _paths(body):
        for value in ODD_VALUES:
            changed = copy.deepcopy(body)
            _holder(changed, path)[path[-1]] = value
            yield changed
        without = copy.deepcopy(body)
        del _holder(without, path)[path[-1]]
        yield without


def _paths(value: Json, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries: Any = enumerate(cast("list[Json]", value)) if isinstance(value, list) else ()
    if isinstance(value, dict):
        entries = cast("dict[str, Json]", value).items()
    for key, child in entries:
        yield (*above, key)
        yield from _paths(child, (*above, key))


def _holder(body: Json, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        body = body[key]
    return body


async def test_of_two_fields_with_one_name_the_last_counts(world: World) -> None:
    body = f'{{"client_id": "{uuid4()}", "body": "first", "body": "second"}}'.encode()
    response = await send(world.nora, ("POST", ""), f"/threads/{world.thread_id}/messages", body=body)

    assert (201, "second") == (response.status_code, response.json()["body"])


async def test_a_missing_field_is_named_where_it_belongs(world: World) -> None:
    pets = [{"name": "Biscuit", "species": "dog"}, {"name": "Mochi"}]
    body = {
        "name": "Lund family",
        "clinic_id": world.clinic_id,
        "contacts": [{"first_name": "Wes", "last_name": "Lund"}],
        "pets": pets,
    }
    response = await world.nora.send("POST", "/families", body, headers={"Idempotency-Key": str(uuid4())})

    assert [{"field": "pets[1].species", "message": "is missing; add it"}] == require_problem(response, 422)["errors"]
