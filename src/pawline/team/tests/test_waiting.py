"""Requests that wait for the team, or for a thread: judged by what stands then, and holding nothing that others need first."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from pawline.deliveries.service import cancel_text_of
from pawline.practices.staff import lock_team, require_member, write_member
from pawline.team.tests.scene import change, member, until_waited_for
from pawline.team.tests.test_leaving import write_text
from pawline.threads.entries import lock_thread
from tests.texting_scene import OLIVE, set_texting
from tests.world import Caller, Json, World

Request = tuple[str, str, Json | None]


def ask(by: Caller, request: Request) -> asyncio.Task[httpx.Response]:
    return asyncio.create_task(by.send(*request, headers={"Idempotency-Key": str(uuid4())}))


async def ask_and_lose(world: World, request: Request, **values: Any) -> httpx.Response:
    """Ada asks, and is changed before her request gets the team."""
    practice_id = UUID(world.practice_id)
    async with world.product.database.transaction() as uow:
        await lock_team(uow, practice_id)
        asked = ask(world.ada, request)
        await until_waited_for(uow, asked)
        ada = await require_member(uow, practice_id, UUID(world.ada.id))
        await write_member(uow, ada, **{"name": ada.name, "clinic_ids": ada.clinic_ids, **values})
    return await asked


@pytest.mark.parametrize("act", ["change", "invite", "end"])
async def test_whoever_lost_a_clinic_meanwhile_decides_nothing_there(world: World, act: str) -> None:
    """PPB-35 and 2.6: else a waiting request would undo what was just taken away."""
    both = [world.clinic_id, world.other_clinic_id]
    await change(world, world.ada, clinic_ids=both)
    invited = {"name": "Nia Bell", "email": f"{uuid4().hex}@northside.example", "role": "basic", "clinic_ids": both}
    revision = (await member(world, world.nora))["revision"]
    requests: dict[str, Request] = {
        "change": ("PATCH", f"/team/{world.nora.id}", {"revision": revision, "clinic_ids": both}),
        "invite": ("POST", "/team", invited),
        "end": ("POST", f"/team/{world.hal.id}/end-access", None),
    }
    team = (await world.helen.get("/team")).json()
    answer = await ask_and_lose(world, requests[act], clinic_ids=[UUID(world.clinic_id)])
    found = (await world.helen.get("/team")).json()

    assert (403 if act == "end" else 422) == answer.status_code, answer.text
    assert others(world, team) == others(world, found)


@pytest.mark.parametrize("act", ["invite", "link"])
async def test_whoever_lost_the_team_meanwhile_lets_nobody_in(world: World, act: str) -> None:
    body = {"name": "Nia Bell", "email": f"{uuid4().hex}@northside.example", "role": "basic", "clinic_ids": [world.clinic_id]}
    requests: dict[str, Request] = {
        "invite": ("POST", "/team", body),
        "link": ("POST", f"/team/{world.nora.id}/password-link", None),
    }
    answer = await ask_and_lose(world, requests[act], role="senior")

    assert 403 == answer.status_code, answer.text


async def test_a_practice_owner_decides_at_every_clinic_whatever_their_own(world: World) -> None:
    moved = await change(world, world.vane, clinic_ids=[world.other_clinic_id])
    ended = await world.helen.send("POST", f"/team/{world.vane.id}/end-access")

    assert [world.other_clinic_id] == moved["clinic_ids"]
    assert 200 == ended.status_code, ended.text


async def test_a_message_that_is_deleted_while_its_author_leaves_stops_neither(world: World) -> None:
    """The thread is locked first, the text after it, by both: neither waits for what the other holds."""
    texting = await set_texting(world)
    await texting.receive("Is she awake?", from_=OLIVE)
    waiting = await write_text(texting, world.nora, "You can come at four")
    practice_id, thread_id = UUID(world.practice_id), UUID((await texting.thread_of(OLIVE))["thread_id"])
    async with world.product.database.transaction() as uow:
        await lock_thread(uow, practice_id, thread_id)
        asked = ask(world.helen, ("POST", f"/team/{world.nora.id}/end-access", None))
        await until_waited_for(uow, asked)
        await cancel_text_of(uow, practice_id, UUID(waiting["id"]))
    answer = await asked
    statement = "SELECT reason FROM delivery WHERE practice_id = :practice_id AND message_id = :id"

    assert 200 == answer.status_code, answer.text
    assert ["message_deleted"] == [row.reason for row in await texting.rows(statement, id=UUID(waiting["id"]))]


def others(world: World, team: Json) -> list[Json]:
    """All but Ada."""
    return [each for each in [*team["staff"], *team["former"]] if each["id"] != world.ada.id]
