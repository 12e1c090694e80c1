"""Conversations: titled stretches of a thread.

Open may be at most one in the app for each thread, and at most one by text for each pair of a clinic's and a client's number.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.ids import new_id
from pawline.platform.text import clean_line
from pawline.threads.ages import ago
from pawline.threads.assigning import HandedOn, HeldConversation, conversation_view, hold_conversation, release, require_as_seen
from pawline.threads.desk import Desk
from pawline.threads.entries import lock_thread
from pawline.threads.handed_over import require_may_start
from pawline.threads.models import Conversation, Thread
from pawline.threads.queries import visible_to
from pawline.threads.service import next_revision
from pawline.threads.triage_columns import AT_REST
from pawline.threads.undone_end import answer_as_before, is_just_ended_by
from pawline.threads.views import ConversationView

LONGEST_TITLE = 120


class ConversationOpen(Conflict):
    code = "conversation_open"


async def start_conversation(desk: Desk, actor: Actor, thread_id: UUID, *, title: str) -> ConversationView:
    """Open a conversation with a title of one's own; refused while another one is open.

    Safe to repeat: a conversation that this person has just opened under this title is the one they get.
    """
    title = clean_line("title", title, longest=LONGEST_TITLE)
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        require_may_start(actor, thread)
        conversation_id = await open_conversation(uow, actor, thread, title=title)
        return await conversation_view(uow, thread, conversation_id)


async def open_conversation(uow: UnitOfWork, actor: Actor, thread: Any, *, title: str) -> UUID:
    """Inside a transaction that holds the thread's row."""
    if thread.open_conversation_id is not None:
        if await _is_repeat(uow, actor, thread, title=title):
            return thread.open_conversation_id
        raise ConversationOpen("A conversation is already open here. Rename it, or end it first.")
    return await _add(uow, thread, title=title, opened_by_id=actor.person_id)


async def conversation_for_warning(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, title: str) -> UUID:
    """Where the team cannot miss what the system tells them: the conversation that is open in the app, else a new one.

    It locks the thread's row, as adding the line will.
    """
    thread = await lock_thread(uow, practice_id, thread_id)
    if thread.open_conversation_id is not None:
        return thread.open_conversation_id
    return await _add(uow, thread, title=title, opened_by_id=practice_id)


async def _add(uow: UnitOfWork, thread: Any, *, title: str, opened_by_id: UUID) -> UUID:
    conversation_id = new_id()
    values = {"title": title, "channel": "app", "opened_at": clock.now(), "opened_by_id": opened_by_id}
    await uow.execute(
        insert(Conversation).values(
            practice_id=thread.practice_id,
            id=conversation_id,
            thread_id=thread.id,
            revision=await next_revision(uow, thread),
            **values,
        )
    )
    await _set_open(uow, thread, conversation_id)
    return conversation_id


async def conversation_for_line(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, title: str) -> Any:
    """``id`` and ``channel`` of where a line of the system stands: the open conversation, else the latest, else a new one.

    It locks the thread's row, as adding the line will.
    """
    thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
    latest = (
        select(Conversation.id, Conversation.channel)
        .where(Conversation.practice_id == thread.practice_id, Conversation.thread_id == thread.id)
        .order_by((Conversation.id == thread.open_conversation_id).desc(), Conversation.opened_at.desc(), Conversation.id.desc())
        .limit(1)
    )
    if (found := (await uow.execute(latest)).one_or_none()) is not None:
        return found
    await open_conversation(uow, actor, thread, title=title)
    return (await uow.execute(latest)).one()


async def _is_repeat(uow: UnitOfWork, actor: Actor, thread: Any, *, title: str) -> bool:
    statement = select(Conversation.id).where(
        Conversation.practice_id == thread.practice_id,
        Conversation.id == thread.open_conversation_id,
        Conversation.opened_by_id == actor.person_id,
        Conversation.title == title,
    )
    return (await uow.execute(statement)).one_or_none() is not None


async def rename_conversation(
    desk: Desk, actor: Actor, thread_id: UUID, *, conversation_id: UUID, title: str
) -> ConversationView:
    title = clean_line("title", title, longest=LONGEST_TITLE)
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        await _require(uow, thread, conversation_id)
        await _update(uow, thread, conversation_id, title=title)
        return await conversation_view(uow, thread, conversation_id)


async def end_conversation(
    desk: Desk, actor: Actor, thread_id: UUID, *, conversation_id: UUID, seen_revision: int | None = None
) -> ConversationView:
    """End it; the next text opens a new one. Safe to repeat: what one has ended oneself is ended.

    Raises:
        HandedOn: ``seen_revision`` was given, and a colleague has ended it, taken it or handed it on since then.
    """
    async with desk.database.transaction() as uow:
        held = await hold_conversation(uow, actor, thread_id, conversation_id=conversation_id)
        if held.view.ended_at is None:
            if seen_revision is not None:
                require_as_seen(held, actor, seen_revision=seen_revision)
            await _end(uow, desk, actor, held=held)
        elif seen_revision is not None:
            await _require_own_end(uow, actor, held)
        return await conversation_view(uow, held.thread, conversation_id)


async def _require_own_end(uow: UnitOfWork, actor: Actor, held: HeldConversation) -> None:
    ended = await _require(uow, held.thread, held.view.id)
    if ended.ended_by_id != actor.person_id:
        raise HandedOn(f"{held.view.ended_by_name} ended this {ago(ended.ended_at)}.")


async def _end(uow: UnitOfWork, desk: Desk, actor: Actor, *, held: HeldConversation) -> None:
    ended_at = clock.now()
    await _update(uow, held.thread, held.view.id, ended_at=ended_at, ended_by_id=actor.person_id)
    await release(uow, held, at=ended_at)
    if held.view.channel == "app":
        await _set_open(uow, held.thread, None)
    else:
        await desk.texts.conversation_ended(uow, actor.practice_id, held.view.id)


async def restart_conversation(
    desk: Desk, actor: Actor, thread_id: UUID, *, conversation_id: UUID, undoes_end: bool = False
) -> ConversationView:
    """Open an ended conversation again; refused while another one is open.

    With ``undoes_end``, what the actor has just ended stands as before: urgent, asleep, with whoever answered it and with the
    questions that were open in it.
    """
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        conversation = await _require(uow, thread, conversation_id)
        if conversation.ended_at is not None:
            is_as_before = undoes_end and is_just_ended_by(actor, conversation)
            anew = {} if is_as_before else {**AT_REST, **_left_to_all(actor, conversation)}
            await _restart(uow, thread, conversation, **anew)
            if is_as_before:
                await answer_as_before(uow, thread, conversation)
                if conversation.channel != "app":
                    await desk.texts.end_taken_back(uow, conversation)
        return await conversation_view(uow, thread, conversation_id)


def _left_to_all(actor: Actor, conversation: Any) -> dict[str, Any]:
    """Nobody answers what starts again. That is the last change then: whoever answered before its end does not stand any more."""
    return {} if conversation.assigned_at is None else {"assigned_by_id": actor.person_id, "assigned_at": clock.now()}


async def _restart(uow: UnitOfWork, thread: Any, conversation: Any, **values: Any) -> None:
    is_app = conversation.channel == "app"
    try:
        if is_app and thread.open_conversation_id is not None:
            raise _another_is_open()
        await _update(uow, thread, conversation.id, ended_at=None, ended_by_id=None, **values)
    except IntegrityError as error:  # the index knows of a text conversation that is open in whichever thread
        raise _another_is_open() from error
    if is_app:
        await _set_open(uow, thread, conversation.id)


def _another_is_open() -> ConversationOpen:
    return ConversationOpen("Another conversation is open here. End it first, then restart this one.")


async def _require(uow: UnitOfWork, thread: Any, conversation_id: UUID) -> Any:
    statement = select(Conversation.__table__).where(
        Conversation.practice_id == thread.practice_id, Conversation.thread_id == thread.id, Conversation.id == conversation_id
    )
    row = (await uow.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def _update(uow: UnitOfWork, thread: Any, conversation_id: UUID, **values: Any) -> None:
    statement = update(Conversation).where(Conversation.practice_id == thread.practice_id, Conversation.id == conversation_id)
    await uow.execute(statement.values(revision=await next_revision(uow, thread), **values))


async def _set_open(uow: UnitOfWork, thread: Any, conversation_id: UUID | None) -> None:
    statement = update(Thread).where(Thread.practice_id == thread.practice_id, Thread.id == thread.id)
    await uow.execute(statement.values(open_conversation_id=conversation_id))
