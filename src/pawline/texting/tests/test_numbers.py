"""A clinic's text number: asked for, checked, assigned, switched on and off."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from pawline.texting.clinic_numbers import number_called, number_of_clinic
from pawline.texting.tests.number_scene import Crash, NumberScene, Shop, carrier_trouble, new_number
from tests.world import World


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


async def test_a_request_leads_to_a_number_of_the_clinics_own(world: World, scene: NumberScene) -> None:
    """V2P-3, V2P-4, C18: requested, then assigned, with our addresses given to the carrier."""
    assert None is await scene.number()
    assert 201 == (await scene.ask()).status_code
    assert "requested" == (await scene.number())["state"]

    await scene.work()

    number = await scene.number()
    assert ("toll_free", "assigned", "Helen Marsh") == (number["kind"], number["state"], number["requested_by"])
    assert number["assigned_at"] is not None
    (ordered, hooks), *others = scene.shop.orders
    assert ([], ordered) == (others, (await scene.rows())[0].number)
    assert f"{world.product.settings.public_url}/hooks/fake/text" == hooks.text
    assert hooks.voice.endswith("/hooks/fake/voice")


async def test_texting_is_switched_on_only_after_the_number_is_assigned(scene: NumberScene) -> None:
    """V2P-5, V2P-6"""
    await scene.ask()
    refused = await scene.act("POST", "/number/enable")
    assert (409, True) == (refused.status_code, "once one is assigned" in refused.json()["detail"])

    await scene.work()
    await scene.prepare()
    enabled = await scene.act("POST", "/number/enable")

    assert 200 == enabled.status_code, enabled.text
    number = enabled.json()["number"]
    assert "enabled" == number["state"]
    assert number["number"].startswith("(888) 5")


async def test_app_chat_comes_before_texting(scene: NumberScene) -> None:
    """V2P-2"""
    await scene.assign()
    await scene.prepare()
    await scene.change_clinic(is_app_chat_enabled=False)

    refused = await scene.act("POST", "/number/enable")

    assert 409 == refused.status_code
    assert "App chat is off" in refused.json()["detail"]
    assert "App chat is off" in (await scene.number())["obstacles"][0]
    assert "assigned" == (await scene.number())["state"]


async def test_every_obstacle_is_named_at_once(scene: NumberScene) -> None:
    """V2P-13, V2P-57: the policy is confirmed and the after-hours number known before texting is switched on."""
    await scene.assign()

    refused = await scene.act("POST", "/number/enable")

    assert 409 == refused.status_code
    assert "after-hours number is missing" in refused.json()["detail"]
    assert "texting policy" in refused.json()["detail"]


async def test_who_confirmed_which_policy_is_recorded(world: World, scene: NumberScene) -> None:
    """V2P-13"""
    await scene.assign()
    outdated = await scene.act("PUT", "/number/policy", {"version": "2001-01"})
    assert 409 == outdated.status_code

    await scene.prepare()

    page = await scene.page()
    assert "Helen Marsh" == page["policy"]["accepted_by"]
    row = (await scene.rows())[0]
    assert (page["policy"]["version"], UUID(world.helen.id)) == (row.policy_version, row.policy_accepted_by_id)
    assert any("CBD" in point for point in page["policy"]["points"])


async def test_switched_off_is_off_both_ways(world: World, scene: NumberScene) -> None:
    """V2P-7"""
    await scene.assign()
    await scene.prepare()
    await scene.act("POST", "/number/enable")
    number = (await scene.rows())[0].number

    disabled = await scene.act("POST", "/number/disable")

    assert "assigned" == disabled.json()["number"]["state"]
    async with world.product.database.transaction() as uow:
        called = await number_called(uow, carrier="fake", number=number)
        own = await number_of_clinic(uow, UUID(world.practice_id), UUID(world.clinic_id))
    assert called is not None
    assert (False, False) == (called.is_enabled, own is not None and own.is_enabled)
    assert 200 == (await scene.act("POST", "/number/enable")).status_code


async def test_each_clinic_has_one_number_of_its_own(world: World, scene: NumberScene) -> None:
    """PA-2, PA-5, C17: one request lists every clinic that shall have it; each is switched on for itself."""
    asked = await scene.ask(also_clinic_ids=[world.other_clinic_id])
    assert (201, 2) == (asked.status_code, len(asked.json()["ids"]))

    await scene.work()
    await scene.prepare()
    await scene.act("POST", "/number/enable")

    here, there = await scene.number(), await scene.number(at=world.other_clinic_id)
    assert here["number"] != there["number"]
    assert ("enabled", "assigned") == (here["state"], there["state"])
    again = await scene.ask()
    assert (409, True) == (again.status_code, "Each clinic has one" in again.json()["detail"])


async def test_two_who_ask_at_once_get_one_number(scene: NumberScene) -> None:
    """PA-5"""
    answers = await asyncio.gather(scene.ask(), scene.ask(), scene.ask())

    assert [201, 409, 409] == sorted(answer.status_code for answer in answers)
    assert 1 == len(await scene.rows())


async def test_a_crash_between_ordering_and_recording_buys_no_second_number(scene: NumberScene) -> None:
    """V2P-4: the number is chosen and written down first, so that a repeat asks for the same one."""
    await scene.ask()
    scene.shop.trouble = Crash()
    with pytest.raises(Crash):
        await scene.work()
    chosen = (await scene.rows())[0].number
    scene.shop.offers = [new_number()]

    await scene.work()
    await scene.work()

    assert [chosen, chosen] == [number for number, _ in scene.shop.orders]
    row = (await scene.rows())[0]
    assert ("assigned", chosen) == (row.state, row.number)


async def test_trouble_at_the_carrier_is_told_and_tried_again(scene: NumberScene) -> None:
    """V2P-3"""
    await scene.ask()
    scene.shop.trouble = carrier_trouble()
    await scene.work()
    number = await scene.number()
    assert ("checking", True) == (number["state"], "does not answer" in number["words"])

    await scene.jobs.look_after_numbers()

    number = await scene.number()
    assert ("assigned", "") == (number["state"], number["words"])


async def test_without_a_carrier_the_request_waits_and_says_so(world: World, scene: NumberScene) -> None:
    await scene.ask()
    ids = {"practice_id": world.practice_id, "number_id": str((await scene.rows())[0].id)}
    await scene.jobs_with({}).assign(**ids)
    number = await scene.number()
    assert ("requested", True) == (number["state"], "No carrier is connected" in number["words"])

    withdrawn = await scene.act("POST", "/number-request/withdraw")

    assert (200, None) == (withdrawn.status_code, withdrawn.json()["number"])
    assert 201 == (await scene.ask()).status_code


async def test_two_practices_never_get_the_same_number(world: World, scene: NumberScene) -> None:
    """PA-5"""
    number = new_number()
    scene.shop = Shop(offers=[number])
    await scene.ask(also_clinic_ids=[world.other_clinic_id])

    await scene.work()

    states = sorted([(await scene.number())["state"], (await scene.number(at=world.other_clinic_id))["state"]])
    assert (["assigned", "checking"], [number]) == (states, [ordered for ordered, _ in scene.shop.orders])


async def test_numbers_are_the_practice_owners_business(world: World, scene: NumberScene) -> None:
    """PA-6 is for administrators; asking and switching is not. Rita sees none of it."""
    assert 201 == (await scene.ask()).status_code
    page = await world.ada.get(f"{scene.path}/texting")
    assert (200, False) == (page.status_code, page.json()["can_manage_number"])
    for caller, expected in ((world.ada, 403), (world.nora, 403), (world.rita, 404), (world.olive, 404)):
        assert expected == (await scene.ask(by=caller)).status_code
        assert expected == (await scene.act("POST", "/number/enable", by=caller)).status_code
        assert expected == (await scene.act("POST", "/number/disable", by=caller)).status_code
    for caller, expected in ((world.nora, 403), (world.rita, 404), (world.olive, 404)):
        assert expected == (await caller.get(f"{scene.path}/texting")).status_code
        assert expected == (await caller.get(f"{scene.path}/hours")).status_code
    assert 404 == (await world.helen.get(f"/clinics/{world.riverside_clinic_id}/texting")).status_code
    also = await scene.ask(at=world.other_clinic_id, also_clinic_ids=[world.riverside_clinic_id])
    assert (404, None) == (also.status_code, await scene.number(at=world.other_clinic_id))


async def test_a_request_is_safe_to_repeat(world: World, scene: NumberScene) -> None:
    key = {"Idempotency-Key": "0190f3c2-7d1e-7b3a-9c4d-5e6f7a8b9c0d"}
    path, body = f"{scene.path}/number-request", {"kind": "toll_free"}
    first = await world.helen.send("POST", path, body, headers=key)
    second = await world.helen.send("POST", path, body, headers=key)

    assert (201, first.json()) == (second.status_code, second.json())
    async with world.product.database.transaction() as uow:
        jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'assign_number' AND args ->> 'practice_id' = :id")
        assert 1 == (await uow.execute(jobs, {"id": world.practice_id})).scalar_one()
