"""Webhooks over HTTP: signature first, a row before the answer, calls that go on to the clinic."""

from collections.abc import AsyncGenerator
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from pawline.carriers.interface import CallEnded, CarrierEvent, InboundCall, InboundText
from pawline.platform.errors import Problem
from pawline.platform.problems import on_problem
from pawline.texting.hooks import hooks_router
from tests.texting_scene import OLIVE, UNKNOWN, Texting

GENUINE = {"X-Fake-Signature": "genuine"}


@pytest.fixture
async def client(texting: Texting) -> AsyncGenerator[AsyncTestClient[Litestar]]:
    app = Litestar(
        route_handlers=[hooks_router],
        dependencies={"texting": Provide(lambda: texting.desk, sync_to_thread=False)},
        exception_handlers={Problem: on_problem},
    )
    async with AsyncTestClient(app) as client:
        yield client


async def bring(client: AsyncTestClient[Litestar], texting: Texting, event: CarrierEvent, *, path: str) -> httpx.Response:
    texting.carrier.events = [event]
    return await client.post(f"/hooks/fake/{path}", content=b"event", headers=GENUINE)


def text_from(texting: Texting, number: str, body: str) -> InboundText:
    return InboundText(carrier_message_id=f"SM-{body}", from_number=number, to_number=texting.number, body=body)


async def test_a_genuine_text_is_stored_before_it_is_acknowledged(client: AsyncTestClient[Litestar], texting: Texting) -> None:
    """V2P-28, P-08"""
    answer = await bring(client, texting, text_from(texting, OLIVE, "Hello"), path="text")

    assert 204 == answer.status_code
    assert [("text", "Olive Hart", "Hello")] == await texting.entries(OLIVE)


async def test_a_forged_one_changes_nothing(client: AsyncTestClient[Litestar], texting: Texting) -> None:
    texting.carrier.events = [text_from(texting, OLIVE, "Hello")]

    answer = await client.post("/hooks/fake/text", content=b"event", headers={"X-Fake-Signature": "forged"})

    assert 403 == answer.status_code
    assert [] == await texting.rows("SELECT id FROM inbound_event WHERE practice_id = :practice_id")


async def test_a_carrier_that_is_not_ours_has_no_address(client: AsyncTestClient[Litestar]) -> None:
    assert 404 == (await client.post("/hooks/nobody/text", content=b"event", headers=GENUINE)).status_code


async def test_what_makes_no_sense_is_refused(client: AsyncTestClient[Litestar]) -> None:
    assert 400 == (await client.post("/hooks/fake/text", content=b"", headers=GENUINE)).status_code


async def test_a_receipt_to_an_address_that_we_never_gave_away(client: AsyncTestClient[Litestar]) -> None:
    made_up = f"{UUID(int=1)}/{UUID(int=2)}/{UUID(int=3)}/{'0' * 32}"

    assert 404 == (await client.post(f"/hooks/fake/receipt/{made_up}", content=b"event", headers=GENUINE)).status_code


async def test_a_call_to_the_text_number_goes_on_to_the_clinic(client: AsyncTestClient[Litestar], texting: Texting) -> None:
    """V2P-9"""
    call = InboundCall(carrier_call_id="CA1", from_number=OLIVE, to_number=texting.number)

    answer = await bring(client, texting, call, path="voice")

    assert answer.text.startswith("forward +12125550142 ")
    assert answer.text.endswith("/hooks/fake/voice/done")


async def test_a_call_that_nobody_took_leaves_a_line_for_the_team_once(
    client: AsyncTestClient[Litestar], texting: Texting
) -> None:
    """V2P-9"""
    await bring(client, texting, InboundCall(carrier_call_id="CA2", from_number=OLIVE, to_number=texting.number), path="voice")
    ended = CallEnded(carrier_call_id="CA2", from_number=OLIVE, to_number=texting.number, was_answered=False)

    answers = [await bring(client, texting, ended, path="voice/done") for _ in range(3)]

    assert all("text to this number" in answer.text for answer in answers)
    assert [("system", "Auto-reply", "Missed call from Olive Hart at 10:00.")] == await texting.entries(OLIVE)


async def test_a_call_that_was_taken_leaves_none(client: AsyncTestClient[Litestar], texting: Texting) -> None:
    await bring(client, texting, InboundCall(carrier_call_id="CA3", from_number=UNKNOWN, to_number=texting.number), path="voice")
    ended = CallEnded(carrier_call_id="CA3", from_number=UNKNOWN, to_number=texting.number, was_answered=True)

    await bring(client, texting, ended, path="voice/done")

    assert [] == await texting.rows("SELECT id FROM conversation WHERE practice_id = :practice_id AND channel = 'sms'")
