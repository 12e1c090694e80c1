"""Settings > Chat: chat is for all app users of a clinic, or for chosen ones only."""

from uuid import UUID, uuid4

from sqlalchemy import insert, text

from pawline.families.models import Connection, ConnectionState
from pawline.moderation.tests.scene import shown
from pawline.platform import clock
from pawline.starting.tests.test_chat import join_app
from pawline.threads.tests.scene import post
from tests.world import Caller, Json, World

REFUSED = (403, "not_chosen")


async def chat_is_for_chosen(world: World, *, by: Caller | None = None, only: bool = True) -> int:
    answer = await (by or world.ada).send("PATCH", f"/clinics/{world.clinic_id}", {"is_chat_for_chosen": only})
    return answer.status_code


async def choose(world: World, contact: Caller, *, by: Caller | None = None, method: str = "PUT") -> int:
    return (await (by or world.ada).send(method, f"/clinics/{world.clinic_id}/chosen-contacts/{contact.id}")).status_code


async def chosen(world: World, **values: Json) -> Json:
    answer = await world.ada.get(f"/clinics/{world.clinic_id}/chosen-contacts", **values)
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def may_post(person: Caller, thread_id: str) -> bool:
    return 201 == (await post(person, thread_id)).status_code


async def test_whoever_is_not_chosen_is_refused_in_words_and_all_that_was_written_stays(world: World) -> None:
    """V2P+12: the chosen brother goes on, and whom to call is said."""
    await _set_numbers(world)
    stored = await world.omar.post_text(world.thread_id, "Before")
    await choose(world, world.olive)
    assert 200 == await chat_is_for_chosen(world)
    refused = [await post(world.omar, world.thread_id), await post(world.omar, world.thread_id, pet_ids=[world.pixel_id])]
    repeated = await world.omar.post_text(world.thread_id, "Before", client_id=stored["client_id"])
    await world.olive.post_text(world.thread_id, "Olive goes on")
    closed = [(await person.get("/pets")).json()["closed_clinic_ids"] for person in (world.omar, world.olive)]

    assert [REFUSED] * 2 == [(each.status_code, each.json()["code"]) for each in refused]
    assert (
        "Hill Street chats in the app with some of its clients only. You can still read what was written. "
        "Please call +13155550100. In an emergency call +13155550199." == refused[0].json()["detail"]
    )
    assert stored == repeated, "what was stored before may be sent again"
    assert ["Before", "Olive goes on"] == await shown(world.omar, world.thread_id)
    assert [[world.clinic_id], []] == closed


async def test_being_chosen_opens_it_again_and_so_does_chat_for_all(world: World) -> None:
    """V2P+12: at once, and it closes again the same way; the list outlives the setting."""
    await chat_is_for_chosen(world)
    seen = [await may_post(world.omar, world.thread_id)]
    for method in ("PUT", "DELETE"):
        assert 200 == await choose(world, world.omar, method=method)
        seen.append(await may_post(world.omar, world.thread_id))
    await choose(world, world.olive)
    await chat_is_for_chosen(world, only=False)
    seen.append(await may_post(world.omar, world.thread_id))

    assert [False, True, False, True] == seen
    assert ["Olive Hart"] == [each["name"] for each in (await chosen(world))["contacts"]]


async def test_it_holds_at_one_clinic_alone(world: World) -> None:
    """V2P+12: the family's thread with the practice's other clinic, and another practice, go on."""
    elsewhere = await _thread_at_other_clinic(world)
    await chat_is_for_chosen(world)

    assert not await may_post(world.olive, world.thread_id)
    assert await may_post(world.olive, elsewhere)
    assert await may_post(world.rolf, world.riverside_thread_id)
    assert [] == (await world.rolf.get("/pets")).json()["closed_clinic_ids"]


async def test_open_screens_of_families_and_team_ask_anew_and_of_nobody_else(world: World) -> None:
    """V2P+12: when the setting changes, and for the one who is chosen."""
    async with world.omar.live() as omar, world.nora.live() as nora, world.rolf.live() as rolf:
        await chat_is_for_chosen(world)
        await omar.next("resync")
        await nora.next("resync")
        await choose(world, world.omar)
        await omar.next("resync")
        await world.rita.post_text(world.riverside_thread_id, "How is he?")
        first_for_rolf = str(await rolf.connection.recv())

    assert '"type":"changes"' in first_for_rolf


async def test_the_list_comes_in_pages_and_counts_who_else_is_in_the_app(world: World) -> None:
    """V2P+12: whom the change would keep from writing; not who is barred already, nor who does not write in the app at all."""
    await join_app(world, world.olive, world.omar, world.otto, world.kim)
    before = (await chosen(world))["other_app_users"]
    await world.ada.send("PUT", f"/contacts/{world.kim.id}/disabled-chat")
    for person in (world.olive, world.kim, world.olive):
        await choose(world, person)
    first = await chosen(world, limit=1)
    second = await chosen(world, limit=1, cursor=first["next_cursor"])
    client = (await world.nora.get(f"/contacts/{world.olive.id}")).json()

    assert (3, 1) == (before, first["other_app_users"])
    assert ["Kim Sato", "Olive Hart"] == [each["name"] for each in (*first["contacts"], *second["contacts"])]
    assert ("Hart family", "Ada Lind") == tuple(second["contacts"][0][key] for key in ("family_name", "chosen_by_name"))
    assert None is second["next_cursor"]
    assert [world.clinic_id] == client["chosen_clinic_ids"]


async def test_only_administrators_of_the_clinic_choose(world: World) -> None:
    """V2P+12, I10: setting and list; for Rita there is neither clinic nor contact, and nobody of hers can be chosen."""
    people = (world.nora, world.toby, world.olive, world.rita)
    path = f"/clinics/{world.clinic_id}/chosen-contacts"

    assert [403, 403, 404, 404] == [await choose(world, world.omar, by=person) for person in people]
    assert [403, 403, 404, 404] == [await choose(world, world.omar, by=person, method="DELETE") for person in people]
    assert [403, 403, 404, 404] == [(await person.get(path)).status_code for person in people]
    assert [403, 403, 404, 404] == [await chat_is_for_chosen(world, by=person) for person in people]
    assert 404 == await choose(world, world.rolf)
    assert (
        404 == (await world.helen.send("PUT", f"/clinics/{world.other_clinic_id}/chosen-contacts/{world.olive.id}")).status_code
    )
    assert [] == (await chosen(world))["contacts"]


async def test_clients_are_searched_among_those_of_one_clinic(world: World) -> None:
    """V2P+12: a practice owner, who sees all clinics, chooses for one."""
    found = [
        (await world.helen.get("/contacts", q="olive", clinic_id=each)).json()
        for each in (world.clinic_id, world.other_clinic_id)
    ]

    assert [["Olive Hart"], []] == [[each["name"] for each in page["contacts"]] for page in found]
    assert [] == (await world.rita.get("/contacts", clinic_id=world.clinic_id)).json()["contacts"]


async def _thread_at_other_clinic(world: World) -> str:
    ids = {"practice_id": UUID(world.practice_id), "family_id": UUID(world.family_id), "pet_id": UUID(world.pixel_id)}
    values = {"id": uuid4(), "clinic_id": UUID(world.other_clinic_id), "changed_at": clock.now()}
    async with world.product.database.transaction() as uow:
        await uow.execute(insert(Connection).values(**ids, **values, state=ConnectionState.ACCEPTED))
    body = {"family_id": world.family_id, "clinic_id": world.other_clinic_id, "title": "Check-up"}
    return (await world.helen.send("POST", "/threads", body)).json()["thread_id"]


async def _set_numbers(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET phone = '+13155550100', emergency_number = '+13155550199' WHERE practice_id = :id"),
            {"id": world.practice_id},
        )
