"""Opening threads: the one thread of a family with a clinic, and the snapshot a screen starts from."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.consent.app_terms import accepted_at
from pawline.families.chat import ChatObstacleView, family_obstacles
from pawline.families.connections import connections_at, for_family
from pawline.families.service import family_view, is_connected
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.ids import new_id
from pawline.platform.text import clean_line
from pawline.practices.service import clinic_views
from pawline.threads.access import may_see_thread, seen_through
from pawline.threads.conversations import LONGEST_TITLE, open_conversation
from pawline.threads.desk import Desk
from pawline.threads.handed_over import require_may_start
from pawline.threads.models import Thread
from pawline.threads.page_rows import read_page
from pawline.threads.paying import payment_currency
from pawline.threads.queries import (
    PageRequest,
    Reader,
    conversations_since,
    page_of,
    read_marks_since,
    unread_of,
    visible_to,
)
from pawline.threads.views import ThreadView

FIRST_MESSAGES = 50


async def open_thread(desk: Desk, actor: Actor, *, family_id: UUID, clinic_id: UUID, title: str | None = None) -> ThreadView:
    """Open the one thread of a family with a clinic; with a title, start a conversation in it.

    What was written stays to be read once the family has ended its connection; it takes one to begin anything.

    Raises:
        NotFound: no such family or clinic, or not for this actor; or a beginning, and none of the family's pets is connected.
        ConversationOpen: a title was given while a conversation is open.
        HandedOver: a title was given by somebody to whom the thread was only handed.
    """
    if not may_see_thread(actor, clinic_id=clinic_id, family_id=family_id):
        raise NotFound
    async with desk.database.transaction() as uow:
        begins = bool(title) or await _thread_of(uow, actor.practice_id, family_id=family_id, clinic_id=clinic_id) is None
        if begins and not await is_connected(uow, actor.practice_id, family_id=family_id, clinic_id=clinic_id):
            raise NotFound
        thread_id = await ensure_thread(uow, actor.practice_id, family_id=family_id, clinic_id=clinic_id)
        if title:
            thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
            require_may_start(actor, thread)
            await open_conversation(uow, actor, thread, title=clean_line("title", title, longest=LONGEST_TITLE))
        return await _snapshot(uow, desk, actor, thread_id=thread_id)


async def thread_view(desk: Desk, actor: Actor, thread_id: UUID) -> ThreadView:
    async with desk.database.transaction() as uow:
        return await _snapshot(uow, desk, actor, thread_id=thread_id)


async def ensure_thread(uow: UnitOfWork, practice_id: UUID, *, family_id: UUID, clinic_id: UUID) -> UUID:
    """The id of the family's thread with the clinic, made now if this is the first time anybody asks."""
    thread_id, now = new_id(), clock.now()
    key = {"practice_id": practice_id, "family_id": family_id, "clinic_id": clinic_id}
    statement = insert(Thread).values(id=thread_id, **key, last_message_at=now, created_at=now)
    made = await uow.execute(statement.on_conflict_do_nothing(constraint="one_thread_per_family_and_clinic").returning(Thread.id))
    if made.one_or_none() is not None:
        uow.emit(Hint.thread(practice_id, thread_id, after=0))
        return thread_id
    found = await _thread_of(uow, practice_id, family_id=family_id, clinic_id=clinic_id)
    if found is None:
        raise NotFound  # it has just become part of another family's
    return found


async def _thread_of(uow: UnitOfWork, practice_id: UUID, *, family_id: UUID, clinic_id: UUID) -> UUID | None:
    found = select(Thread.id).where(
        Thread.practice_id == practice_id, Thread.family_id == family_id, Thread.clinic_id == clinic_id
    )
    return (await uow.execute(found)).scalar_one_or_none()


async def _snapshot(uow: UnitOfWork, desk: Desk, actor: Actor, *, thread_id: UUID) -> ThreadView:
    # The thread's row comes first: whatever is added meanwhile may show up below and will come again as a change.
    connection = uow.connection
    thread = await visible_to(connection, actor, thread_id)
    latest = PageRequest(FIRST_MESSAGES)
    rows = await read_page(connection, actor, thread_id, request=latest)
    page = await page_of(connection, Reader(desk.links, actor.is_staff), rows, request=latest)
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    await desk.openings.record_in(uow, actor, thread_id)
    obstacles, is_barred = await _obstacles(uow, actor, thread)
    connections = await connections_at(uow, actor.practice_id, thread.family_id, clinic_id=thread.clinic_id)
    return ThreadView(
        thread_id=thread.id,
        revision=thread.revision,
        last_seq=thread.last_seq,
        last_message_at=thread.last_message_at,
        clinic=clinic,
        family=await family_view(uow, actor.practice_id, thread.family_id, with_addresses=actor.is_staff),
        conversations=await conversations_since(connection, thread, 0, for_team=actor.is_staff),
        messages=page.messages,
        has_older=page.has_older,
        read_marks=await read_marks_since(connection, thread, 0, for_team=actor.is_staff),
        unread=await unread_of(connection, actor, thread),
        can_post=actor.is_staff or any(connection.state == "accepted" for connection in connections),
        seen_through=seen_through(actor, clinic_id=thread.clinic_id, family_id=thread.family_id),
        chat_obstacles=obstacles,
        is_chat_barred=is_barred,
        payment_currency=await payment_currency(uow, desk, actor, thread=thread),
        connections=connections if actor.is_staff else for_family(connections),
        must_agree=not actor.is_staff and await accepted_at(uow, actor.practice_id, actor.person_id) is None,
    )


async def _obstacles(uow: UnitOfWork, actor: Actor, thread: Any) -> tuple[list[ChatObstacleView], bool]:
    if not actor.is_staff:
        return [], False
    return await family_obstacles(uow, thread.practice_id, thread.family_id, clinic_id=thread.clinic_id)
