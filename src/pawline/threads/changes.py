"""What changed after a revision: the same answer for catching up and for live frames."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor
from pawline.threads.access import FAMILY_KINDS, TEAM_KINDS, visible_messages
from pawline.threads.file_links import FileLinks
from pawline.threads.models import Message, Thread
from pawline.threads.queries import (
    MESSAGE_COLUMNS,
    Reader,
    as_receipt,
    conversations_since,
    for_family_eyes,
    message_views,
    read_marks_since,
    unassigned,
    visible_to,
)
from pawline.threads.views import Changes

MOST_CHANGES = 500


async def changes_for(connection: AsyncConnection, links: FileLinks, actor: Actor, *, thread_id: UUID, after: int) -> Changes:
    thread = await visible_to(connection, actor, thread_id)
    return await _changes(connection, Reader(links, actor.is_staff), thread, after=after, shown=visible_messages(actor))


async def changes_for_audiences(
    connection: AsyncConnection, links: FileLinks, *, practice_id: UUID, thread_id: UUID, after: int
) -> tuple[Changes, Changes] | None:
    """The frame for the clinic and the one for the family, who never learns of notes. None: no such thread."""
    statement = select(Thread.__table__).where(Thread.practice_id == practice_id, Thread.id == thread_id)
    thread = (await connection.execute(statement)).one_or_none()
    if thread is None:
        return None
    for_clinic = await _changes(connection, Reader(links, is_team=True), thread, after=after, shown=Message.kind.in_(TEAM_KINDS))
    return for_clinic, for_family(for_clinic)


def for_family(changes: Changes) -> Changes:
    """The same without what is the team's alone."""
    return msgspec.structs.replace(
        changes,
        messages=[for_family_eyes(found) for found in changes.messages if found.kind in FAMILY_KINDS],
        conversations=[unassigned(conversation) for conversation in changes.conversations],
        read_marks=[as_receipt(mark) for mark in changes.read_marks],
    )


async def _changes(
    connection: AsyncConnection, reader: Reader, thread: Any, *, after: int, shown: ColumnElement[bool]
) -> Changes:
    # The thread was read first: what is added meanwhile may show up below, and will come again with its own revision.
    statement = (
        select(*MESSAGE_COLUMNS)
        .where(
            Message.practice_id == thread.practice_id,
            Message.thread_id == thread.id,
            Message.revision > after,
            shown,
        )
        .order_by(Message.revision)
        .limit(MOST_CHANGES + 1)
    )
    rows = list(await connection.execute(statement))
    is_complete = len(rows) <= MOST_CHANGES
    return Changes(
        thread_id=thread.id,
        clinic_id=thread.clinic_id,
        family_id=thread.family_id,
        after=after,
        revision=thread.revision,
        last_seq=thread.last_seq,
        last_message_at=thread.last_message_at,
        messages=await message_views(connection, reader.links, rows, for_team=reader.is_team) if is_complete else [],
        conversations=await conversations_since(connection, thread, after, for_team=reader.is_team) if is_complete else [],
        read_marks=await read_marks_since(connection, thread, after, for_team=reader.is_team) if is_complete else [],
        is_complete=is_complete,
    )
