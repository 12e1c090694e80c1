"""Reading threads. Every query takes the actor and sees only what that actor may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.deliveries.service import delivery_views
from pawline.deliveries.views import DeliveryView
from pawline.platform.actor import Actor
from pawline.platform.errors import NotFound
from pawline.threads.access import sql_heard, visible_messages, visible_threads
from pawline.threads.assignment_sql import ASSIGNMENT
from pawline.threads.file_links import FileLinks, Links
from pawline.threads.mention_rows import mentions_column, mentions_of
from pawline.threads.models import Attachment, Message, MessagePet, Thread
from pawline.threads.payment_rows import payment_column, payment_of
from pawline.threads.triage_sql import TRIAGE
from pawline.threads.views import (
    AttachmentView,
    ConversationView,
    MessagePage,
    MessageView,
    ReadMarkView,
    UnreadMessage,
)

MOST_UNREAD = 100

_pet_ids = (
    select(func.array_agg(aggregate_order_by(MessagePet.pet_id, MessagePet.pet_id)))
    .where(MessagePet.practice_id == Message.practice_id, MessagePet.message_id == Message.id)
    .correlate(Message)
    .scalar_subquery()
)
_NEVER_SHOWN = {"request_hash", "words"}
MESSAGE_COLUMNS = (
    *(column for column in Message.__table__.columns if column.name not in _NEVER_SHOWN),
    _pet_ids.label("pet_ids"),
    mentions_column,
    payment_column,
)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """At most ``limit`` messages just before or just after a ``seq``; the latest when neither is given."""

    limit: int
    before: int | None = None
    after: int | None = None

    @property
    def is_forward(self) -> bool:
        return self.after is not None


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom views are made."""

    links: FileLinks
    is_team: bool


async def visible_to(connection: AsyncConnection, actor: Actor, thread_id: UUID, *, for_update: bool = False) -> Any:
    """The thread's row, or NotFound when there is none or it is not for this actor."""
    statement = select(Thread.__table__).where(Thread.id == thread_id, visible_threads(actor))
    row = (await connection.execute(statement.with_for_update() if for_update else statement)).one_or_none()
    if row is None:
        raise NotFound
    return row


def messages_of(actor: Actor, thread_id: UUID) -> Select[Any]:
    """Messages of one thread that the actor may see, provided the actor may see the thread."""
    return (
        select(*MESSAGE_COLUMNS)
        .join(Thread, (Thread.practice_id == Message.practice_id) & (Thread.id == Message.thread_id))
        .where(Thread.id == thread_id, visible_threads(actor), visible_messages(actor))
    )


async def page_of(
    connection: AsyncConnection, reader: Reader, rows: list[Any], *, request: PageRequest, has_across: bool = False
) -> MessagePage:
    """Cut the extra row off and say what lies on either side."""
    has_more = len(rows) > request.limit
    kept = rows[: request.limit] if request.is_forward else rows[-request.limit :]
    return MessagePage(
        messages=await message_views(connection, reader.links, kept, for_team=reader.is_team),
        has_older=has_across if request.is_forward else has_more,
        has_newer=has_more if request.is_forward else has_across,
    )


async def message_views(connection: AsyncConnection, links: Links, rows: Sequence[Any], *, for_team: bool) -> list[MessageView]:
    files = await attachments_of(connection, links, [row for row in rows if row.has_attachments and row.deleted_at is None])
    texted = [row.id for row in rows if row.channel == "sms" and row.author_kind != "contact"] if for_team else []
    deliveries = await delivery_views(connection, rows[0].practice_id, texted) if texted else {}
    return [message_view(row, files.get(row.id, []), deliveries.get(row.id)) for row in rows]


def for_family_eyes(message: MessageView) -> MessageView:
    """Without what only the team sees of a message."""
    return message if message.delivery is None else msgspec.structs.replace(message, delivery=None)


def message_view(row: Any, attachments: list[AttachmentView], delivery: DeliveryView | None = None) -> MessageView:
    is_deleted = row.deleted_at is not None
    return MessageView(
        id=row.id,
        client_id=row.client_id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        revision=row.revision,
        kind=row.kind,
        channel=row.channel,
        author_id=row.author_id,
        author_name=row.author_name,
        author_kind=row.author_kind,
        body="" if is_deleted else row.body,
        pet_ids=row.pet_ids or [],
        attachments=attachments,
        created_at=row.created_at,
        deleted_at=row.deleted_at,
        is_removed=row.is_removed,
        occurred_at=row.occurred_at,
        prompt=row.prompt,
        delivery=delivery,
        files_waiting=row.files_waiting,
        mentions=mentions_of(row),
        is_from_shared_number=row.is_from_shared_number,
        payment=payment_of(row),
        erased_at=row.erased_at,
        erased_by_name=row.erased_by_name,
        other_clinic_id=row.other_clinic_id,
    )


async def attachments_of(connection: AsyncConnection, links: Links, rows: Sequence[Any]) -> dict[UUID, list[AttachmentView]]:
    found: dict[UUID, list[AttachmentView]] = {}
    if not rows:
        return found
    statement = (
        select(Attachment.__table__)
        .where(Attachment.practice_id == rows[0].practice_id, Attachment.message_id.in_([row.id for row in rows]))
        .order_by(Attachment.position)
    )
    for row in await connection.execute(statement):
        found.setdefault(row.message_id, []).append(attachment_view(row, links))
    return found


def attachment_view(row: Any, links: Links) -> AttachmentView:
    return AttachmentView(
        id=row.id,
        media_type=row.media_type,
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        url=links.url(row.id, "file"),
        thumbnail_url=links.url(row.id, "thumbnail") if row.thumbnail_width else None,
        width=row.width,
        height=row.height,
        duration_ms=row.duration_ms,
    )


_CONVERSATIONS = text(f"""
SELECT c.id, c.title, c.channel, c.revision, c.opened_at, o.name AS opened_by_name, o.kind AS opened_by_kind, c.ended_at,
    e.name AS ended_by_name, c.contact_number, {ASSIGNMENT} AS assignment, {TRIAGE} AS triage
FROM conversation c
JOIN person o ON o.practice_id = c.practice_id AND o.id = c.opened_by_id
LEFT JOIN person e ON e.practice_id = c.practice_id AND e.id = c.ended_by_id
WHERE c.practice_id = :practice_id AND c.thread_id = :thread_id AND c.revision > :after
ORDER BY c.opened_at, c.id
""")  # noqa: S608 - made of constants
_READ_MARKS = text("""
SELECT r.person_id, p.name AS person_name, p.kind AS person_kind, r.up_to_seq, r.revision, r.read_at, r.marked_unread_seq
FROM read_mark r
JOIN person p ON p.practice_id = r.practice_id AND p.id = r.person_id
WHERE r.practice_id = :practice_id AND r.thread_id = :thread_id AND r.revision > :after
ORDER BY r.person_id
""")
_UNREAD = """
SELECT m.seq, ARRAY(
    SELECT g.pet_id FROM message_pet g
    WHERE g.practice_id = m.practice_id AND g.message_id = m.id ORDER BY g.pet_id) AS pet_ids
FROM message m
CROSS JOIN (SELECT coalesce(max(r.up_to_seq), 0) AS read_seq, max(r.marked_unread_seq) AS marked_seq FROM read_mark r
    WHERE r.practice_id = :practice_id AND r.thread_id = :thread_id AND r.person_id = :person_id) r
WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.kind = 'text' AND m.author_id <> :person_id
    AND m.seq >= least(r.read_seq + 1, r.marked_seq) AND (m.seq > r.read_seq OR m.seq = r.marked_seq) {heard}
ORDER BY m.seq DESC
LIMIT :most
"""


async def conversations_since(connection: AsyncConnection, thread: Any, after: int, *, for_team: bool) -> list[ConversationView]:
    rows = await connection.execute(_CONVERSATIONS, {"practice_id": thread.practice_id, "thread_id": thread.id, "after": after})
    views = [msgspec.convert(row, ConversationView, from_attributes=True) for row in rows]
    return views if for_team else [unassigned(view) for view in views]


def unassigned(conversation: ConversationView) -> ConversationView:
    """Without who of the team answers, and what the team set down."""
    if conversation.assignment is None and conversation.triage is None:
        return conversation
    return msgspec.structs.replace(conversation, assignment=None, triage=None)


async def read_marks_since(connection: AsyncConnection, thread: Any, after: int, *, for_team: bool) -> list[ReadMarkView]:
    rows = await connection.execute(_READ_MARKS, {"practice_id": thread.practice_id, "thread_id": thread.id, "after": after})
    views = [msgspec.convert(row, ReadMarkView, from_attributes=True) for row in rows]
    return views if for_team else [as_receipt(view) for view in views]


def as_receipt(mark: ReadMarkView) -> ReadMarkView:
    """What has been read stays read for the other side."""
    return mark if mark.marked_unread_seq is None else msgspec.structs.replace(mark, marked_unread_seq=None)


async def unread_of(connection: AsyncConnection, actor: Actor, thread: Any) -> list[UnreadMessage]:
    """The newest unread messages of this person, newest first, at most MOST_UNREAD."""
    heard, more = sql_heard(actor)
    values = {"practice_id": thread.practice_id, "thread_id": thread.id, "person_id": actor.person_id, "most": MOST_UNREAD}
    rows = await connection.execute(text(_UNREAD.replace("{heard}", heard)), {**values, **more})
    return [UnreadMessage(seq=row.seq, pet_ids=row.pet_ids) for row in rows]


async def stored_message(connection: AsyncConnection, actor: Actor, client_id: UUID) -> Any | None:
    """The actor's own message under this client-made id."""
    statement = select(*MESSAGE_COLUMNS, Message.request_hash).where(
        Message.practice_id == actor.practice_id, Message.author_id == actor.person_id, Message.client_id == client_id
    )
    return (await connection.execute(statement)).one_or_none()


async def one_message(connection: AsyncConnection, actor: Actor, thread_id: UUID, *, message_id: UUID) -> Any:
    """One visible entry, or NotFound."""
    row = (await connection.execute(messages_of(actor, thread_id).where(Message.id == message_id))).one_or_none()
    if row is None:
        raise NotFound
    return row
