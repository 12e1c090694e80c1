"""Setting things down with a conversation, so that the team finds it in time: that it is urgent, and the practice's labels."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from pawline.inbox.handing_off import Place
from pawline.inbox.models import ConversationLabel, Label
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.threads.assigning import HeldConversation, conversation_view, hold_conversation, rouse, set_down
from pawline.threads.desk import Desk
from pawline.threads.views import ConversationView

Change = Callable[[UnitOfWork, HeldConversation], Awaitable[None]]


class Ended(Conflict):
    code = "conversation_ended"


async def set_urgent(desk: Desk, actor: Actor, place: Place, *, is_urgent: bool) -> ConversationView:
    """Urgent ones stand above all others in the queue, also those that slept. Safe to repeat.

    Raises:
        Ended: nobody waits in it any more.
    """

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        was_urgent = held.view.triage is not None and held.view.triage.urgent_at is not None
        if was_urgent == is_urgent:
            return
        if is_urgent:
            require_open(held)
            await rouse(uow, held)
        at, by_id = (clock.now(), actor.person_id) if is_urgent else (None, None)
        await set_down(uow, held, urgent_at=at, urgent_by_id=by_id)

    return await changed(desk, actor, place, change=change)


async def put_label(desk: Desk, actor: Actor, place: Place, *, label_id: UUID) -> ConversationView:
    """Safe to repeat."""

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        await _require_label(uow, actor, label_id)
        key = {"practice_id": actor.practice_id, "conversation_id": held.view.id, "label_id": label_id}
        put = insert(ConversationLabel).values(**key, put_by_id=actor.person_id, put_at=clock.now())
        if (await uow.execute(put.on_conflict_do_nothing().returning(ConversationLabel.label_id))).first() is not None:
            await set_down(uow, held)

    return await changed(desk, actor, place, change=change)


async def take_label_off(desk: Desk, actor: Actor, place: Place, *, label_id: UUID) -> ConversationView:
    """Safe to repeat."""

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        taken = delete(ConversationLabel).where(
            ConversationLabel.practice_id == actor.practice_id,
            ConversationLabel.conversation_id == held.view.id,
            ConversationLabel.label_id == label_id,
        )
        if (await uow.execute(taken.returning(ConversationLabel.label_id))).first() is not None:
            await set_down(uow, held)

    return await changed(desk, actor, place, change=change)


async def changed(desk: Desk, actor: Actor, place: Place, *, change: Change) -> ConversationView:
    async with desk.database.transaction() as uow:
        held = await hold_conversation(uow, actor, place.thread_id, conversation_id=place.conversation_id)
        await change(uow, held)
        return await conversation_view(uow, held.thread, place.conversation_id)


def require_open(held: HeldConversation) -> None:
    if held.view.ended_at is not None:
        raise Ended(f"{held.view.ended_by_name} ended this conversation. Restart it first.")


async def _require_label(uow: UnitOfWork, actor: Actor, label_id: UUID) -> None:
    """Held, so that nobody deletes it meanwhile."""
    found = select(Label.id).where(Label.practice_id == actor.practice_id, Label.id == label_id).with_for_update(key_share=True)
    if (await uow.execute(found)).first() is None:
        raise NotFound
