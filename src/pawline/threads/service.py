"""Posting, deleting and tagging messages: each verb does the whole act, the screens of the others included."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from pawline.consent.app_terms import accepted_at
from pawline.deliveries.service import cancel_text_of
from pawline.families.chat import ChatObstacleView, chat_not_available, family_obstacles
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import ConsentNeeded, Forbidden, Invalid, Problem, Unavailable
from pawline.threads.answered_meanwhile import require_unanswered
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.handed_over import require_may_start
from pawline.threads.mentions import require_callable
from pawline.threads.models import Attachment, Message, MessagePet, Thread
from pawline.threads.own_messages import own_message, require_pets_of, why_not_about
from pawline.threads.paying import require_payable
from pawline.threads.payment_rows import withdraw_request
from pawline.threads.posting import Post, Stored
from pawline.threads.queries import message_views, one_message, visible_to
from pawline.threads.sealing import seal_message
from pawline.threads.turned_away import why_turned_away
from pawline.threads.views import MessageView


async def post_message(desk: Desk, author: Actor, draft: MessageDraft, *, thread_id: UUID) -> tuple[MessageView, bool]:
    """Add a message to a thread and send it to everybody's screen; the flag says whether it is new.

    Safe to repeat: one ``draft.client_id`` per author makes one message.

    Raises:
        NotFound: no such thread, or the author may not see it (the two look alike on purpose).
        Forbidden: no pet of the family is connected to the clinic.
        NotConnected: a contact names a pet that is not connected to the clinic.
        TurnedAway: the practice has blocked the author.
        ChatDisabled: the practice has disabled app chat for the author.
        NotChosen: the clinic's chat is for chosen contacts, and the author is none of them.
        Conflict: payments are not set up, or not in the clinic's country.
        ConsentNeeded: the author is a contact who has not agreed to the terms of app chat.
        AnsweredMeanwhile: a colleague has answered what ``draft.seen_up_to`` says the author did not see.
        ClientIdReused: the same ``client_id`` came with other content before.
    """
    draft.require_something_to_send()
    if draft.mention_ids:
        await require_callable(desk, author, draft, thread_id=thread_id)
    if draft.payment is not None:
        await require_payable(desk, author, draft.payment, thread_id=thread_id)
    if draft.text_conversation_id is not None:
        return await desk.texts.post(desk, author, draft, thread_id=thread_id)
    with _doubt_when_unavailable(desk):
        post, stored = await desk.lanes.store(author, thread_id, draft)
    if stored is None:
        return await _stored_before(desk, post), False
    return await _sent(desk, post, stored), True


async def post_text_as(desk: Desk, presumed: Actor, draft: MessageDraft, *, thread_id: UUID) -> MessageView | None:
    """The same for a plain text of somebody who was signed in a moment ago: storing it finds out whether they still are.

    None: nothing was stored, for whatever reason. Find out who asks; ``post_message`` tells more.
    """
    draft.require_something_to_send()
    if not draft.is_plain_text:
        return None
    with _doubt_when_unavailable(desk):
        post, stored = await desk.lanes.store_text(presumed, thread_id, draft)
    return await _sent(desk, post, stored) if stored else None


async def delete_message(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID) -> MessageView:
    """Leave a tombstone in place of one's own message, and seal what it said; repeating it changes nothing.

    A text that still waits is withdrawn, and so is what it asks to be paid. Raises Conflict where that was paid.
    """
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        row = await one_message(uow.connection, actor, thread_id, message_id=message_id)
        if row.author_id != actor.person_id or row.is_from_shared_number:
            raise Forbidden("Only the person who wrote a message can delete it.")
        if row.deleted_at is None:
            await _change_message(uow, thread, message_id, deleted_at=clock.now())
            await cancel_text_of(uow, thread.practice_id, message_id)
            await withdraw_request(uow, thread.practice_id, message_id)
            await seal_message(uow, thread.practice_id, message_id)
            row = await one_message(uow.connection, actor, thread_id, message_id=message_id)
        return (await message_views(uow.connection, desk.links, [row], for_team=actor.is_staff))[0]


async def read_message(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID) -> MessageView:
    async with desk.database.single_statements() as connection:
        await visible_to(connection, actor, thread_id)
        row = await one_message(connection, actor, thread_id, message_id=message_id)
        return (await message_views(connection, desk.links, [row], for_team=actor.is_staff))[0]


async def tag_message(desk: Desk, actor: Actor, thread_id: UUID, *, message_id: UUID, pet_ids: list[UUID]) -> MessageView:
    """Say which pets of the family a message is about, replacing what was said before."""
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
        await one_message(uow.connection, actor, thread_id, message_id=message_id)
        await require_pets_of(uow, thread, pet_ids)
        key = {"practice_id": thread.practice_id, "message_id": message_id}
        await uow.execute(
            delete(MessagePet).where(MessagePet.practice_id == thread.practice_id, MessagePet.message_id == message_id)
        )
        if pet_ids:
            await uow.execute(insert(MessagePet), [{**key, "pet_id": pet_id} for pet_id in dict.fromkeys(pet_ids)])
        await _change_message(uow, thread, message_id)
        row = await one_message(uow.connection, actor, thread_id, message_id=message_id)
        return (await message_views(uow.connection, desk.links, [row], for_team=actor.is_staff))[0]


async def next_revision(uow: UnitOfWork, thread: Any) -> int:
    """Count one more change in a thread whose row this transaction holds; everybody hears of it after the commit."""
    statement = (
        update(Thread)
        .where(Thread.practice_id == thread.practice_id, Thread.id == thread.id)
        .values(revision=Thread.revision + 1)
        .returning(Thread.revision)
    )
    revision = (await uow.execute(statement)).scalar_one()
    uow.emit(Hint.thread(thread.practice_id, thread.id, after=revision - 1))
    return revision


async def _change_message(uow: UnitOfWork, thread: Any, message_id: UUID, **values: Any) -> None:
    revision = await next_revision(uow, thread)
    statement = update(Message).where(Message.practice_id == thread.practice_id, Message.id == message_id)
    await uow.execute(statement.values(revision=revision, **values))


@contextmanager
def _doubt_when_unavailable(desk: Desk) -> Generator[None]:
    try:
        yield
    except Unavailable:
        desk.hub.doubt()
        raise


async def _sent(desk: Desk, post: Post, stored: Stored) -> MessageView:
    message = await _view(desk, post, stored)
    desk.frames.send_posted(post, stored, message)
    return message


async def _view(desk: Desk, post: Post, stored: Stored) -> MessageView:
    if not (post.draft.attachment_ids or post.draft.mention_ids or post.draft.payment):
        return _fresh_view(post, stored)
    async with desk.database.single_statements() as connection:
        row = await one_message(connection, post.author, post.thread_id, message_id=post.message_id)
        return (await message_views(connection, desk.links, [row], for_team=post.author.is_staff))[0]


def _fresh_view(post: Post, stored: Stored) -> MessageView:
    return MessageView(
        id=post.message_id,
        client_id=post.draft.client_id,
        conversation_id=stored.conversation_id,
        seq=stored.seq,
        revision=stored.revision,
        kind=post.draft.kind,
        channel="app",
        author_id=post.author.person_id,
        author_name=post.author.name,
        author_kind=post.author.kind,
        body=post.draft.body,
        pet_ids=sorted(post.draft.pet_ids),
        attachments=[],
        created_at=stored.created_at,
        deleted_at=None,
    )


async def _stored_before(desk: Desk, post: Post) -> MessageView:
    """The message that this post repeats; otherwise raises what kept the post from being stored."""
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, post.author, post.thread_id)
        known = await own_message(uow, desk.links, post.author, client_id=post.draft.client_id)
        if known is None:
            raise await _refusal(uow, thread, post)
        known.require_same(post.draft, thread_id=post.thread_id)
        # Whoever stored it may have died before telling anybody here; hearing of it twice does no harm.
        uow.emit(Hint.thread(thread.practice_id, thread.id, after=known.view.revision - 1))
        return known.view


async def _refusal(uow: UnitOfWork, thread: Any, post: Post) -> Problem:
    await require_unanswered(uow, post.author, post.draft, thread_id=post.thread_id)
    await require_pets_of(uow, thread, post.draft.pet_ids)
    if post.draft.attachment_ids and await _free_attachments(uow, post) < len(post.draft.attachment_ids):
        return Invalid.field("attachment_ids", "names a file that is not there or was sent already; upload it again")
    require_may_start(post.author, thread)  # no conversation is open, so this post would have started one
    if (refusal := await why_turned_away(uow, post.author, thread)) is not None:
        return refusal
    if not post.author.is_staff and await accepted_at(uow, post.author.practice_id, post.author.person_id) is None:
        return ConsentNeeded("Before your first message, please read how messaging works and agree to it.")
    if post.author.is_staff and post.draft.kind == "text":
        obstacles, is_barred = await _obstacles(uow, thread)
        if is_barred:
            return chat_not_available(obstacles)
    if post.author.is_staff and post.draft.asks_before:
        return Unavailable("Others are writing here at this moment. Please try again.")
    return await why_not_about(uow, thread, post.draft.pet_ids)


async def _obstacles(uow: UnitOfWork, thread: Any) -> tuple[list[ChatObstacleView], bool]:
    return await family_obstacles(uow, thread.practice_id, thread.family_id, clinic_id=thread.clinic_id)


async def _free_attachments(uow: UnitOfWork, post: Post) -> int:
    statement = select(func.count()).where(
        Attachment.practice_id == post.author.practice_id,
        Attachment.thread_id == post.thread_id,
        Attachment.uploader_id == post.author.person_id,
        Attachment.id.in_(post.draft.attachment_ids),
        Attachment.message_id.is_(None),
    )
    return (await uow.execute(statement)).scalar_one()
