"""Text conversations: stretches of a thread between one number of the clinic and one of a client."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, true

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.ids import new_id
from pawline.threads.access import visible_threads
from pawline.threads.models import Conversation, Thread
from pawline.threads.service import next_revision


@dataclass(frozen=True, slots=True)
class TextConversationDraft:
    """``contact_number`` is E.164."""

    title: str
    number_id: UUID
    contact_number: str
    opened_by_id: UUID


async def open_text_conversation_of(uow: UnitOfWork, practice_id: UUID, *, number_id: UUID, contact_number: str) -> Any | None:
    """The one conversation that is open between the two numbers."""
    statement = select(Conversation.__table__).where(
        Conversation.practice_id == practice_id,
        Conversation.number_id == number_id,
        Conversation.contact_number == contact_number,
        Conversation.channel == "sms",
        Conversation.ended_at.is_(None),
    )
    return (await uow.execute(statement)).one_or_none()


async def latest_text_conversation_of(
    uow: UnitOfWork, practice_id: UUID, *, contact_number: str, number_id: UUID | None = None
) -> Any | None:
    """The one that is open, or else the one that was opened last; with any number of ours unless one is named."""
    statement = (
        select(Conversation.__table__)
        .where(
            Conversation.practice_id == practice_id,
            Conversation.contact_number == contact_number,
            Conversation.number_id == number_id if number_id else true(),
        )
        .order_by(Conversation.ended_at.is_(None).desc(), Conversation.opened_at.desc(), Conversation.id.desc())
        .limit(1)
    )
    return (await uow.execute(statement)).one_or_none()


async def add_text_conversation(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, draft: TextConversationDraft) -> UUID:
    """Open one. The index refuses a second open one between the same two numbers."""
    conversation_id = new_id()
    thread = (await uow.execute(select(Thread.__table__).where(Thread.practice_id == practice_id, Thread.id == thread_id))).one()
    await uow.execute(
        insert(Conversation).values(
            practice_id=practice_id,
            id=conversation_id,
            thread_id=thread_id,
            title=draft.title,
            channel="sms",
            number_id=draft.number_id,
            contact_number=draft.contact_number,
            revision=await next_revision(uow, thread),
            opened_at=clock.now(),
            opened_by_id=draft.opened_by_id,
        )
    )
    return conversation_id


async def visible_text_conversation(uow: UnitOfWork, actor: Actor, conversation_id: UUID | None) -> Any:
    """A text conversation in a thread that the actor may see, with the thread's ``clinic_id`` and ``family_id``."""
    statement = (
        select(Conversation.__table__, Thread.clinic_id, Thread.family_id)
        .join(Thread, (Thread.practice_id == Conversation.practice_id) & (Thread.id == Conversation.thread_id))
        .where(Conversation.id == conversation_id, Conversation.channel == "sms", visible_threads(actor))
    )
    row = (await uow.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row
