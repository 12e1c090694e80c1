"""The pictures of a pet, day by day."""

from datetime import timedelta

from sqlalchemy import text

from pawline.threads.tests.scene import add_pet, delete, upload_photo
from tests.world import Caller, Json, World


async def test_pictures_of_a_pet_say_on_which_day_they_were_sent(world: World) -> None:
    """AL-52: newest first; the days count from the pet's first picture in the conversation, by the clinic's calendar."""
    whiskers = await add_pet(world, "Whiskers")
    sent = [await _send_photo(world.olive, world, pet_ids=[world.pixel_id]) for _ in range(3)]
    await _send_photo(world.olive, world, pet_ids=[whiskers])
    await _send_photo(world.olive, world, pet_ids=[])
    await world.olive.post_text(world.thread_id, "No picture", pet_ids=[world.pixel_id])
    for message, days in zip(sent, (8, 5, 0), strict=True):
        await _sent_earlier(world, message, days=days)
    pages = [page := await _pictures(world.omar, world.pixel_id, limit=2)]
    pages.append(await _pictures(world.omar, world.pixel_id, limit=2, cursor=page["next_cursor"]))
    seen = [picture for page in pages for picture in page["pictures"]]

    assert [9, 4, 1] == [picture["day"] for picture in seen]
    assert [message["id"] for message in reversed(sent)] == [picture["message_id"] for picture in seen]
    assert [message["attachments"][0] for message in reversed(sent)] == [picture["attachment"] for picture in seen]
    assert ("Olive Hart", "America/New_York") == (seen[0]["author_name"], seen[0]["timezone"])
    assert [True, False] == [page["next_cursor"] is not None for page in pages]
    assert seen == (await _pictures(world.nora, world.pixel_id))["pictures"]


async def test_untagged_pictures_are_of_the_only_pet(world: World) -> None:
    """AL-52: as those are that come by text; with a second pet nobody knows of which they are."""
    tagged = await _send_photo(world.olive, world, pet_ids=[world.pixel_id])
    untagged = await _send_photo(world.olive, world, pet_ids=[])
    alone = await _ids(world.nora, world)
    await add_pet(world, "Whiskers")

    assert [untagged["id"], tagged["id"]] == alone
    assert [tagged["id"]] == await _ids(world.nora, world)


async def test_what_one_may_not_see_is_not_among_the_pictures(world: World) -> None:
    """I10: notes, deleted messages, and what blocked people wrote; to outsiders there is no such pet."""
    kept = await _send_photo(world.omar, world, pet_ids=[world.pixel_id])
    note = await _send_photo(world.nora, world, pet_ids=[world.pixel_id], kind="note")
    gone = await _send_photo(world.olive, world, pet_ids=[world.pixel_id])
    await delete(world.olive, world.thread_id, gone)
    seen = [await _ids(person, world) for person in (world.olive, world.nora)]
    await world.olive.send("POST", f"/people/{world.omar.id}/block")
    later = await _send_photo(world.omar, world, pet_ids=[world.pixel_id])
    after_block = [await _ids(person, world) for person in (world.olive, world.omar)]
    outside = [await person.get(f"/pets/{world.pixel_id}/pictures") for person in (world.kim, world.rita)]
    nothing = await world.kim.get(f"/pets/{world.thread_id}/pictures")

    assert [[kept["id"]], [note["id"], kept["id"]]] == seen
    assert [[kept["id"]], [later["id"], kept["id"]]] == after_block
    assert [(404, nothing.text)] * 2 == [(each.status_code, each.text) for each in outside]


async def test_a_cursor_from_elsewhere_is_refused(world: World) -> None:
    response = await world.olive.get(f"/pets/{world.pixel_id}/pictures", cursor="x")

    assert (422, "cursor") == (response.status_code, response.json()["errors"][0]["field"])


async def _send_photo(caller: Caller, world: World, *, pet_ids: list[str], kind: str = "text") -> Json:
    photo = await upload_photo(caller, world.thread_id)
    return await caller.post_text(world.thread_id, "", attachment_ids=[photo["id"]], pet_ids=pet_ids, kind=kind)


async def _sent_earlier(world: World, message: Json, *, days: int) -> None:
    async with world.product.database.transaction() as uow:
        earlier = "UPDATE message SET created_at = created_at - :by WHERE id = :id"
        await uow.execute(text(earlier), {"by": timedelta(days=days), "id": message["id"]})


async def _pictures(caller: Caller, pet_id: str, **parameters: str | int) -> Json:
    response = await caller.get(f"/pets/{pet_id}/pictures", **parameters)
    assert response.status_code == 200, response.text
    return response.json()


async def _ids(caller: Caller, world: World) -> list[str]:
    return [picture["message_id"] for picture in (await _pictures(caller, world.pixel_id))["pictures"]]
