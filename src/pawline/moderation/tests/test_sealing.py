"""What was deleted is sealed: nothing plain of it is left anywhere, and administrators still read it on record."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from pawline.deliveries.forgetting import forget_delivered_words
from pawline.moderation.tests.sealing_scene import change, copies_of, is_settled, rows, settle
from pawline.moderation.tests.test_deleted_messages import read
from pawline.platform import clock
from pawline.platform.files import FileStore, FilesUnavailable
from pawline.texting.media_in import MediaFetcher
from pawline.texting.tests.test_media_in import Fetching
from pawline.threads.keeping import Workbench
from pawline.threads.media.process import MediaProcessor
from pawline.threads.tests.scene import delete, fetch, upload_photo
from tests.leaks import files_of, tables_with
from tests.photos import make_jpeg
from tests.texting_scene import OLIVE, Texting, set_texting
from tests.world import Json, World

CANARY = "qzxcanary7731"


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)


async def written(world: World) -> tuple[Json, bytes]:
    """With a photo; and the bytes of that photo as it is stored."""
    photo = await upload_photo(world.olive, world.thread_id)
    message = await world.olive.post_text(world.thread_id, f"The code is {CANARY}", attachment_ids=[photo["id"]])
    return message, (await fetch(world.nora, photo["url"])).content


async def test_the_words_leave_everything_at_once(world: World) -> None:
    """C14: message, search index and caches, with the deletion itself; what they were can be proved."""
    message, _ = await written(world)
    before = await tables_with(world.product, CANARY)
    await delete(world.olive, world.thread_id, message)
    [kept] = await rows(
        world,
        "SELECT s.body_sha256, m.body, m.author_name, m.created_at, a.file_name, a.sha256 FROM sealed_message s "
        "JOIN message m ON m.practice_id = s.practice_id AND m.id = s.message_id "
        "JOIN attachment a ON a.practice_id = s.practice_id AND a.message_id = s.message_id "
        "WHERE s.practice_id = :practice_id AND s.message_id = CAST(:id AS uuid)",
        id=message["id"],
    )

    assert ["message"] == before
    assert [] == await tables_with(world.product, CANARY)
    assert hashlib.sha256(message["body"].encode()).digest() == kept.body_sha256
    assert ("", "Olive Hart", "") == (kept.body, kept.author_name, kept.file_name)
    assert 32 == len(kept.sha256)


async def test_the_files_are_sealed_and_still_open_to_who_reads(world: World) -> None:
    """C14: the plain file and its small picture are gone from the store; the reading shows both, whole and in part."""
    message, picture = await written(world)
    files = FileStore(world.product.settings.files_url)
    before = await files_of(files, message["attachments"][0]["id"])
    await delete(world.olive, world.thread_id, message)
    await settle(world, message)
    shown = (await read(world.ada, world, message)).json()["message"]
    [photo] = shown["attachments"]
    opened = await fetch(world.ada, photo["url"])
    small = await fetch(world.ada, photo["thumbnail_url"])
    part = await world.ada.http.get(world.product.url + photo["url"], headers={"Range": "bytes=3-9"})

    assert [f"attachments/{photo['id']}/{variant}" for variant in ("file", "thumbnail")] == before
    assert sealed_files(photo) == await files_of(files, photo["id"])
    assert picture not in await files.get(sealed_files(photo)[0])
    assert (message["body"], "paw.jpg") == (shown["body"], photo["file_name"])
    assert picture == opened.content
    assert "paw.jpg" in opened.headers["content-disposition"]
    assert (200, b"\xff\xd8") == (small.status_code, small.content[:2])
    assert (206, picture[3:10]) == (part.status_code, part.content)
    assert await is_settled(world, message)


async def test_a_job_that_died_is_finished_by_the_sweep(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """C14: wherever it died; and again, it changes nothing."""
    message, picture = await written(world)
    await delete(world.olive, world.thread_id, message)

    async def killed(*_: object) -> None:
        raise FilesUnavailable

    monkeypatch.setattr("pawline.moderation.sealed_copies.remove_plain_files", killed)
    with pytest.raises(FilesUnavailable):
        await settle(world, message)
    monkeypatch.undo()
    half_done = await is_settled(world, message)
    await sweep_later(world)
    [photo] = (await read(world.ada, world, message)).json()["message"]["attachments"]

    assert not half_done
    assert await is_settled(world, message)
    assert sealed_files(photo) == await files_of(FileStore(world.product.settings.files_url), photo["id"])
    assert picture == (await fetch(world.ada, photo["url"])).content


async def test_what_an_earlier_release_deleted_is_sealed_by_the_sweep(world: World) -> None:
    """C14: until then it is read as before."""
    message, _ = await written(world)
    await change(
        world,
        "UPDATE message SET deleted_at = now() WHERE practice_id = :practice_id AND id = CAST(:id AS uuid)",
        id=message["id"],
    )
    before = (await read(world.ada, world, message)).json()["message"]["body"]
    await copies_of(world).sweep()
    await sweep_later(world)

    [photo] = message["attachments"]

    assert message["body"] == before == (await read(world.ada, world, message)).json()["message"]["body"]
    assert [] == await tables_with(world.product, CANARY)
    assert sealed_files(photo) == await files_of(FileStore(world.product.settings.files_url), photo["id"])


async def test_a_text_leaves_its_delivery_and_what_the_carrier_brought(texting: Texting) -> None:
    """C14: of a text there are copies: on its way out, on its way in, and in the exchange with the carrier."""
    world = texting.world
    await texting.receive(f"From Olive {CANARY}", from_=OLIVE)
    answer = (await texting.reply(OLIVE, f"From Nora {CANARY}")).json()
    thread = await texting.thread_of(OLIVE)
    asked = next(each for each in thread["messages"] if "From Olive" in each["body"])
    await change(world, "UPDATE delivery SET state = 'delivered' WHERE practice_id = :practice_id")
    await exchanged(texting)
    before = await tables_with(world.product, CANARY)
    await delete(world.olive, thread["thread_id"], asked)
    await delete(world.nora, thread["thread_id"], answer)
    for message in (asked, answer):
        await settle(world, message)
    said = [
        (await read(world.ada, world, each, thread_id=thread["thread_id"])).json()["message"]["body"] for each in (asked, answer)
    ]

    assert ["carrier_exchange", "delivery", "inbound_event", "message"] == before
    assert [] == await tables_with(world.product, CANARY)
    assert [f"From Olive {CANARY}", f"From Nora {CANARY}"] == said


async def test_a_text_under_way_keeps_its_words_until_it_is_known_what_became_of_it(texting: Texting) -> None:
    """C14: the carrier's list is searched for them, so that nothing is sent twice."""
    world = texting.world
    await texting.receive("Is Pixel well?", from_=OLIVE)
    answer = (await texting.reply(OLIVE, f"Four drops {CANARY}")).json()
    thread_id = (await texting.thread_of(OLIVE))["thread_id"]
    await change(world, "UPDATE delivery SET state = 'unknown' WHERE practice_id = :practice_id AND state = 'queued'")
    await delete(world.nora, thread_id, answer)
    await settle(world, answer)
    under_way = await tables_with(world.product, CANARY), await is_settled(world, answer)
    await change(world, "UPDATE delivery SET state = 'sent' WHERE practice_id = :practice_id AND state = 'unknown'")
    await sweep_later(world)

    assert (["delivery"], False) == under_way
    assert [] == await tables_with(world.product, CANARY)
    assert await is_settled(world, answer)


async def test_a_picture_that_comes_while_the_rest_is_sealed_is_sealed_too(
    texting: Texting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C14: the files had been listed before it was there, and nothing was waited for afterwards."""
    world, files = texting.world, FileStore(texting.world.product.settings.files_url)
    async with MediaProcessor() as media:
        fetching = Fetching(texting, MediaFetcher(texting.desk, Workbench(files, media)))
        await fetching.receive(make_jpeg(64, 48))
        message = await fetching.message()
        await delete(world.olive, (await texting.thread_of(OLIVE))["thread_id"], message)

        async def fetch_first(*values: Any, **named: Any) -> bool:
            await fetching.fetch_all()
            return await forget_delivered_words(*values, **named)

        monkeypatch.setattr("pawline.moderation.sealed_copies.forget_delivered_words", fetch_first)
        await settle(world, message)
        monkeypatch.undo()
    was_settled = await is_settled(world, message)
    await sweep_later(world)
    [photo] = await rows(
        world,
        "SELECT id FROM attachment WHERE practice_id = :practice_id AND message_id = CAST(:id AS uuid)",
        id=message["id"],
    )

    assert not was_settled
    assert sealed_files({"id": photo.id}) == await files_of(files, str(photo.id))
    assert await is_settled(world, message)


def sealed_files(photo: Json) -> list[str]:
    return [f"sealed/{photo['id']}/{variant}" for variant in ("file", "thumbnail")]


async def sweep_later(world: World) -> None:
    late = clock.now() + timedelta(minutes=1)
    clock.set_clock(lambda: late)
    await copies_of(world).sweep()


async def exchanged(texting: Texting) -> None:
    """With the carrier: one text's search shows the other."""
    await change(
        texting.world,
        "INSERT INTO carrier_exchange (practice_id, id, delivery_id, carrier, method, url, request, status, answer, seconds, at) "
        "SELECT practice_id, gen_random_uuid(), id, 'fake', 'GET', '', '', 200, :words, 0.1, now() FROM delivery "
        "WHERE practice_id = :practice_id",
        words=f"From Nora {CANARY}",
    )
