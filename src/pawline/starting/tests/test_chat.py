"""Choose User: with whom a conversation in the app can be started, and why not with others."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.world import Caller, Json, World

NOT_IN_APP = "The client has not downloaded or signed in to your mobile app"
TOO_OLD = "The client needs to update their app to the latest version"
DISABLED = "Chat has been disabled for this specific client in Settings > Chat > Disable chat for user"
NOT_CHOSEN = "Chat is for chosen clients only, and this client is not one of them: Settings > Chat"


async def change_contact(world: World, person: Caller, change: str, **values: Any) -> None:
    key = {"practice_id": world.practice_id, "id": person.id}
    statement = text(f"UPDATE contact SET {change} WHERE practice_id = :practice_id AND id = :id")  # noqa: S608 - of this file
    async with world.product.database.transaction() as uow:
        await uow.execute(statement, {**key, **values})


async def join_app(world: World, *people: Caller, version: int = 3) -> None:
    for person in people:
        await change_contact(world, person, "app_joined_at = now(), app_version = :version", version=version)


async def rename(world: World, person: Caller, name: str) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            text("UPDATE person SET name = :name WHERE practice_id = :practice_id AND id = :id"),
            {"name": name, "practice_id": world.practice_id, "id": person.id},
        )


async def candidates(world: World, query: str = "", *, by: Caller | None = None, **values: Any) -> Json:
    response = await (by or world.nora).get("/chat-candidates", clinic_id=world.clinic_id, q=query, **values)
    assert 200 == response.status_code, response.text
    return response.json()


async def names(world: World, query: str) -> list[str]:
    return [each["name"] for each in (await candidates(world, query))["candidates"]]


async def reasons(world: World, person: Caller) -> list[str]:
    [found] = [each for each in (await candidates(world))["candidates"] if each["contact_id"] == person.id]
    return [obstacle["words"] for obstacle in found["chat_obstacles"]]


async def start(world: World, person: Caller, title: str = "Blood results", *, by: Caller | None = None) -> Any:
    body = {"contact_id": person.id, "clinic_id": world.clinic_id, "title": title}
    return await (by or world.nora).send("POST", "/app-conversations", body)


@pytest.mark.parametrize("query", ["olivi", "HÄRT", "hart OLI", "pix", "o'neil", "Ōlivia h"])
async def test_an_app_user_is_found_by_the_beginning_of_any_word(world: World, query: str) -> None:
    """V2P-20, PPB-5, PPB-6: of their name, their family's or a pet's; capitals and accents aside."""
    await rename(world, world.olive, "Olívia O\u2019Neil Hart")
    await join_app(world, world.olive)

    assert "Olívia O\u2019Neil Hart" in await names(world, query)
    assert [] == await names(world, "livia")
    assert [] == await names(world, "Rolf"), "of another practice"


async def test_whoever_is_in_the_app_comes_first_page_by_page(world: World) -> None:
    """V2P-20, V2P-22"""
    await join_app(world, world.olive, world.otto)
    first = await candidates(world, limit=3)
    second = await candidates(world, limit=3, cursor=first["next_cursor"])
    shown = [*first["candidates"], *second["candidates"]]

    assert ["Olive Hart", "Otto Hart", "Kim Sato", "Omar Hart"] == [each["name"] for each in shown]
    assert [0, 0, 1, 1] == [len(each["chat_obstacles"]) for each in shown]
    assert None is second["next_cursor"]
    assert 422 == (await world.nora.get("/chat-candidates", clinic_id=world.clinic_id, cursor="nonsense")).status_code


async def test_each_reason_is_told_and_several_at_once(world: World) -> None:
    """V2P-43, V2P-44, V2P-45, V2P-47, V2P+12, D14"""
    assert [NOT_IN_APP] == await reasons(world, world.olive)

    await join_app(world, world.olive)
    assert [] == await reasons(world, world.olive)

    await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"min_client_version": 4})
    assert [TOO_OLD] == await reasons(world, world.olive)

    await world.ada.send("PUT", f"/contacts/{world.olive.id}/disabled-chat")
    assert [TOO_OLD, DISABLED] == await reasons(world, world.olive)

    await change_contact(world, world.olive, "app_joined_at = NULL")
    assert [NOT_IN_APP, TOO_OLD, DISABLED] == await reasons(world, world.olive)
    assert [NOT_IN_APP] == await reasons(world, world.omar), "a reason is one person's own"

    await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"is_chat_for_chosen": True})
    await world.ada.send("PUT", f"/clinics/{world.clinic_id}/chosen-contacts/{world.omar.id}")
    assert [NOT_IN_APP, TOO_OLD, DISABLED, NOT_CHOSEN] == await reasons(world, world.olive)
    assert [NOT_IN_APP] == await reasons(world, world.omar), "chosen"


async def test_starting_opens_a_titled_conversation_and_texts_nobody(world: World) -> None:
    """V2P-15, V2P-16, V2P-17, V2P-18, V2P-21: in the one thread of the family."""
    await join_app(world, world.olive)
    started = await start(world, world.olive, "  Blood\n results ")
    again = await start(world, world.olive, "Blood results")
    thread = await world.olive.thread(world.thread_id)
    async with world.product.database.transaction() as uow:
        queued = await uow.execute(text("SELECT id FROM delivery WHERE practice_id = :id"), {"id": world.practice_id})

    assert (200, world.thread_id) == (started.status_code, started.json()["thread_id"])
    assert started.json() == again.json(), "a repeat starts nothing"
    assert [("Blood results", "app")] == [(each["title"], each["channel"]) for each in thread["conversations"]]
    assert [] == queued.all()


async def test_without_a_title_nothing_starts(world: World) -> None:
    """V2P-16"""
    await join_app(world, world.olive)
    refused = await start(world, world.olive, " ")

    assert (422, ["title"]) == (refused.status_code, [error["field"] for error in refused.json()["errors"]])


async def test_whoever_has_no_chat_cannot_be_chosen_and_the_reasons_are_said(world: World) -> None:
    """V2P-22, V2P-47: on the server too."""
    await world.ada.send("PUT", f"/contacts/{world.olive.id}/disabled-chat")
    refused = await start(world, world.olive)

    assert (409, "chat_not_available") == (refused.status_code, refused.json()["code"])
    assert f"Chat not available. {NOT_IN_APP}. {DISABLED}." == refused.json()["detail"]
    assert [NOT_IN_APP, DISABLED] == [error["message"] for error in refused.json()["errors"]]
    assert [] == (await world.nora.thread(world.thread_id))["conversations"]


async def test_where_app_chat_is_off_the_way_is_closed(world: World) -> None:
    """V2P-18: and said so before anybody is chosen."""
    await join_app(world, world.olive)
    await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"is_app_chat_enabled": False})
    ways = (await world.nora.get(f"/clinics/{world.clinic_id}/starting")).json()
    refused = await start(world, world.olive)

    assert "switched off" in ways["chat_words"]
    assert "no text number" in ways["text_words"]
    assert (409, "chat_not_available", f"Chat not available. {ways['chat_words']}") == (
        refused.status_code,
        refused.json()["code"],
        refused.json()["detail"],
    )


async def test_outsiders_find_and_start_nothing(world: World) -> None:
    """I10: Rita of Riverside is an outsider, and so is Hal of another clinic; families start nothing this way."""
    await join_app(world, world.olive)
    assert world.riverside_id != world.practice_id

    for person in (world.rita, world.hal, world.olive):
        assert 404 == (await person.get("/chat-candidates", clinic_id=world.clinic_id)).status_code
        assert 404 == (await person.get("/text-candidates", clinic_id=world.clinic_id)).status_code
        assert 404 == (await person.get(f"/clinics/{world.clinic_id}/starting")).status_code
        assert 404 == (await start(world, world.olive, by=person)).status_code
