"""A disk that fills: uploads stop first, what is stored stays, and everybody is told in plain words."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import uuid4

import pytest

from pawline.platform import room
from pawline.platform.arriving import arriving
from pawline.platform.data_folder import DataFolderUnusable, locked
from pawline.platform.errors import Unavailable
from pawline.platform.files import FilesUnavailable
from pawline.platform.postgres import EmbeddedPostgres, PostgresFailed
from pawline.platform.room import is_full, keep_ballast
from pawline.threads.arrived_files import keep_arrived_file
from tests.photos import make_jpeg
from tests.world import World

GIB = 2**30
PHOTO = make_jpeg(640, 484)


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One that is nine tenths full."""
    _have(monkeypatch, used=90, free=10)
    return monkeypatch


def _have(patch: pytest.MonkeyPatch, *, used: int, free: int) -> None:
    def disk_usage(_: object) -> Disk:
        return Disk((used + free) * GIB, used * GIB, free * GIB)

    patch.setattr(shutil, "disk_usage", disk_usage)


@pytest.mark.parametrize(("used", "free", "expected"), [(90, 10, True), (89, 11, False), (3900, 100, False)])
def test_a_disk_is_full_while_the_database_still_has_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, used: int, free: int, expected: bool
) -> None:
    """F-45."""
    _have(monkeypatch, used=used, free=free)

    assert expected == is_full(tmp_path)


async def test_texts_go_on_where_there_is_no_room_for_files(world: World, disk: pytest.MonkeyPatch) -> None:
    """F-45, F-46: an upload that had begun goes on where it was once there is room again."""
    _have(disk, used=50, free=50)
    key = str(uuid4())
    begin = {"Idempotency-Key": key, "Upload-Length": str(len(PHOTO))}
    part = {"Content-Type": "application/offset+octet-stream"}
    http = world.olive.http
    await http.post(f"/threads/{world.thread_id}/uploads", headers=begin)
    await http.patch(f"/uploads/{key}", content=PHOTO[:100], headers={**part, "Upload-Offset": "0"})
    _have(disk, used=90, free=10)
    refused = [
        await http.post(f"/threads/{world.thread_id}/uploads", headers={**begin, "Idempotency-Key": str(uuid4())}),
        await http.patch(f"/uploads/{key}", content=PHOTO[100:], headers={**part, "Upload-Offset": "100"}),
        await http.post(f"/threads/{world.thread_id}/attachments?file_name=paw.jpg", content=PHOTO, headers=begin),
    ]
    text = await world.olive.post_text(world.thread_id, "She limps")
    _have(disk, used=50, free=50)
    await http.patch(f"/uploads/{key}", content=PHOTO[100:], headers={**part, "Upload-Offset": "100"})
    made = await http.post(f"/uploads/{key}/attachment")

    assert [(507, "storage_full", "600")] * 3 == [
        (each.status_code, each.json()["code"], each.headers["retry-after"]) for each in refused
    ]
    assert "Messages without them still arrive" in refused[0].json()["detail"]
    assert ("She limps", 201) == (text["body"], made.status_code)


@pytest.mark.usefixtures("disk")
async def test_a_file_of_a_text_is_waited_for(world: World) -> None:
    """F-46: a job that meets a full disk comes again, as it does for all that is of ours, and has fetched nothing in vain."""
    with pytest.raises(Unavailable, match="no room"):
        await keep_arrived_file(cast("Any", None), _never_asked_for(), world.product.settings)


async def _never_asked_for() -> AsyncIterator[bytes]:
    raise AssertionError("fetched from the carrier")
    yield b""


async def test_the_metrics_tell_how_full_it_is(world: World, disk: pytest.MonkeyPatch) -> None:
    """F-45: long before anything stops."""
    _have(disk, used=80, free=20)
    room.watch_room(world.product.settings)
    told = await world.olive.http.get(f"{world.product.url}/metrics")
    room.watch_room(replace(world.product.settings, data=Path("/not/made/yet"), files_url="memory://"))
    nothing = await world.olive.http.get(f"{world.product.url}/metrics")

    assert "pawline_disk_used_ratio 0.8" in told.text
    assert "pawline_disk_used_ratio 0.0" in nothing.text


def test_ballast_is_kept_where_there_is_room_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """F-45: deleting it is how a full disk is opened again; a tiny disk has none to give."""
    monkeypatch.setattr(room, "BALLAST_BYTES", 8192)
    _have(monkeypatch, used=1, free=7)
    keep_ballast(tmp_path)
    assert [] == list(tmp_path.iterdir())
    _have(monkeypatch, used=1, free=9)
    for _ in range(2):
        keep_ballast(tmp_path)

    assert [("ballast", 8192)] == [(each.name, each.stat().st_size) for each in tmp_path.iterdir()]


def test_a_folder_that_cannot_be_written_to_is_for_another_try(tmp_path: Path) -> None:
    """F-47: while Pawline runs, a request says so and nothing breaks."""
    (tmp_path / "data").write_text("no folder")

    with pytest.raises(FilesUnavailable), arriving(tmp_path / "data"):
        pass


def test_a_lock_that_cannot_be_written_is_said_clearly(tmp_path: Path) -> None:
    """F-47: at the start."""
    (tmp_path / "pawline.lock").symlink_to("/dev/full")

    with pytest.raises(DataFolderUnusable, match="cannot be used"), locked(tmp_path):
        pass


async def test_a_database_without_a_place_is_said_clearly(tmp_path: Path) -> None:
    """F-47."""
    (tmp_path / "data").write_text("no folder")

    with pytest.raises(PostgresFailed, match="cannot be started"):
        await EmbeddedPostgres(tmp_path / "data" / "postgres").start()
