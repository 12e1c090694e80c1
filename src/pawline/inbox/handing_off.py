"""Taking a conversation, handing it off and giving it back: the team always sees who answers, the family never does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from pawline.inbox.colleagues import choices_at
from pawline.inbox.hand_off_acts import Act, carry_out, with_note
from pawline.inbox.hand_off_views import HandOffDraft
from pawline.inbox.handing_elsewhere import arrive, find_elsewhere, hold_both_threads
from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden, Invalid, NotFound
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.text import require_storable
from pawline.reach.service import grant_until_day_ends, hold_colleague
from pawline.threads.assigning import (
    NOBODY,
    ROLE_NAMES,
    Assignee,
    HeldConversation,
    conversation_view,
    hold_conversation,
    require_as_seen,
    rouse,
)
from pawline.threads.desk import Desk
from pawline.threads.views import ConversationView


@dataclass(frozen=True, slots=True)
class Place:
    thread_id: UUID
    conversation_id: UUID


async def take(desk: Desk, actor: Actor, place: Place, *, seen_revision: int) -> ConversationView:
    """Answer it oneself, whoever did before. Safe to repeat.

    Raises:
        HandedOn: a colleague was faster, or it has ended.
    """
    act = Act("taken", Assignee(staff_id=actor.person_id), f"{actor.name} took this conversation")

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        assignment = held.view.assignment
        if assignment and held.view.ended_at is None and assignment.staff_id == assignment.by_id == actor.person_id:
            return
        require_as_seen(held, actor, seen_revision=seen_revision)
        if not await hold_colleague(uow, actor.practice_id, actor.person_id):
            raise NotFound
        await rouse(uow, held)
        await carry_out(uow, actor, held, act=act)

    return await _changed(desk, actor, place, change=change)


async def give_back(desk: Desk, actor: Actor, place: Place, *, seen_revision: int) -> ConversationView:
    """It is everybody's again. Safe to repeat."""
    act = Act("given_back", NOBODY, f"{actor.name} gave this conversation back to the team")

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        assignment = held.view.assignment
        if assignment is None or Assignee(assignment.staff_id, assignment.clinic_id, assignment.role) == NOBODY:
            return
        require_as_seen(held, actor, seen_revision=seen_revision)
        _require_own(actor, held)
        await carry_out(uow, actor, held, act=act)

    return await _changed(desk, actor, place, change=change)


async def hand_off(desk: Desk, actor: Actor, place: Place, *, draft: HandOffDraft, key: UUID) -> ConversationView:
    """Pass it on, with a note for the team. Basic staff who do not see the family otherwise see it until the clinic's day ends.

    To another clinic of the practice goes the matter and not what was written: see ``handing_elsewhere.py``.

    Raises:
        HandedOn: a colleague was faster, or it has ended.
        Forbidden: basic staff hand on only what they answer.
        Invalid: it goes to nobody, to several at once, to oneself, to somebody of another clinic, or to a clinic where it cannot
            go on.
    """
    require_storable("note", draft.note)
    if sum(each is not None for each in (draft.staff_id, draft.clinic_id, draft.role)) != 1:
        raise Invalid.field("staff_id", "is to be given, or else clinic_id or role: hand it to one of the three")

    async def change(uow: UnitOfWork, held: HeldConversation) -> None:
        require_as_seen(held, actor, seen_revision=draft.seen_revision)
        _require_own(actor, held)
        elsewhere = await find_elsewhere(uow, actor, held.thread, clinic_id=draft.clinic_id)
        name = elsewhere.name if elsewhere else await _name_of_target(uow, actor, held, draft=draft)
        words = with_note(f"{actor.name} handed this to {name}", draft.note)
        to = Assignee(draft.staff_id, draft.clinic_id, draft.role)
        await carry_out(uow, actor, held, act=Act("handed", to, words, elsewhere.clinic_id if elsewhere else None))
        if draft.staff_id is not None:
            await grant_until_day_ends(uow, actor, place.thread_id, staff_id=draft.staff_id)
        if elsewhere is None:
            await rouse(uow, held)
        else:
            await arrive(uow, actor, elsewhere, source=held.thread, note=draft.note)

    async with desk.database.transaction() as uow:

        async def answer() -> ConversationView:
            if draft.clinic_id is not None:
                await hold_both_threads(uow, actor, place.thread_id, clinic_id=draft.clinic_id)
            return await _change(uow, actor, place, change=change)

        return await once(uow, KeyedRequest(actor, key, [place.conversation_id, draft]), answer, form=ConversationView)


Change = Callable[[UnitOfWork, HeldConversation], Awaitable[None]]


async def _changed(desk: Desk, actor: Actor, place: Place, *, change: Change) -> ConversationView:
    async with desk.database.transaction() as uow:
        return await _change(uow, actor, place, change=change)


async def _change(uow: UnitOfWork, actor: Actor, place: Place, *, change: Change) -> ConversationView:
    held = await hold_conversation(uow, actor, place.thread_id, conversation_id=place.conversation_id)
    await change(uow, held)
    return await conversation_view(uow, held.thread, place.conversation_id)


def _require_own(actor: Actor, held: HeldConversation) -> None:
    if actor.role is Role.BASIC and held.assignee_id != actor.person_id:
        raise Forbidden("You can hand on or give back only conversations that you took or that were handed to you.")


async def _name_of_target(uow: UnitOfWork, actor: Actor, held: HeldConversation, *, draft: HandOffDraft) -> str:
    if draft.staff_id is not None:
        await hold_colleague(uow, actor.practice_id, draft.staff_id)
    choices = await choices_at(uow, actor, held.thread)
    if draft.staff_id is not None:
        if draft.staff_id == actor.person_id:
            raise Invalid.field("staff_id", "is you; take the conversation instead")
        people = {each.staff_id: each.name for each in choices.people}
        if draft.staff_id not in people:
            raise Invalid.field("staff_id", "is nobody who works at this clinic")
        return people[draft.staff_id]
    if draft.clinic_id is not None:
        clinics = {each.clinic_id: each.name for each in choices.clinics}
        if draft.clinic_id not in clinics:
            raise Invalid.field("clinic_id", "has no colleague with the inbox but you, so nobody would be told")
        return f"everybody at {clinics[draft.clinic_id]}"
    if draft.role not in {each.role for each in choices.roles}:
        raise Invalid.field("role", "is one that no colleague at this clinic has")
    return ROLE_NAMES[draft.role or "senior"]
