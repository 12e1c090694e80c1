"""A file is received within its limit or leaves nothing behind."""

import asyncio
import hashlib
import resource
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pawline.platform.errors import Invalid, TooLarge
from pawline.platform.files import FilesUnavailable
from pawline.threads import uploads
from pawline.threads.uploads import receive_upload


class Sender:
    """Sends ``pieces`` and counts how many were asked for; then hangs when told to."""

    def __init__(self, pieces: list[bytes], *, hangs: bool = False, fails: bool = False) -> None:
        self._pieces, self._hangs, self._fails = pieces, hangs, fails
        self.sent = 0
        self.is_waiting = asyncio.Event()

    async def chunks(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            self.sent += 1
            yield piece
        if self._hangs:
            self.is_waiting.set()
            await asyncio.Event().wait()
        if self._fails:
            raise ConnectionResetError


async def test_a_file_arrives_whole_with_its_checksum(tmp_path: Path) -> None:
    received = await receive_upload(Sender([b"pix", b"", b"el"]).chunks(), limit_bytes=5, folder=tmp_path)

    assert b"pixel" == received.path.read_bytes()
    assert (5, hashlib.sha256(b"pixel").hexdigest()) == (received.size_bytes, received.sha256)
    assert tmp_path == received.path.parent
    assert 0o600 == received.path.stat().st_mode & 0o777


async def test_one_byte_too_many_stops_the_reading_at_once(tmp_path: Path) -> None:
    sender = Sender([bytes(1024)] * 5000)

    with pytest.raises(TooLarge, match="The limit is 1 MB"):
        await receive_upload(sender.chunks(), limit_bytes=1024 * 1024, folder=tmp_path)

    assert 1025 == sender.sent
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("pieces", [[], [b"", b""]])
async def test_an_empty_file_is_refused(pieces: list[bytes], tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="empty"):
        await receive_upload(Sender(pieces).chunks(), limit_bytes=10, folder=tmp_path)

    assert [] == list(tmp_path.iterdir())


async def test_a_lost_connection_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        await receive_upload(Sender([b"pix"], fails=True).chunks(), limit_bytes=10, folder=tmp_path)

    assert [] == list(tmp_path.iterdir())


async def test_a_sender_who_goes_silent_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LONGEST_PAUSE_SECONDS", 0.05)

    with pytest.raises(Invalid, match="stopped on its way"):
        await receive_upload(Sender([b"pix"], hangs=True).chunks(), limit_bytes=10, folder=tmp_path)

    assert [] == list(tmp_path.iterdir())


async def test_a_disk_that_takes_no_more_is_our_fault(tmp_path: Path) -> None:
    """F-46: the sender is asked to come again, and is not taken for one who has gone."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
    try:
        with pytest.raises(FilesUnavailable):
            await receive_upload(Sender([bytes(700), bytes(700)]).chunks(), limit_bytes=10_000, folder=tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    with pytest.raises(FilesUnavailable):
        await receive_upload(Sender([b"pix"]).chunks(), limit_bytes=10, folder=tmp_path / "gone")

    assert [] == list(tmp_path.iterdir())


async def test_a_cancelled_upload_leaves_nothing(tmp_path: Path) -> None:
    sender = Sender([b"pix"], hangs=True)
    receiving = asyncio.create_task(receive_upload(sender.chunks(), limit_bytes=10, folder=tmp_path))
    await sender.is_waiting.wait()
    assert 1 == len(list(tmp_path.iterdir()))
    receiving.cancel()

    with pytest.raises(asyncio.CancelledError):
        await receiving
    assert [] == list(tmp_path.iterdir())
