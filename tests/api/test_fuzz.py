"""Thousands of requests nobody would write: made from the API's own description, sent as every kind of person (P-13)."""

import asyncio
import warnings
from dataclasses import asdict
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pawline.platform.security import cookie_name
from tests.api.northside import add_secrets, forget_tries
from tests.api.operations import Ids
from tests.api.test_bad_input import require_problem
from tests.world import Caller, World

# How many requests for each operation: most as those who may do most.
EXAMPLES = {"nora": 10, "helen": 4, "ada": 3, "toby": 2, "olive": 4, "stranger": 3}
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}
# Ending one's own session would leave the rest of the requests at the door.
LEFT_OUT = {("delete", "/api/v1/session")}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
async def test_no_request_makes_the_server_stumble(world: World, name: str) -> None:
    await forget_tries(world)
    secrets = await add_secrets(world)
    caller = world.callers[name]
    # In a thread of its own, because the server under test lives on this loop.
    tried = await asyncio.to_thread(_fuzz, caller, secrets.ids, EXAMPLES[name])

    assert tried > 30


def _fuzz(caller: Caller, ids: Ids, examples: int) -> int:
    """How many operations were tried."""
    schema: Any = schemathesis.openapi.from_url(f"{caller.product.url}/api/openapi.json")
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:
        if (operation.method, operation.path) not in LEFT_OUT:
            _try_out(operation, caller, ids, examples=examples)
    return len(operations)


def _try_out(operation: Any, caller: Caller, ids: Ids, *, examples: int) -> None:
    """Requests that keep to the description and requests that do not, half of them about things that exist."""
    cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # operations without parameters cannot be asked wrongly
        if operation.body or operation.path_parameters or operation.query:
            cases |= operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    def try_one(case: Any, is_about_something: bool) -> None:
        if is_about_something and case.path_parameters:
            real = {name: value for name, value in asdict(ids).items() if name in case.path_parameters and name != "session_id"}
            case.path_parameters.update(real)
        response = _send(case, caller)
        assert response.status_code < 500, case.as_curl_command()
        if not response.is_success and case.method != "HEAD":  # whose answers have no body
            require_problem(response)

    given(case=cases, is_about_something=st.booleans())(settings(max_examples=examples, derandomize=True, **QUIET)(try_one))()  # type: ignore[arg-type]


def _send(case: Any, caller: Caller) -> httpx.Response:
    """The person's cookie and token go along; without them every request would end at the door."""
    cookies = {cookie_name(caller.product.settings, caller.app): caller.secret} if caller.secret else {}
    headers = {name: caller.http.headers[name] for name in ("X-Pawline-App", "X-CSRF-Token") if name in caller.http.headers}
    response = case.call(base_url=caller.product.url, headers=headers, cookies=cookies, timeout=60)
    kept = {name: values[0] for name, values in response.headers.items() if name == "content-type"}
    request = httpx.Request(case.method, f"{caller.product.url}{case.path}")
    return httpx.Response(response.status_code, headers=kept, content=response.content, request=request)
