"""The pictures of a pet, newest first, each with its day in the course of what it was sent about."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, Subquery, and_, func, not_, or_, select, text, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor
from pawline.platform.cursors import read_cursor, write_cursor
from pawline.platform.db import UnitOfWork
from pawline.practices.service import clinic_views
from pawline.threads.access import visible_messages, visible_threads
from pawline.threads.desk import Desk
from pawline.threads.known_pets import require_known_pet
from pawline.threads.models import Attachment, Conversation, Message, MessagePet, Thread
from pawline.threads.queries import attachment_view
from pawline.threads.views import AttachmentView


class PetPicture(msgspec.Struct, frozen=True):
    """``day``: 1 for the day of the pet's first picture in this conversation, 2 for the next, by the clinic's calendar."""

    attachment: AttachmentView
    thread_id: UUID
    message_id: UUID
    conversation_id: UUID
    title: str
    author_name: str
    sent_at: datetime
    timezone: str
    day: int


class PetPictures(msgspec.Struct, frozen=True):
    pictures: list[PetPicture]
    next_cursor: str | None


async def pet_pictures(desk: Desk, actor: Actor, pet_id: UUID, *, cursor: str | None, limit: int) -> PetPictures:
    """The photos of messages about the pet that the actor may see.

    Raises:
        NotFound: no such pet, or it is of no family of the actor's.
        Invalid: ``cursor`` is none that this list gave.
    """
    async with desk.database.transaction() as uow:
        await require_known_pet(uow, actor, pet_id)
        rows = await _read(uow.connection, actor, pet_id, cursor=cursor, most=limit + 1)
        zones = await _zones(uow, actor)
    shown = rows[:limit]
    return PetPictures(
        pictures=[_picture(row, desk, zone=zones[row.clinic_id]) for row in shown],
        next_cursor=write_cursor(shown[-1].sent_at, shown[-1].id) if len(rows) > limit else None,
    )


async def _read(connection: AsyncConnection, actor: Actor, pet_id: UUID, *, cursor: str | None, most: int) -> list[Any]:
    found = _found(actor, pet_id)
    before = tuple_(found.c.sent_at, found.c.id) < tuple_(*read_cursor(cursor)) if cursor else true()
    statement = select(found).where(before).order_by(found.c.sent_at.desc(), found.c.id.desc()).limit(most)
    return list(await connection.execute(statement))


def _found(actor: Actor, pet_id: UUID) -> Subquery:
    """All of them: where a conversation's first picture is shows in the whole list alone."""
    first_at = func.min(Message.created_at).over(partition_by=Message.conversation_id)
    message = (Message.practice_id == Attachment.practice_id) & (Message.id == Attachment.message_id)
    conversation = (Conversation.practice_id == Message.practice_id) & (Conversation.id == Message.conversation_id)
    return (
        select(
            *(column for column in Attachment.__table__.columns if column.name != "created_at"),
            Message.conversation_id,
            Message.author_name,
            Message.created_at.label("sent_at"),
            Conversation.title,
            Thread.clinic_id,
            first_at.label("first_at"),
        )
        .join(Message, message)
        .join(Thread, (Thread.practice_id == Message.practice_id) & (Thread.id == Message.thread_id))
        .join(Conversation, conversation)
        .where(_is_about(pet_id), visible_threads(actor), visible_messages(actor))
        .where(Message.deleted_at.is_(None), Attachment.media_type.startswith("image/"))
        .subquery()
    )


def _is_about(pet_id: UUID) -> ColumnElement[bool]:
    """Texted pictures are about no pet in particular: then they are about the only pet that the family has."""
    tags = select(MessagePet.pet_id).where(MessagePet.practice_id == Message.practice_id, MessagePet.message_id == Message.id)
    untagged = and_(not_(tags.exists()), _IS_ONLY_PET.bindparams(pet_id=pet_id))
    return and_(_IS_OF_FAMILY.bindparams(pet_id=pet_id), or_(tags.where(MessagePet.pet_id == pet_id).exists(), untagged))


_IS_OF_FAMILY = text("""
thread.family_id = (SELECT p.family_id FROM pet p WHERE p.practice_id = thread.practice_id AND p.id = :pet_id)
""")
_IS_ONLY_PET = text("""
NOT EXISTS (SELECT FROM pet o WHERE o.practice_id = thread.practice_id AND o.family_id = thread.family_id AND o.id <> :pet_id)
""")


async def _zones(uow: UnitOfWork, actor: Actor) -> dict[UUID, str]:
    return {clinic.id: clinic.timezone for clinic in await clinic_views(uow, actor.practice_id)}


def _picture(row: Any, desk: Desk, *, zone: str) -> PetPicture:
    sent_on, first_on = (moment.astimezone(ZoneInfo(zone)).date() for moment in (row.sent_at, row.first_at))
    return PetPicture(
        attachment=attachment_view(row, desk.links),
        thread_id=row.thread_id,
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        title=row.title,
        author_name=row.author_name,
        sent_at=row.sent_at,
        timezone=zone,
        day=(sent_on - first_on).days + 1,
    )
