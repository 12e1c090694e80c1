"""Removing uploads that no message ever took, those that never came whole, and drafts that nobody went on with."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.threads.attachments import storage_keys
from pawline.threads.lost_files import sweep_lost_files
from pawline.threads.upload_parts import remove_parts

KEPT_FOR = timedelta(hours=24)
DRAFTS_KEPT_FOR = timedelta(days=30)
_AT_ONCE = 200
# tenancy: sweeps over all practices; they touch only what belongs to no message.
_FORGET = text("""
DELETE FROM attachment a USING (
    SELECT practice_id, id FROM attachment WHERE message_id IS NULL AND created_at < :before ORDER BY created_at LIMIT :most
    FOR UPDATE SKIP LOCKED) old
WHERE a.practice_id = old.practice_id AND a.id = old.id
RETURNING a.id
""")
_OLD_UPLOADS = text("""
SELECT practice_id, id FROM partial_upload WHERE created_at < :before ORDER BY created_at LIMIT :most
""")
_OLD_DRAFTS = text("DELETE FROM staff_draft WHERE updated_at < :before")  # tenancy: of all practices, by age alone
_FORGET_UPLOAD = text("DELETE FROM partial_upload WHERE practice_id = :practice_id AND id = :id")


def sweeps(database: Database, files: FileStore) -> dict[str, tuple[str, Callable[[], Awaitable[None]]]]:
    """By name: when, and what."""
    return {
        "sweep_attachments": ("*/10 * * * *", lambda: sweep_attachments(database, files)),
        "sweep_uploads": ("*/10 * * * *", lambda: sweep_uploads(database, files)),
        "sweep_drafts": ("41 4 * * *", lambda: sweep_drafts(database)),
        "sweep_lost_files": ("29 */6 * * *", lambda: sweep_lost_files(database, files)),
    }


async def sweep_attachments(database: Database, files: FileStore) -> None:
    """Forget uploads that stayed without a message for a day, and their files."""
    async with database.transaction() as uow:
        forgotten = (await uow.execute(_FORGET, {"before": clock.now() - KEPT_FOR, "most": _AT_ONCE})).scalars().all()
    # The rows go first: a file without a row is unreachable and can be removed again, a row without a file is a broken photo.
    for attachment_id in forgotten:
        await _remove_files(files, attachment_id)


async def sweep_uploads(database: Database, files: FileStore) -> None:
    """Forget uploads that were begun a day ago and never finished."""
    before = clock.now() - KEPT_FOR
    async with database.single_statements() as connection:
        old = (await connection.execute(_OLD_UPLOADS, {"before": before, "most": _AT_ONCE})).all()
    for upload in old:
        # The parts go first: they can be found by way of their row alone.
        await remove_parts(files, upload.id)
        async with database.transaction() as uow:
            await uow.execute(_FORGET_UPLOAD, {"practice_id": upload.practice_id, "id": upload.id})


async def sweep_drafts(database: Database) -> None:
    async with database.transaction() as uow:
        await uow.execute(_OLD_DRAFTS, {"before": clock.now() - DRAFTS_KEPT_FOR})


async def _remove_files(files: FileStore, attachment_id: UUID) -> None:
    for key in storage_keys(attachment_id):
        await files.delete(key)
