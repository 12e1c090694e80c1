"""One owner at several practices: their pets side by side, one session at a time, and no practice learns of the other."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from pawline.joining.tests.conftest import Entry, mailed_code
from pawline.platform import clock
from pawline.sign_in.linking import ContactKey, link_contacts
from pawline.sign_in.tests.conftest import Postman, olives_email
from pawline.vets.tests.conftest import keyed, olive_joins_riverside, use
from tests.world import Json, World


async def others(world: World) -> list[Json]:
    answer = await world.olive.get("/session/owner/others")
    assert 200 == answer.status_code, answer.text
    return answer.json()["practices"]


async def link_omar_and_rolf(world: World) -> None:
    async with world.product.database.transaction() as uow:
        omar = ContactKey(UUID(world.practice_id), UUID(world.omar.id))
        await link_contacts(uow, omar, ContactKey(UUID(world.riverside_id), UUID(world.rolf.id)))


async def test_a_second_practice_shows_beside_the_first_and_the_browser_goes_from_one_to_the_other(
    world: World, postman: Postman
) -> None:
    """AL-20: animals of one owner at different practices."""
    await world.nora.post_text(world.thread_id, "Pixel can go home", pet_ids=[world.pixel_id])
    before = replace(world.olive)
    was_signed_in = (await before.get("/pets")).status_code
    alone = await others(world)
    joined = await olive_joins_riverside(world, postman)
    [northside] = await others(world)
    back = await world.olive.send("POST", "/session/owner/switch", {"contact_id": northside["contact_id"]})
    use(world.olive, back.json())
    [riverside] = await others(world)

    assert [] == alone
    assert "Riverside Vets" == joined["practice"]["name"]
    assert "Northside Veterinary" == northside["practice_name"]
    assert ["Pixel"] == [pet["name"] for pet in northside["home"]["pets"]]
    [thread] = northside["home"]["threads"]
    assert ([[world.pixel_id]], None) == ([unread["pet_ids"] for unread in thread["unread"]], thread["last_message"])
    assert (201, world.olive.id) == (back.status_code, back.json()["person"]["id"])
    assert ("Riverside Vets", ["Roo"]) == (riverside["practice_name"], [pet["name"] for pet in riverside["home"]["pets"]])
    assert 200 == (await world.olive.get(f"/threads/{world.thread_id}")).status_code
    # One session per browser: what it had before leads nowhere.
    after = (await before.get("/pets")).status_code
    await before.close()
    assert (200, 404) == (was_signed_in, after)


async def test_nobody_switches_to_somebody_else(world: World) -> None:
    """AL-20: neither within the family, nor to another family, nor from the staff's side, nor signed out."""
    await link_omar_and_rolf(world)
    asked = [("olive", world.omar.id), ("olive", world.rolf.id), ("omar", world.olive.id), ("rolf", world.olive.id)]
    asked += [("omar", world.omar.id), ("nora", world.olive.id), ("rita", world.rolf.id), ("stranger", world.olive.id)]
    answers = [await world.callers[name].send("POST", "/session/owner/switch", {"contact_id": who}) for name, who in asked]
    unmeant = await world.omar.http.post(
        "/session/owner/switch", json={"contact_id": world.rolf.id}, headers={"X-CSRF-Token": "forged"}
    )
    meant = await world.omar.send("POST", "/session/owner/switch", {"contact_id": world.rolf.id})

    assert [404] * len(asked) == [answer.status_code for answer in answers]
    assert 1 == len({answer.text for answer in answers})
    assert 403 == unmeant.status_code
    assert 201 == meant.status_code


async def test_riverside_never_learns_of_northside(world: World, postman: Postman) -> None:
    """Everything that Rita can read of Olive is what Olive told Riverside."""
    await world.nora.post_text(world.thread_id, "A word for Olive alone")
    joined = await olive_joins_riverside(world, postman)
    pages = ["/families", "/contacts", f"/contacts/{joined['person']['id']}", "/inbox?state=all", "/connections/new"]
    seen = [(await world.rita.get(path)).text for path in pages]
    forbidden = ["/session/owner/others", "/vet-invitations", f"/threads/{world.thread_id}"]
    refused = [(await world.rita.get(path)).status_code for path in forbidden]

    assert "Olive Hart" in seen[2]
    assert "Roo" in seen[0]
    for word in ("Northside", "Pixel", "A word for Olive alone", world.olive.id, world.family_id, world.practice_id):
        assert word not in "".join(seen)
    assert [404] * 3 == refused


@pytest.mark.parametrize("other", ["omar", "kim"])
async def test_people_of_one_practice_are_never_one_person(world: World, other: str) -> None:
    """Omar at Olive's tablet stays Omar."""
    async with world.product.database.transaction() as uow:
        here = UUID(world.practice_id)
        await link_contacts(uow, ContactKey(here, UUID(world.olive.id)), ContactKey(here, UUID(world.callers[other].id)))

    assert [] == await others(world)


async def test_a_person_is_one_contact_at_each_practice(world: World) -> None:
    """Whoever is Rolf at Riverside already does not become a second person there; and who may not use the app, may not here."""
    await link_omar_and_rolf(world)
    async with world.product.database.transaction() as uow:
        olive = ContactKey(UUID(world.practice_id), UUID(world.olive.id))
        await link_contacts(uow, olive, ContactKey(UUID(world.riverside_id), UUID(world.rolf.id)))
    of_olive = await others(world)
    of_omar = (await world.omar.get("/session/owner/others")).json()["practices"]
    async with world.product.database.transaction() as uow:
        values = {"practice_id": world.riverside_id, "id": world.rolf.id}
        await uow.execute(text("UPDATE contact SET role = 'other' WHERE practice_id = :practice_id AND id = :id"), values)
    after = (await world.omar.get("/session/owner/others")).json()["practices"]

    assert [] == of_olive
    assert [world.rolf.id] == [other["contact_id"] for other in of_omar]
    assert [] == after


async def test_a_sign_in_of_long_ago_makes_nobody_one_person(world: World, postman: Postman) -> None:
    """Section 8 of reliability.md: whoever only holds Olive's phone does not get to be Olive by an address of their own. The code
    stays good for Olive herself, and no proof is needed for the address that both have."""
    clinic = (await world.rita.get(f"/clinics/{world.riverside_clinic_id}/link")).json()["url"]
    entry = Entry(world.olive.http, clinic.rpartition("/")[2])
    start = clock.now()
    clock.set_clock(lambda: start + timedelta(minutes=20))
    email = f"olive-{uuid4().hex}@example.com"
    attempt_id = (await entry.start(first_name="Olive", last_name="Hart", email=email)).json()["attempt_id"]
    code = await mailed_code(postman, email)
    refused = await entry.verify(attempt_id, code)
    proof_id = (await world.olive.send("POST", "/session/owner/proof/code")).json()["attempt_id"]
    [letter] = await postman.letters(olives_email(world))
    proven = await world.olive.send("POST", "/session/owner/proof", {"attempt_id": proof_id, "code": letter.code})
    joined = await entry.verify(attempt_id, code)

    assert (403, "step_up_needed") == (refused.status_code, refused.json()["code"])
    assert (204, 201) == (proven.status_code, joined.status_code)


async def test_the_address_that_both_have_is_proof_enough(world: World, postman: Postman) -> None:
    clinic = (await world.rita.get(f"/clinics/{world.riverside_clinic_id}/link")).json()["url"]
    entry = Entry(world.olive.http, clinic.rpartition("/")[2])
    start = clock.now()
    clock.set_clock(lambda: start + timedelta(minutes=20))
    email = olives_email(world)
    attempt_id = (await entry.start(first_name="Olive", last_name="Hart", email=email)).json()["attempt_id"]
    joined = await entry.verify(attempt_id, await mailed_code(postman, email))
    use(world.olive, joined.json())

    assert ["Northside Veterinary"] == [practice["practice_name"] for practice in await others(world)]


async def test_going_to_another_practice_proves_nothing_anew(world: World) -> None:
    await link_omar_and_rolf(world)
    start = clock.now()
    clock.set_clock(lambda: start + timedelta(minutes=20))
    there = await world.omar.send("POST", "/session/owner/switch", {"contact_id": world.rolf.id})
    use(world.omar, there.json())
    invited = await keyed(world.omar, "/family/invitations", {"name": "Wes"})

    assert (201, 403, "step_up_needed") == (there.status_code, invited.status_code, invited.json()["code"])
