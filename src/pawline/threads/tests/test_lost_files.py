"""Files without a row, and rows without a file."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from pawline.platform import clock
from pawline.platform.files import FileStore
from pawline.platform.portraits import portrait_key
from pawline.threads.file_links import storage_key
from pawline.threads.lost_files import (
    KEPT_ASIDE,
    LEFT_ALONE,
    LOOKED_AT,
    count_set_aside,
    find_missing_files,
    sweep_lost_files,
)
from pawline.threads.tests.scene import delete, fetch, upload_photo
from tests.world import World

A_LITTLE = timedelta(minutes=5)
DUE = LEFT_ALONE + A_LITTLE


def id_made(ago: timedelta) -> UUID:
    """As ``new_id`` made it then."""
    milliseconds = int((clock.now() - ago).timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | uuid4().int & 0xFFF << 64 | 0x2 << 62 | uuid4().int & (1 << 62) - 1)


@pytest.fixture
def files() -> FileStore:
    """A store of this test alone."""
    return FileStore("memory://")


async def keys_in(files: FileStore, *folders: str) -> set[str]:
    return {key for folder in folders or ("attachments", "portraits", "uploads") async for key in files.list(folder)}


async def keep_known(world: World, files: FileStore) -> str:
    """A photo of this moment, which the database knows."""
    key = storage_key(UUID((await upload_photo(world.olive, world.thread_id))["id"]), "file")
    await files.put(key, b"a paw")
    return key


def wait(ago: timedelta) -> None:
    later = clock.now() + ago
    clock.set_clock(lambda: later)


async def put_lost(files: FileStore, made: timedelta) -> set[str]:
    lost = {
        storage_key(id_made(made), "file"),
        storage_key(id_made(made), "thumbnail"),
        portrait_key(id_made(made)),
        f"uploads/{id_made(made)}/000000000000-abcdef01",
    }
    for key in lost:
        await files.put(key, b"a paw")
    return lost


async def test_files_that_never_got_a_row_are_set_aside_after_an_hour_and_removed_a_week_later(
    world: World, files: FileStore
) -> None:
    """F-12: an upload died between the store and the row; one that is still under way is left alone."""
    lost = await put_lost(files, A_LITTLE)
    known = await keep_known(world, files)
    wait(DUE)
    young = storage_key(id_made(LEFT_ALONE - A_LITTLE), "file")
    await files.put(young, b"a paw")
    aside = {f"lost/{clock.now():%Y-%m-%d}/{key}" for key in lost}
    await sweep_lost_files(world.product.database, files)
    seen = await keys_in(files), await keys_in(files, "lost"), await count_set_aside(files)
    wait(KEPT_ASIDE)
    await sweep_lost_files(world.product.database, files)
    kept = await keys_in(files, "lost")
    wait(timedelta(days=1))
    await sweep_lost_files(world.product.database, files)

    assert ({young, known}, aside, 4) == seen
    assert (aside, set[str]()) == (kept, await keys_in(files, "lost"))
    assert known in await keys_in(files)


async def test_what_came_after_all_that_is_known_stays(world: World, files: FileStore) -> None:
    """F-60: the database may be a copy of last night, or restored from it, and the store that of the day."""
    known = await keep_known(world, files)
    wait(A_LITTLE)
    since = await put_lost(files, timedelta())
    wait(DUE)
    await sweep_lost_files(world.product.database, files)

    assert {known} | since == await keys_in(files)


async def test_files_that_have_a_row_stay(world: World, files: FileStore) -> None:
    """F-12: of a message, of an upload that is not sent yet, of whatever practice."""
    photos = [await upload_photo(who, thread) for who, thread in ((world.olive, world.thread_id), (world.nora, world.thread_id))]
    kept = {storage_key(UUID(photo["id"]), "file") for photo in photos}
    for key in kept:
        await files.put(key, b"a paw")
    wait(DUE)
    await sweep_lost_files(world.product.database, files)

    assert kept == await keys_in(files)


async def test_the_files_of_another_database_are_not_swept(world: World, files: FileStore) -> None:
    """F-60: a restored copy knows none of what came since, and a drill may have the settings of the real one."""
    of_others = {storage_key(id_made(A_LITTLE), "file") for _ in range(21)}
    known = await keep_known(world, files)
    wait(DUE)
    long_ago = storage_key(id_made(LOOKED_AT + A_LITTLE), "file")
    await files.put(long_ago, b"a paw")
    await sweep_lost_files(world.product.database, files)
    for key in of_others:
        await files.put(key, b"a paw")
    await sweep_lost_files(world.product.database, files)

    assert {known, long_ago} | of_others == await keys_in(files)


@pytest.mark.parametrize("variant", ["file", "thumbnail"])
async def test_a_row_without_its_file_is_found_and_never_a_failure(world: World, variant: str) -> None:
    """F-60: readers get a 404, for which screens draw a placeholder; pawline doctor counts it."""
    files = FileStore(world.product.settings.files_url)
    photo = await upload_photo(world.olive, world.thread_id)
    await world.olive.post_text(world.thread_id, "Her paw", attachment_ids=[photo["id"]])
    wait(DUE)
    before = await find_missing_files(world.product.database, files)
    await files.delete(storage_key(UUID(photo["id"]), variant))
    found = await find_missing_files(world.product.database, files)
    clock.set_clock(None)
    answer = await fetch(world.nora, photo["url" if variant == "file" else "thumbnail_url"])

    assert (before.looked_at, before.missing + 1) == (found.looked_at, found.missing)
    assert 404 == answer.status_code


async def test_the_files_of_a_deleted_message_are_not_missing(world: World) -> None:
    """F-60 and C14: they are sealed, and stand elsewhere; those of an upload that is not sent yet are looked for."""
    files = FileStore(world.product.settings.files_url)
    unsent, sealed = [await upload_photo(world.olive, world.thread_id) for _ in range(2)]
    message = await world.olive.post_text(world.thread_id, "Her paw", attachment_ids=[sealed["id"]])
    wait(DUE)
    before = await find_missing_files(world.product.database, files)
    clock.set_clock(None)
    await delete(world.olive, world.thread_id, message)
    for photo in (unsent, sealed):
        await files.delete(storage_key(UUID(photo["id"]), "file"))
    wait(DUE)
    found = await find_missing_files(world.product.database, files)

    assert (before.looked_at - 1, before.missing + 1) == (found.looked_at, found.missing)
