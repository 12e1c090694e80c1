"""Thousands of requests nobody would write: made from the API's own description, sent as every kind of person (P-13)."""

import asyncio
import warnings
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from requests import Session

from pawline.platform.security import cookie_name
from tests.api.northside import add_secrets, forget_tries
from tests.api.operations import Ids
from tests.api.test_bad_input import require_problem
from tests.mould import Mould, own_world
from tests.world import Caller, World

# How many requests for each operation: most as those who may do most. All send the same ones, for to make them costs the most.
REQUESTS = {"nora": 7, "helen": 3, "ada": 2, "toby": 2, "olive": 3, "stranger": 2}
MADE = max(REQUESTS.values())
QUIET = {"database": None, "suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}
# Ending one's own session would leave the rest of the requests at the door.
LEFT_OUT = {("delete", "/api/v1/session")}


def _session() -> Session:
    """One connection for many requests; it keeps no cookie of an answer."""
    session = Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


@dataclass(slots=True)
class _Person:
    """In a world of their own, where nobody but they changed anything."""

    caller: Caller
    ids: Ids
    share: int
    sent: int = 0
    session: Session = field(default_factory=_session)

    def takes(self, number: int) -> bool:
        """Their share is spread over all that are made for an operation, for the first ones are the simplest."""
        return number * self.share % MADE < self.share


@pytest.mark.slow(seconds=110)
async def test_no_request_makes_the_server_stumble(mould: Mould) -> None:
    async with AsyncExitStack() as stack:
        worlds = {name: await stack.enter_async_context(own_world(mould)) for name in REQUESTS}
        people = {name: await _person(world, name) for name, world in worlds.items()}
        here = asyncio.get_running_loop()

        def forget() -> None:
            asyncio.run_coroutine_threadsafe(forget_tries(worlds["nora"]), here).result()

        # In a thread of its own, because the server under test lives on this loop.
        await asyncio.to_thread(_fuzz, list(people.values()), forget)

    assert all(person.sent > 30 * person.share for person in people.values()), people


async def _person(world: World, name: str) -> _Person:
    await forget_tries(world)
    return _Person(world.callers[name], (await add_secrets(world)).ids, REQUESTS[name])


def _fuzz(people: list[_Person], forget: Callable[[], None]) -> None:
    schema: Any = schemathesis.openapi.from_url(f"{people[0].caller.product.url}/api/openapi.json")
    for result in schema.get_all_operations():
        operation = result.ok()
        if (operation.method, operation.path) not in LEFT_OUT:
            forget()
            _try_out(operation, people)
    for person in people:
        person.session.close()


def _try_out(operation: Any, people: list[_Person]) -> None:
    """Requests that keep to the description and requests that do not, half of them about things that exist."""
    cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # operations without parameters cannot be asked wrongly
        if operation.body or operation.path_parameters or operation.query:
            cases |= operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    numbers = count()

    def try_one(case: Any, is_about_something: bool) -> None:
        number = next(numbers)
        for person in people:
            if person.takes(number):
                _send_as(person, case, is_about_something=is_about_something)

    given(case=cases, is_about_something=st.booleans())(settings(max_examples=MADE, derandomize=True, **QUIET)(try_one))()  # type: ignore[arg-type]


def _send_as(person: _Person, case: Any, *, is_about_something: bool) -> None:
    if is_about_something and case.path_parameters:
        known = {name: value for name, value in asdict(person.ids).items() if name != "session_id"}
        case.path_parameters.update({name: value for name, value in known.items() if name in case.path_parameters})
    response = _send(case, person)
    person.sent += 1
    assert response.status_code < 500, (person.caller.name, case.as_curl_command())
    if not response.is_success and case.method != "HEAD":  # whose answers have no body
        require_problem(response)


def _send(case: Any, person: _Person) -> httpx.Response:
    """The person's cookie and token go along; without them every request would end at the door."""
    caller = person.caller
    cookies = {cookie_name(caller.product.settings, caller.app): caller.secret} if caller.secret else {}
    headers = {name: caller.http.headers[name] for name in ("X-Pawline-App", "X-CSRF-Token") if name in caller.http.headers}
    options = {"headers": headers, "cookies": cookies, "timeout": 60, "session": person.session}
    response = case.call(base_url=caller.product.url, **options)
    kept = {name: values[0] for name, values in response.headers.items() if name == "content-type"}
    request = httpx.Request(case.method, f"{caller.product.url}{case.path}")
    return httpx.Response(response.status_code, headers=kept, content=response.content, request=request)
