"""Erasing what a family and its clinics wrote: message by message as for a single one (erasing.py), and the copies elsewhere."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.moderation.family_people import Scope
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.files import FileStore
from pawline.platform.portraits import portrait_key
from pawline.threads.entries import lock_thread
from pawline.threads.payment_rows import end_request
from pawline.threads.sealed_files import remove_all_files
from pawline.threads.service import next_revision
from pawline.threads.upload_parts import remove_parts

_AT_ONCE = 200

_UNPAID = text("""
    SELECT r.message_id FROM payment_request r JOIN message m ON m.practice_id = r.practice_id AND m.id = r.message_id
    WHERE r.practice_id = :practice_id AND m.thread_id = :thread_id AND r.state = 'requested'
""")
# The hash of what a message said is proof of it, also where somebody had deleted it before.
_ERASE = text("""
WITH batch AS (
    SELECT m.practice_id, m.id, m.body FROM message m
    WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.erased_at IS NULL
    ORDER BY m.seq LIMIT :most
), kept AS (
    INSERT INTO sealed_message (practice_id, message_id, content, body_sha256, changed_at, is_settled)
    SELECT b.practice_id, b.id, NULL, sha256(convert_to(b.body, 'UTF8')), :now, false FROM batch b
    ON CONFLICT (practice_id, message_id) DO UPDATE SET content = NULL, changed_at = excluded.changed_at, is_settled = false
), keys AS (
    DELETE FROM message_key k USING batch b WHERE k.practice_id = b.practice_id AND k.message_id = b.id
), files AS (
    UPDATE attachment a SET file_name = '' FROM batch b WHERE a.practice_id = b.practice_id AND a.message_id = b.id
)
UPDATE message m SET body = '', is_sealed = true, prompt = NULL, deleted_at = coalesce(m.deleted_at, :now),
    erased_at = :now, erased_by_name = :staff_name, revision = :revision
FROM batch b WHERE m.practice_id = b.practice_id AND m.id = b.id
RETURNING m.id
""")
_IS_LEFT = text("""
    SELECT EXISTS (
        SELECT FROM message m WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.erased_at IS NULL)
""")
_AUTHORS = text("""
    UPDATE message m SET author_name = :erased
    WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.author_kind = 'contact' AND m.author_name <> :erased
""")
_CONVERSATIONS = text("""
    UPDATE conversation v SET title = :erased, ended_at = coalesce(v.ended_at, :now), revision = :revision,
        ended_by_id = coalesce(v.ended_by_id, :staff_id), back_at = NULL, snoozed_until = NULL, snoozed_by_id = NULL,
        snoozed_seq = NULL, contact_number = CASE WHEN v.contact_number IS NULL THEN NULL ELSE '' END
    WHERE v.practice_id = :practice_id AND v.thread_id = :thread_id AND (v.title <> :erased OR v.ended_at IS NULL)
""")
_NONE_OPEN = text("""
    UPDATE thread h SET open_conversation_id = NULL WHERE h.practice_id = :practice_id AND h.id = :thread_id
""")
_IN_THREAD = "SELECT m.id FROM message m WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id"
_BESIDE = tuple(
    text(each)
    for each in (
        f"""UPDATE report SET words = '', resolution = ''
        WHERE practice_id = :practice_id AND message_id IN ({_IN_THREAD})""",  # noqa: S608 - constants
        "DELETE FROM staff_draft WHERE practice_id = :practice_id AND thread_id = :thread_id",
        f"DELETE FROM media_link WHERE practice_id = :practice_id AND message_id IN ({_IN_THREAD})",  # noqa: S608 - constants
        *(
            f"""UPDATE {table} SET state = 'skipped'
            WHERE practice_id = :practice_id AND thread_id = :thread_id AND state = 'queued'"""  # noqa: S608 - constants
            for table in ("staff_notice", "hand_off_notice", "mention_notice", "questions_ended_notice")
        ),
        # What was answered to somebody who asked for something in the thread.
        """DELETE FROM answered_request WHERE practice_id = :practice_id AND (
            person_id = ANY(:contact_ids) OR answer::text LIKE '%' || CAST(:thread_id AS text) || '%'
            OR answer::text LIKE '%' || CAST(:family_id AS text) || '%')""",
    )
)
_LOOSE_FILES = text("""
    SELECT a.id FROM attachment a WHERE a.practice_id = :practice_id AND a.thread_id = :thread_id AND a.message_id IS NULL
""")
_FORGET_LOOSE_FILE = text("DELETE FROM attachment WHERE practice_id = :practice_id AND id = :id AND message_id IS NULL")
_UPLOADS = text("SELECT u.id FROM partial_upload u WHERE u.practice_id = :practice_id AND u.thread_id = :thread_id")
_FORGET_UPLOAD = text("DELETE FROM partial_upload WHERE practice_id = :practice_id AND id = :id")
_PORTRAITS = text("""
    SELECT t.portrait_id AS id FROM pet t
    WHERE t.practice_id = :practice_id AND t.family_id = :family_id AND t.portrait_id IS NOT NULL
""")
_FORGET_PORTRAIT = text("UPDATE pet SET portrait_id = NULL WHERE practice_id = :practice_id AND portrait_id = :id")


async def erase_some(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, staff_name: str) -> bool:
    """Some of what is left in the thread; screens hear of it. False: nothing is left."""
    thread = await lock_thread(uow, practice_id, thread_id)
    values: dict[str, Any] = {"practice_id": practice_id, "thread_id": thread_id}
    if not (await uow.execute(_IS_LEFT, values)).scalar_one():
        return False
    for message_id in (await uow.execute(_UNPAID, values)).scalars().all():
        await end_request(uow, practice_id, message_id, state="cancelled")
    revision = await next_revision(uow, thread)
    await uow.execute(_ERASE, {**values, "most": _AT_ONCE, "now": clock.now(), "staff_name": staff_name, "revision": revision})
    return True


async def erase_around(uow: UnitOfWork, scope: Scope, thread_id: UUID, *, staff_id: UUID) -> None:
    """Names, titles and numbers in the thread, and what lies beside its messages."""
    thread = await lock_thread(uow, scope.practice_id, thread_id)
    revision = await next_revision(uow, thread)
    values = scope.values(thread_id=thread_id, staff_id=staff_id, revision=revision)
    for statement in (_AUTHORS, _CONVERSATIONS, _NONE_OPEN, *_BESIDE):
        await uow.execute(statement, values)


async def erase_loose_files(database: Database, files: FileStore, scope: Scope, *, thread_ids: list[UUID]) -> None:
    """Uploads that no message has, and the pictures of pets. The file goes first, so that nothing is lost sight of."""
    for thread_id in thread_ids:
        of_thread = {"practice_id": scope.practice_id, "thread_id": thread_id}
        for found in await _ids(database, _LOOSE_FILES, of_thread):
            await remove_all_files(files, found)
            await _forget(database, _FORGET_LOOSE_FILE, scope, found=found)
        for found in await _ids(database, _UPLOADS, of_thread):
            await remove_parts(files, found)
            await _forget(database, _FORGET_UPLOAD, scope, found=found)
    for found in await _ids(database, _PORTRAITS, {"practice_id": scope.practice_id, "family_id": scope.family_id}):
        await files.delete(portrait_key(found))
        await _forget(database, _FORGET_PORTRAIT, scope, found=found)


async def _ids(database: Database, statement: Any, values: dict[str, Any]) -> list[UUID]:
    async with database.single_statements() as connection:
        return list((await connection.execute(statement, values)).scalars().all())


async def _forget(database: Database, statement: Any, scope: Scope, *, found: UUID) -> None:
    async with database.transaction() as uow:
        await uow.execute(statement, {"practice_id": scope.practice_id, "id": found})
