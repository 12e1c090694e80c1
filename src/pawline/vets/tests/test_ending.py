"""How pets stand with a clinic, on both sides; the team connects a pet by itself, and either side ends a connection."""

import asyncio
from uuid import uuid4

from pawline.threads.tests.test_own_pets import home_of
from pawline.vets.tests.conftest import keyed
from pawline.vets.tests.scene import connect, decide, end, standing
from tests.world import Json, World


async def test_the_team_sees_how_each_pet_stands_with_its_own_clinic(world: World, biscuit: str) -> None:
    """AL-10, AL-17, AL-20: asked of this clinic or another, declined, taken back; each pet for itself."""
    path, seen = f"/pets/{biscuit}/connections/{world.clinic_id}", list[Json]()
    seen.append(await standing(world.nora, world, biscuit))
    await world.olive.send("PUT", f"/pets/{biscuit}/connections/{world.other_clinic_id}")
    seen.append(await standing(world.nora, world, biscuit))
    await world.olive.send("PUT", path)
    asked = await standing(world.nora, world, biscuit)
    await world.nora.send("POST", f"/connections/{asked['id']}/decline")
    seen.append((await standing(world.nora, world, biscuit))["state"])
    await world.olive.send("PUT", path)
    await world.olive.send("DELETE", path)
    taken_back = await standing(world.nora, world, biscuit)

    assert [None, None, "declined"] == seen
    assert ("invited", False) == (asked["state"], asked["is_up_to_family"])
    assert ("revoked", None, True) == (taken_back["state"], taken_back["ended_by"], taken_back["is_up_to_family"])
    assert "accepted" == (await standing(world.nora, world))["state"]


async def test_who_may_connect_and_end(world: World, biscuit: str) -> None:
    """AL-10, AL-20: the team of the clinic from senior staff on, and the family itself; nobody else learns of the pet."""
    outsiders = ("hal", "kim", "rita", "rolf", "stranger")
    ended = {name: (await end(world.callers[name], world)).status_code for name in (*outsiders, "toby", "otto")}
    connected = {name: (await connect(world.callers[name], world, biscuit)).status_code for name in (*outsiders, "toby", "olive")}
    elsewhere = [await decide(world.nora, act, world.pixel_id, clinic_id=world.other_clinic_id) for act in ("connect", "end")]
    nowhere = [await decide(world.nora, act, str(uuid4()), clinic_id=world.clinic_id) for act in ("connect", "end")]

    assert {**dict.fromkeys(outsiders, 404), "toby": 403, "otto": 404} == ended
    assert {**dict.fromkeys(outsiders, 404), "toby": 403, "olive": 404} == connected
    assert [404] * 4 == [answer.status_code for answer in (*elsewhere, *nowhere)]
    for name in ("nora", "ada", "helen"):
        assert (204, 204) == (
            (await connect(world.callers[name], world, biscuit)).status_code,
            (await end(world.callers[name], world, biscuit)).status_code,
        )
    assert 409 == (await end(world.nora, world, await added(world, "Moss", asks=True))).status_code


async def test_both_sides_end_at_once_and_the_first_counts(world: World) -> None:
    """AL-17: nobody is told off for being second; the team reads who it was, the family does not."""
    both = await asyncio.gather(*(end(caller, world) for caller in (world.nora, world.olive, world.vane, world.omar)))
    first = (await standing(world.nora, world))["ended_by"]
    again = await end(world.ada, world)
    later, own = [await standing(caller, world) for caller in (world.ada, world.olive)]

    assert [204] * 5 == [answer.status_code for answer in (*both, again)]
    assert first in {"Nora Ames", "Olive Hart", "Dr Sam Vane", "Omar Hart"}
    assert (first, "revoked", None) == (later["ended_by"], own["state"], own["ended_by"])


async def test_the_team_takes_back_its_own_end_but_not_that_of_the_family(world: World) -> None:
    """AL-17, AL-18: what the family has ended only the family begins anew, by asking or with the clinic's code."""
    await end(world.nora, world)
    again = [(await connect(world.vane, world)).status_code for _ in range(2)]
    await end(world.olive, world)
    refused = await connect(world.nora, world)
    asked = await world.olive.send("PUT", f"/pets/{world.pixel_id}/connections/{world.clinic_id}")
    accepted = await connect(world.nora, world)
    await end(world.omar, world)
    code = (await world.ada.get(f"/clinics/{world.clinic_id}/link")).json()["url"].rpartition("/")[2]
    async with world.nora.live() as noras:
        scanned = await keyed(world.olive, f"/join/{code}/pets", {"pet_ids": [world.pixel_id], "via": "qr"})
        await noras.next("thread_anew")
    at_last = await standing(world.nora, world)

    assert ([204, 204], 409, "up_to_family") == (again, refused.status_code, refused.json()["code"])
    assert (204, 204, 201) == (asked.status_code, accepted.status_code, scanned.status_code), scanned.text
    assert ("accepted", None) == (at_last["state"], at_last["ended_by"])


async def test_taking_back_and_connecting_at_once_leave_one_of_both(world: World, biscuit: str) -> None:
    """AL-16, AL-17: whoever comes second learns of it."""
    path = f"/pets/{biscuit}/connections/{world.clinic_id}"
    await world.olive.send("PUT", path)
    accepted, taken = await asyncio.gather(connect(world.nora, world, biscuit), world.olive.send("DELETE", path))

    outcome = (accepted.status_code, taken.status_code, (await standing(world.nora, world, biscuit))["state"])
    assert outcome in {(204, 404, "accepted"), (409, 204, "revoked")}


async def test_a_pet_that_died_is_connected_to_nobody(world: World, biscuit: str) -> None:
    await world.olive.send("PUT", f"/pets/{biscuit}/death", {"died_on": "2026-01-02"})
    refused = await connect(world.nora, world, biscuit)

    assert (409, "Biscuit has died, so there is nothing to connect.") == (refused.status_code, refused.json()["detail"])


async def test_what_was_written_stays_in_reach_when_asking_again_came_to_nothing(world: World) -> None:
    """AL-17, AL-22: declined or taken back, the clinic has treated the pet; and what the family took back is up to the family."""
    path, places = f"/pets/{world.pixel_id}/connections/{world.clinic_id}", list[tuple[str, str | None]]()
    await end(world.nora, world)
    places.append(await place_of(world))
    await world.olive.send("PUT", path)
    places.append(await place_of(world))
    await world.nora.send("POST", f"/connections/{(await standing(world.nora, world))['id']}/decline")
    places.append(await place_of(world))
    await world.olive.send("PUT", path)
    await world.olive.send("DELETE", path)
    places.append(await place_of(world))
    taken_back = await standing(world.nora, world)
    refused = await connect(world.nora, world)
    await world.olive.send("PUT", path)
    await world.nora.send("POST", f"/connections/{(await standing(world.nora, world))['id']}/accept")
    await end(world.nora, world)
    anew = await standing(world.nora, world)

    assert [(state, world.thread_id) for state in ("revoked", "invited", "declined", "revoked")] == places
    assert ("Olive Hart", True, 409) == (taken_back["ended_by"], taken_back["is_up_to_family"], refused.status_code)
    assert ("Nora Ames", False) == (anew["ended_by"], anew["is_up_to_family"])


async def place_of(world: World) -> tuple[str, str | None]:
    """How Pixel stands with Hill Street on its own card, and the thread that the card leads to."""
    pets = (await home_of(world.olive))["pets"]
    [place] = next(pet["threads"] for pet in pets if pet["id"] == world.pixel_id)
    return place["state"], place["thread_id"]


async def added(world: World, name: str, *, asks: bool) -> str:
    pet_id = (await keyed(world.olive, "/family/pets", {"name": name, "species": "cat"})).json()["id"]
    if asks:
        await world.olive.send("PUT", f"/pets/{pet_id}/connections/{world.clinic_id}")
    return pet_id
