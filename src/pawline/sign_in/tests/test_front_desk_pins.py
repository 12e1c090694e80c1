"""PINs of shared front desks (section 8 of reliability.md): whose they are, and how often they may be tried."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from pawline.sign_in.front_desk import MOST_TRIES
from pawline.sign_in.staff import issue_password_link
from pawline.sign_in.tests.conftest import Member, add_member, choose_password
from pawline.sign_in.tests.test_front_desk import PIN, at_desk, choose_pin, desk, session, unlock, unlock_by_password
from tests.world import Caller, World

__all__ = ["desk"]


async def test_five_wrong_pins_take_the_password_of_this_person_alone(world: World, desk: Caller) -> None:
    """Tries at the same moment do not outrun the limit, and a colleague at the same desk unlocks as ever."""
    colleague = await add_member(world, f"nell-{uuid4().hex}@northside.example")
    await choose_password(world, colleague)
    other = await at_desk(world, colleague)
    for each in (desk, other):
        await choose_pin(each)
        await each.send("POST", "/session/lock")
    wrong = await asyncio.gather(*(unlock(desk, f"7{number}4926") for number in range(8)))
    right = await unlock(desk)
    needs = (await session(desk))["desk"]["unlocks_with"]

    assert {401} == {answer.status_code for answer in wrong}
    assert MOST_TRIES - 1 == sum("left" in answer.json()["detail"] for answer in wrong)
    assert (401, "password") == (right.status_code, needs)
    assert 204 == (await unlock(other)).status_code
    assert 204 == (await unlock_by_password(desk)).status_code
    await desk.send("POST", "/session/lock")
    assert 204 == (await unlock(desk)).status_code


async def test_a_pin_is_its_owners_alone(world: World, desk: Caller) -> None:
    colleague = await add_member(world, f"nell-{uuid4().hex}@northside.example")
    await choose_password(world, colleague)
    other = await at_desk(world, colleague)
    await choose_pin(desk)
    await other.send("POST", "/session/lock")

    assert 401 == (await unlock(other)).status_code
    async with world.product.database.transaction() as uow:
        key = {"practice_id": UUID(world.practice_id), "staff_id": UUID(desk.id)}
        query = text("SELECT pin_hash FROM staff_pin WHERE practice_id = :practice_id AND staff_id = :staff_id")
        assert PIN.encode() not in (await uow.execute(query, key)).scalar_one()


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "\uff14" * 6, "40281x", "111111", "123456", "654321"])
async def test_pins_that_are_none_or_anybodys_guess_are_refused(desk: Caller, pin: str) -> None:
    answer = await choose_pin(desk, pin)

    assert 422 == answer.status_code
    assert ["pin"] == [error["field"] for error in answer.json()["errors"]]


async def test_a_new_password_forgets_the_pin(world: World, desk: Caller, member: Member) -> None:
    """Whoever has reason to choose a new one may have been watched."""
    await choose_pin(desk)
    practice_id = UUID(world.practice_id)
    async with world.product.database.transaction() as uow:
        link = await issue_password_link(uow, world.product.settings, practice_id=practice_id, staff_id=member.id)
    await choose_password(world, replace(member, link_token=link.partition("#token=")[2]))
    again = await at_desk(world, member)

    assert "password" == (await session(again))["desk"]["unlocks_with"]
