"""Photos travel with their text as one message."""

import uuid

from pawline.threads.tests.scene import fetch, page, post, upload_photo
from tests.world import World


async def test_photo_and_text_are_one_message(world: World) -> None:
    """AL-30: delivered together. AL-28: what was chosen from the library arrives. AL-29: a text may be added."""
    photo = await upload_photo(world.olive, world.thread_id)
    message = await world.olive.post_text(world.thread_id, "This paw", attachment_ids=[photo["id"]])
    [seen] = (await page(world.nora, world.thread_id))["messages"]
    picture = await fetch(world.nora, seen["attachments"][0]["url"])
    thumbnail = await fetch(world.omar, seen["attachments"][0]["thumbnail_url"])

    assert message == seen
    assert ("This paw", [photo]) == (seen["body"], seen["attachments"])
    assert [(200, "image/jpeg")] * 2 == [(each.status_code, each.headers["content-type"]) for each in (picture, thumbnail)]


async def test_a_photo_alone_is_a_message(world: World) -> None:
    """AL-29: the text is optional. AL-26: a photo is something to send."""
    photo = await upload_photo(world.olive, world.thread_id)
    response = await post(world.olive, world.thread_id, body="", attachment_ids=[photo["id"]])

    assert 201 == response.status_code
    assert ("", [photo["id"]]) == (response.json()["body"], [each["id"] for each in response.json()["attachments"]])


async def test_photos_keep_the_order_in_which_they_were_chosen(world: World) -> None:
    photos = [await upload_photo(world.olive, world.thread_id, width=width) for width in (64, 96, 80)]
    chosen = [photos[index]["id"] for index in (2, 0, 1)]
    message = await world.olive.post_text(world.thread_id, "Three paws", attachment_ids=chosen)

    assert chosen == [attachment["id"] for attachment in message["attachments"]]


async def test_a_photo_is_its_uploaders_alone_until_it_is_sent(world: World) -> None:
    """I10: a file that is in no message yet is nobody else's to see, nor to send."""
    photo = await upload_photo(world.olive, world.thread_id)
    seen = [(await fetch(reader, photo["url"])).status_code for reader in (world.olive, world.omar, world.nora)]
    by_omar = await post(world.omar, world.thread_id, attachment_ids=[photo["id"]])
    of_nothing = await post(world.omar, world.thread_id, attachment_ids=[str(uuid.uuid4())])

    assert [200, 404, 404] == seen
    assert (422, "attachment_ids") == (by_omar.status_code, by_omar.json()["errors"][0]["field"])
    assert of_nothing.json() == by_omar.json()


async def test_a_photo_is_sent_once(world: World) -> None:
    photo = await upload_photo(world.olive, world.thread_id)
    first = await post(world.olive, world.thread_id, attachment_ids=[photo["id"]])
    second = await post(world.olive, world.thread_id, attachment_ids=[photo["id"]])
    twice = await post(world.olive, world.thread_id, attachment_ids=[str(uuid.uuid4())] * 2)

    assert (201, 422, 422) == (first.status_code, second.status_code, twice.status_code)
    assert 1 == (await world.olive.thread(world.thread_id))["last_seq"]


async def test_a_photo_belongs_to_the_thread_it_was_uploaded_to(world: World) -> None:
    photo = await upload_photo(world.nora, world.thread_id)
    elsewhere = await post(world.nora, world.other_thread_id, attachment_ids=[photo["id"]])

    assert 422 == elsewhere.status_code


async def test_a_repeat_with_a_photo_is_the_same_message(world: World) -> None:
    """I6: the photo that the first try has taken is no obstacle to the second."""
    photo, client_id = await upload_photo(world.olive, world.thread_id), str(uuid.uuid4())
    first = await post(world.olive, world.thread_id, attachment_ids=[photo["id"]], client_id=client_id)
    again = await post(world.olive, world.thread_id, attachment_ids=[photo["id"]], client_id=client_id)

    assert (201, 200) == (first.status_code, again.status_code)
    assert first.json() == again.json()
