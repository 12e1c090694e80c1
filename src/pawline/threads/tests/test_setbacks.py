"""A file that could not be prepared, though nobody found fault with it, is kept and tried again."""

from uuid import uuid4

import httpx
import pytest

from pawline.threads.media.child_processes import ChildFailed, ChildProcesses
from pawline.threads.media.setbacks import MOST_SETBACKS
from tests.photos import make_jpeg
from tests.world import Caller, World

PHOTO = make_jpeg(640, 481)
PLACE = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
_WORK = ChildProcesses.work


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every child is killed, as by a system that runs out of memory, until this is undone."""

    async def is_killed(*_: object, **__: object) -> bytes:
        raise ChildFailed

    monkeypatch.setattr(ChildProcesses, "work", is_killed)
    return monkeypatch


async def test_an_upload_outlives_our_trouble(world: World, trouble: pytest.MonkeyPatch) -> None:
    """F-46, F-49: the phone is told to come again, and all that it has sent is still there when the machine has recovered."""
    key = await _sent_in_parts(world.olive, world.thread_id)
    refused = await _finish(world.olive, key)
    place = await world.olive.http.head(f"/uploads/{key}")
    trouble.undo()
    made = await _finish(world.olive, key)

    assert (503, "30") == (refused.status_code, refused.headers["retry-after"])
    assert (200, str(len(PHOTO))) == (place.status_code, place.headers["upload-offset"])
    assert (201, 640) == (made.status_code, made.json()["width"])


@pytest.mark.usefixtures("trouble")
async def test_a_file_that_is_always_in_the_way_is_refused_in_the_end(world: World) -> None:
    """F-46: perhaps the file kills its child. Later messages do not wait for it for ever, whatever keys it comes under."""
    content = make_jpeg(640, 482)
    answers = [await _send_whole(world.olive, world.thread_id, content) for _ in range(MOST_SETBACKS)]

    assert [503, 503, 422] == [each.status_code for each in answers]
    assert "may be damaged" in answers[-1].json()["detail"]


@pytest.mark.usefixtures("trouble")
async def test_one_that_succeeds_is_not_remembered(world: World) -> None:
    content = make_jpeg(640, 483)
    statuses = [(await _send_whole(world.olive, world.thread_id, content)).status_code for _ in range(MOST_SETBACKS - 1)]
    with pytest.MonkeyPatch.context() as recovered:
        recovered.setattr(ChildProcesses, "work", _WORK)
        statuses.append((await _send_whole(world.olive, world.thread_id, content)).status_code)
    statuses.append((await _send_whole(world.olive, world.thread_id, content)).status_code)

    assert [503, 503, 201, 503] == statuses


async def _sent_in_parts(caller: Caller, thread_id: str) -> str:
    key = str(uuid4())
    sizes = {"Idempotency-Key": key, "Upload-Length": str(len(PHOTO))}
    await caller.http.post(f"/threads/{thread_id}/uploads", headers=sizes)
    await caller.http.patch(f"/uploads/{key}", content=PHOTO, headers=PLACE)
    return key


async def _finish(caller: Caller, key: str) -> httpx.Response:
    return await caller.http.post(f"/uploads/{key}/attachment")


async def _send_whole(caller: Caller, thread_id: str, content: bytes) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4())}
    return await caller.http.post(f"/threads/{thread_id}/attachments?file_name=paw.jpg", content=content, headers=headers)
