"""Settings > Chat > Disable chat for user."""

from sqlalchemy import text

from pawline.moderation.tests.scene import shown
from pawline.threads.tests.scene import post
from tests.world import Caller, World


async def disable(by: Caller, contact: Caller) -> int:
    return (await by.send("PUT", f"/contacts/{contact.id}/disabled-chat")).status_code


async def enable(by: Caller, contact: Caller) -> int:
    return (await by.send("DELETE", f"/contacts/{contact.id}/disabled-chat")).status_code


async def test_messages_are_refused_in_words_and_all_that_was_written_stays(world: World) -> None:
    """V2P-46: for this one client; the brother goes on, and the numbers stay in front of both."""
    await _set_numbers(world)
    stored = await world.omar.post_text(world.thread_id, "Before")
    assert 200 == await disable(world.ada, world.omar)
    refused = [await post(world.omar, world.thread_id), await post(world.omar, world.thread_id, pet_ids=[world.pixel_id])]
    repeated = await world.omar.post_text(world.thread_id, "Before", client_id=stored["client_id"])
    await world.olive.post_text(world.thread_id, "Olive goes on")
    homes = [(await person.get("/pets")).json()["is_chat_disabled"] for person in (world.omar, world.olive)]

    assert [(403, "chat_disabled")] * 2 == [(each.status_code, each.json()["code"]) for each in refused]
    assert (
        "Northside Veterinary has switched chat off for you. You can still read what was written. "
        "Please call +13155550100. In an emergency call +13155550199." == refused[0].json()["detail"]
    )
    assert stored == repeated, "what was stored before may be sent again"
    assert ["Before", "Olive goes on"] == await shown(world.omar, world.thread_id)
    assert [True, False] == homes


async def test_enabling_makes_chat_available_again(world: World) -> None:
    """V2P-46"""
    await disable(world.ada, world.omar)
    assert 200 == await enable(world.helen, world.omar)

    assert 201 == (await post(world.omar, world.thread_id)).status_code
    assert [] == (await world.ada.get("/disabled-chats")).json()["contacts"]


async def test_their_open_screen_asks_anew_both_times(world: World) -> None:
    """V2P-46: nobody else's does."""
    async with world.omar.live() as omar, world.olive.live() as olive:
        await disable(world.ada, world.omar)
        await omar.next("resync")
        await enable(world.ada, world.omar)
        await omar.next("resync")
        await world.nora.post_text(world.thread_id, "How is Pixel?")
        first_for_olive = str(await olive.connection.recv())

    assert '"type":"changes"' in first_for_olive


async def test_the_list_says_who_disabled_it_and_the_client_shows_it(world: World) -> None:
    """V2P-45, V2P-46: the first who did it counts."""
    for administrator in (world.ada, world.helen):
        await disable(administrator, world.omar)
    [listed] = (await world.helen.get("/disabled-chats")).json()["contacts"]
    client = (await world.nora.get(f"/contacts/{world.omar.id}")).json()

    assert ("Omar Hart", "Hart family", "Ada Lind") == tuple(listed[key] for key in ("name", "family_name", "disabled_by_name"))
    assert ("Ada Lind", listed["disabled_at"]) == (client["chat_disabled_by_name"], client["chat_disabled_at"])


async def test_the_list_comes_in_pages_newest_first(world: World) -> None:
    """V2P-46"""
    for person in (world.olive, world.omar, world.kim):
        await disable(world.ada, person)
    first = (await world.ada.get("/disabled-chats", limit=2)).json()
    second = (await world.ada.get("/disabled-chats", limit=2, cursor=first["next_cursor"])).json()

    assert ["Kim Sato", "Omar Hart", "Olive Hart"] == [each["name"] for each in (*first["contacts"], *second["contacts"])]
    assert None is second["next_cursor"]


async def test_only_administrators_of_the_practice_disable_chat(world: World) -> None:
    """V2P-46, I10: for Rita there is no such contact."""
    assert world.riverside_id != world.practice_id
    people = (world.nora, world.toby, world.olive, world.rita)

    assert [403, 403, 404, 404] == [await disable(person, world.omar) for person in people]
    assert [403, 403, 404, 404] == [await enable(person, world.omar) for person in people]
    await disable(world.ada, world.omar)
    assert [] == (await world.rita.get("/disabled-chats")).json()["contacts"]


async def _set_numbers(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET phone = '+13155550100', emergency_number = '+13155550199' WHERE practice_id = :id"),
            {"id": world.practice_id},
        )
