"""The last message of several threads at once, for lists."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor
from pawline.threads.access import visible_messages, visible_threads
from pawline.threads.file_links import FileLinks
from pawline.threads.models import Message, Thread
from pawline.threads.queries import MESSAGE_COLUMNS, message_views
from pawline.threads.views import MessageView


async def latest_messages(
    connection: AsyncConnection, links: FileLinks, actor: Actor, *, thread_ids: Sequence[UUID]
) -> dict[UUID, MessageView]:
    """By thread id; a thread without a message this actor may see is missing.

    Who takes a conversation or hands it off says nothing to the family: such lines leave what was said last in place.
    """
    last = (
        select(Message.id)
        .where(
            Message.practice_id == Thread.practice_id,
            Message.thread_id == Thread.id,
            visible_messages(actor),
            or_(Message.kind != "system", Message.author_kind != "staff"),
        )
        .order_by(Message.seq.desc())
        .limit(1)
        .correlate(Thread)
        .scalar_subquery()
    )
    statement = (
        select(*MESSAGE_COLUMNS)
        .select_from(Thread)
        .join(Message, (Message.practice_id == Thread.practice_id) & (Message.id == last))
        .where(Thread.practice_id == actor.practice_id, Thread.id.in_(thread_ids), visible_threads(actor))
    )
    rows = list(await connection.execute(statement))
    views = await message_views(connection, links, rows, for_team=actor.is_staff)
    return {row.thread_id: view for row, view in zip(rows, views, strict=True)}
