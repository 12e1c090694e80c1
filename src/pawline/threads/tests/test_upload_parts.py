"""A file in parts: what has come stays, and the whole becomes one attachment."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.files import FileStore
from pawline.threads.sweeping import sweep_uploads
from pawline.threads.tests.scene import fetch, post
from pawline.threads.upload_parts import MOST_OPEN
from pawline.threads.uploads import PIECE_BYTES
from tests.photos import make_jpeg
from tests.world import Caller, Json, World

PART = "application/offset+octet-stream"
PHOTO = make_jpeg(640, 480)


async def test_an_upload_goes_on_where_it_was_cut_off(world: World) -> None:
    """The connection is lost in the middle of a part: what had come of it stays, and the whole is sent once."""
    large = PHOTO + bytes(2 * PIECE_BYTES)
    key = await _begun(world.olive, world.thread_id, size=len(large))
    await _send(world.olive, key, large[:1000], at=0)
    with pytest.raises(httpx.HTTPError):
        await _send(world.olive, key, _cut(world.olive, key, large[1000:-1000]), at=1000)
    last = await _send_rest(world.olive, key, large)
    made = [await _finish(world.olive, key) for _ in range(2)]
    message = await world.olive.post_text(world.thread_id, "Her paw", attachment_ids=[made[0].json()["id"]])

    assert (204, str(len(large)), "1.0.0") == (last.status_code, last.headers["upload-offset"], last.headers["tus-resumable"])
    assert [201, 201] == [each.status_code for each in made]
    assert made[0].json() == made[1].json()
    assert ("paw.jpg", 640, 480) == tuple(message["attachments"][0][name] for name in ("file_name", "width", "height"))
    assert 200 == (await fetch(world.nora, message["attachments"][0]["url"])).status_code


async def test_beginning_again_tells_how_far_it_came(world: World) -> None:
    """Also after the attachment was made: only the answer to the last request was lost."""
    before = await _files_of_parts(world)
    key = await _begun(world.olive, world.thread_id)
    await _send(world.olive, key, PHOTO[:7], at=0)
    again = await _begin(world.olive, world.thread_id, key=key)
    await _send(world.olive, key, PHOTO[7:], at=7)
    made = await _finish(world.olive, key)
    whole = await _begin(world.olive, world.thread_id, key=key)

    assert (201, "7") == (again.status_code, again.headers["upload-offset"])
    assert f"/api/v1/uploads/{key}" == again.headers["location"]
    assert str(len(PHOTO)) == whole.headers["upload-offset"]
    assert made.json() == (await _finish(world.olive, key)).json()
    assert [] == [part for part in await _files_of_parts(world) if part not in before]


async def test_two_requests_at_one_place_do_not_mix(world: World) -> None:
    """A request that was thought dead goes on: of both at a place one is kept, and the photo stays whole."""
    key = await _begun(world.olive, world.thread_id)
    answers = await asyncio.gather(*(_send(world.olive, key, PHOTO[:2000], at=0) for _ in range(4)))
    stale = await _send(world.olive, key, PHOTO[:5], at=5)
    await _send(world.olive, key, PHOTO[2000:], at=2000)

    assert [204, 409, 409, 409] == sorted(each.status_code for each in answers)
    assert (409, "conflict") == (stale.status_code, stale.json()["code"])
    assert 201 == (await _finish(world.olive, key)).status_code


async def test_an_upload_is_its_uploaders_alone(world: World) -> None:
    """I10: neither family nor practice can ask for it, add to it or finish it."""
    key = await _begun(world.olive, world.thread_id)
    for other in (world.omar, world.nora, world.rita):
        answers = [
            await other.http.head(f"/uploads/{key}"),
            await _send(other, key, b"x", at=0),
            await _finish(other, key),
        ]

        assert [404, 404, 404] == [each.status_code for each in answers]
    assert 404 == (await _begin(world.rita, world.thread_id)).status_code


async def test_what_is_no_file_of_ours_is_refused(world: World) -> None:
    unfinished = await _begun(world.olive, world.thread_id)
    program = await _begun(world.olive, world.thread_id, size=8)
    await _send(world.olive, program, b"MZ\x90\0\3\0\0\0", at=0)
    refusals = [
        await _begin(world.olive, world.thread_id, size=0),
        await _begin(world.olive, world.thread_id, size=10**9),
        await _begin(world.olive, world.thread_id, headers={"Upload-Metadata": "filename ???"}),
        await _begin(world.olive, world.thread_id, key=unfinished, size=7),
        await _finish(world.olive, unfinished),
        await _send(world.olive, unfinished, bytes(len(PHOTO) + 1), at=0),
        await world.olive.http.patch(f"/uploads/{unfinished}", content=b"x", headers={"Upload-Offset": "0"}),
        await _finish(world.olive, program),
        await _finish(world.olive, program),
    ]

    assert [422, 413, 422, 409, 409, 413, 415, 415, 404] == [each.status_code for each in refusals]


async def test_nobody_begins_without_end(world: World) -> None:
    """F-49: what was never finished is in nobody's way. The oldest makes room, and can be begun anew."""
    keys = [await _begun(world.olive, world.thread_id) for _ in range(MOST_OPEN + 1)]
    seen = [(await world.olive.http.head(f"/uploads/{key}")).status_code for key in keys]
    anew = await _begin(world.olive, world.thread_id, key=keys[0])

    assert [404] + [200] * MOST_OPEN == seen
    assert (201, "0") == (anew.status_code, anew.headers["upload-offset"])


async def test_who_gives_up_a_file_leaves_nothing_of_it(world: World) -> None:
    """F-49: also while a part of it is on its way."""
    before = await _files_of_parts(world)
    key = await _begun(world.olive, world.thread_id)
    await _send(world.olive, key, PHOTO[:100], at=0)
    strangers = await world.nora.http.delete(f"/uploads/{key}")
    _, given_up = await asyncio.gather(
        _send(world.olive, key, PHOTO[100:], at=100), world.olive.http.delete(f"/uploads/{key}"), return_exceptions=True
    )
    again = await world.olive.http.delete(f"/uploads/{key}")

    assert isinstance(given_up, httpx.Response)
    assert [404, 204, 404] == [each.status_code for each in (strangers, given_up, again)]
    assert set(before) == set(await _files_of_parts(world))


async def test_what_is_never_finished_is_swept_after_a_day(world: World) -> None:
    before = await _files_of_parts(world)
    old, new = await _begun(world.olive, world.thread_id), await _begun(world.olive, world.thread_id)
    for key in (old, new):
        await _send(world.olive, key, PHOTO[:100], at=0)
    async with world.product.database.transaction() as uow:
        aged = "UPDATE partial_upload SET created_at = :then WHERE upload_key = :key"
        await uow.execute(text(aged), {"then": clock.now() - timedelta(hours=25), "key": old})
    await sweep_uploads(world.product.database, FileStore(world.product.settings.files_url))
    seen = [(await world.olive.http.head(f"/uploads/{key}")).status_code for key in (old, new)]

    assert [404, 200] == seen
    assert 1 == len(set(await _files_of_parts(world)) - set(before))


async def test_parts_move_with_a_merged_thread(world: World) -> None:
    key = await _begun(world.kim, world.other_thread_id)
    body = {"source_family_id": world.other_family_id}
    merged = await world.ada.send("POST", f"/families/{world.family_id}/merge", body)
    await _send(world.kim, key, PHOTO, at=0)
    made = await _finish(world.kim, key)
    sent = await post(world.kim, world.thread_id, attachment_ids=[made.json()["id"]])

    assert (200, 201, 201) == (merged.status_code, made.status_code, sent.status_code)


async def _begin(
    caller: Caller, thread_id: str, *, key: str = "", size: int = len(PHOTO), headers: Json = None
) -> httpx.Response:
    name = b64encode(b"paw.jpg").decode()
    usual = {"Idempotency-Key": key or str(uuid4()), "Upload-Length": str(size), "Upload-Metadata": f"filename {name}"}
    return await caller.http.post(f"/threads/{thread_id}/uploads", headers={**usual, **(headers or {})})


async def _begun(caller: Caller, thread_id: str, *, size: int = len(PHOTO)) -> str:
    key = str(uuid4())
    response = await _begin(caller, thread_id, key=key, size=size)
    assert (201, "0") == (response.status_code, response.headers["upload-offset"]), response.text
    return key


async def _send(caller: Caller, key: str, content: Any, *, at: int) -> httpx.Response:
    headers = {"Upload-Offset": str(at), "Content-Type": PART}
    return await caller.http.patch(f"/uploads/{key}", content=content, headers=headers)


async def _cut(caller: Caller, key: str, content: bytes) -> AsyncIterator[bytes]:
    """Sends it, and breaks off once some of it was kept."""
    before = await _place_of(caller, key)
    yield content
    async with asyncio.timeout(30):
        while True:
            if await _place_of(caller, key) > before:
                break
            await asyncio.sleep(0.02)
    raise httpx.WriteError("the phone is in a tunnel")


async def _send_rest(caller: Caller, key: str, content: bytes) -> httpx.Response:
    """The request that was cut off may still be at work; then the place has changed, and one asks again."""
    while True:
        reached = await _place_of(caller, key)
        assert reached > PIECE_BYTES
        response = await _send(caller, key, content[reached:], at=reached)
        if response.status_code != 409:
            return response


async def _place_of(caller: Caller, key: str) -> int:
    return int((await caller.http.head(f"/uploads/{key}")).headers["upload-offset"])


async def _finish(caller: Caller, key: str) -> httpx.Response:
    return await caller.http.post(f"/uploads/{key}/attachment")


async def _files_of_parts(world: World) -> list[str]:
    return [key async for key in FileStore(world.product.settings.files_url).list("uploads")]
