"""A clinic of the practice is asked to connect a pet; its staff accept or decline."""

from datetime import timedelta

from pawline.platform import clock
from pawline.vets.sweeping import sweep_vets
from pawline.vets.tests.conftest import BISCUIT, invite, keyed
from tests.world import Caller, Json, World


def path_for(world: World, pet_id: str, clinic_id: str | None = None) -> str:
    return f"/pets/{pet_id}/connections/{clinic_id or world.other_clinic_id}"


async def asked_at(caller: Caller) -> list[Json]:
    return (await caller.get("/connections/new")).json()["connections"]


async def state_of(world: World, pet_id: str) -> list[str]:
    pets = (await world.olive.get("/pets")).json()["pets"]
    return [connection["state"] for pet in pets if pet["id"] == pet_id for connection in pet["threads"]]


async def test_a_clinic_accepts_and_the_owner_can_write(world: World, biscuit: str) -> None:
    """AL-11, AL-16, AL-17: none, invited, accepted; the staff's open screens and the owner's hear of each step."""
    states = [await state_of(world, biscuit)]
    async with world.hal.live() as hals, world.olive.live() as olives:
        asked = [(await world.olive.send("PUT", path_for(world, biscuit))).status_code for _ in range(2)]
        await hals.next("connections")
        await olives.next("resync")
        states.append(await state_of(world, biscuit))
        [connection] = await asked_at(world.hal)
        path = f"/connections/{connection['id']}/accept"
        refused = [(await world.callers[name].send("POST", path)).status_code for name in ("nora", "toby", "rita", "olive")]
        pair = {"family_id": world.family_id, "clinic_id": world.other_clinic_id}
        too_early = [(await world.callers[name].send("POST", "/threads", pair)).status_code for name in ("olive", "hal")]
        accepted = await world.hal.send("POST", path)
        again = await world.hal.send("POST", path)
    states.append(await state_of(world, biscuit))
    await world.olive.post_text(accepted.json()["thread_id"], "Hello Harbour", pet_ids=[biscuit])

    assert [204, 204] == asked
    assert ("Biscuit", "Hart family", ["Olive Hart", "Omar Hart", "Otto Hart"]) == tuple(
        connection[name] for name in ("pet_name", "family_name", "contact_names")
    )
    assert [404, 403, 404, 404] == refused
    assert [404, 404] == too_early
    assert (201, 404) == (accepted.status_code, again.status_code)
    assert [[], ["invited"], ["accepted"]] == states
    assert [] == await asked_at(world.hal)


async def test_a_clinic_declines_an_owner_takes_back_and_time_runs_out(world: World, biscuit: str) -> None:
    """AL-17: declined, revoked and expired; and each time it may be asked anew."""
    path, states = path_for(world, biscuit), list[list[str]]()
    await world.olive.send("PUT", path)
    [connection] = await asked_at(world.hal)
    await world.hal.send("POST", f"/connections/{connection['id']}/decline")
    states.append(await state_of(world, biscuit))
    await world.olive.send("PUT", path)
    taken_back = [(await world.omar.send("DELETE", path)).status_code for _ in range(2)]
    states.append(await state_of(world, biscuit))
    await world.olive.send("PUT", path)
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(days=30, seconds=1))
    await sweep_vets(world.product.database)
    clock.set_clock(None)
    states.append(await state_of(world, biscuit))

    assert [204, 404] == taken_back
    assert [["declined"], ["revoked"], ["expired"]] == states


async def test_a_refusal_names_the_field_as_the_request_has_it(world: World) -> None:
    refused = await keyed(world.olive, "/family/pets", {**BISCUIT, "born_on": "2999-01-01"})

    assert (422, ["born_on"]) == (refused.status_code, [error["field"] for error in refused.json()["errors"]])


async def test_nobody_asks_for_somebody_elses_pet(world: World, biscuit: str) -> None:
    """AL-20: nor at another practice's clinic, nor again where the pet is connected."""
    own = await world.olive.send("PUT", path_for(world, biscuit, world.riverside_clinic_id))
    others = [await world.callers[name].send("PUT", path_for(world, biscuit)) for name in ("kim", "rolf", "nora", "stranger")]
    invited = [(await invite(world.callers[name], biscuit)).status_code for name in ("kim", "rolf", "nora", "stranger")]
    await world.olive.send("PUT", path_for(world, world.pixel_id, world.clinic_id))

    assert [404] * 5 == [answer.status_code for answer in (own, *others)]
    assert [404] * 4 == invited
    assert ["accepted"] == await state_of(world, world.pixel_id)
