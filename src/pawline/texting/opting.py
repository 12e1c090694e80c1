"""Staff opt a client out or in: one category at a time, in the ledger, with who did it and why."""

from typing import Any
from uuid import UUID

import msgspec

from pawline.consent.changes import Category, ConsentChange, Source
from pawline.consent.service import opt_in, opt_out
from pawline.consent.views import CategoryName
from pawline.deliveries.service import cancel_queued
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.texting.clinic_numbers import lock_pair
from pawline.texting.contacts import require_contact
from pawline.texting.sending import ConversationEnded
from pawline.texting.writing import Place, add_line, place_of
from pawline.threads.entries import lock_thread, touch_messages
from pawline.threads.text_conversations import latest_text_conversation_of, visible_text_conversation

CATEGORY_WORDS = {
    Category.TWO_WAY: "messages",
    Category.HEALTH_REMINDERS: "health reminders",
    Category.APPOINTMENT_CONFIRMATIONS: "appointment confirmations",
}


class SubscriptionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``number`` is one of the contact's, E.164. Opting in needs a reason, which the ledger keeps."""

    number: str
    category: CategoryName
    is_out: bool
    reason: str = ""


async def opt_out_in_conversation(uow: UnitOfWork, actor: Actor, conversation_id: UUID) -> None:
    """No more messages by text to this client; reminders and confirmations stay (V2P-77..80).

    Raises:
        NotFound: no such text conversation for this actor.
        ConversationEnded: it was ended; the Users list is the place then.
    """
    conversation = await visible_text_conversation(uow, actor, conversation_id)
    if conversation.ended_at is not None:
        raise ConversationEnded("This conversation was ended. Change it in Clients, under the client's subscriptions.")
    place = await place_of(uow, conversation)
    await lock_pair(uow, place.pair)
    await _opt_out(uow, actor, place, category=Category.TWO_WAY, reason="")


async def change_subscription(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, request: SubscriptionRequest) -> None:
    """Opt one number of a contact out of a category or back into it (V2P-84, D10).

    Raises:
        NotFound: no such contact for this actor.
        Invalid: not a number of theirs, or opting in without a reason.
    """
    contact = await require_contact(uow, actor, contact_id)
    if request.number not in contact.numbers:
        raise Invalid.field("number", "is not a number of this client")
    category = Category(request.category)
    place = await _latest_place(uow, actor, request.number)
    if place is not None:
        await lock_pair(uow, place.pair)
    if not request.is_out:
        change = _change(actor, request.number, category=category, reason=request.reason)
        if await opt_in(uow, actor.practice_id, change) and place is not None:
            await add_line(uow, place, f"{actor.name} opted {contact.name} in to {CATEGORY_WORDS[category]} by text.")
        return
    if place is not None:
        await _opt_out(uow, actor, place, category=category, reason=request.reason)
    else:
        await opt_out(uow, actor.practice_id, _change(actor, request.number, category=category, reason=request.reason))


async def _opt_out(uow: UnitOfWork, actor: Actor, place: Place, *, category: Category, reason: str) -> None:
    pair = place.pair
    await lock_thread(uow, place.practice_id, place.thread_id)
    withdrawn = await cancel_queued(uow, pair.practice_id, pair.number.id, to_number=pair.contact_number, categories=[category])
    await touch_messages(uow, pair.practice_id, withdrawn)
    change = _change(actor, pair.contact_number, category=category, reason=reason, number_id=pair.number.id)
    if await opt_out(uow, actor.practice_id, change):
        await add_line(uow, place, f"{actor.name} opted this client out of {CATEGORY_WORDS[category]} by text.")


def _change(actor: Actor, number: str, *, category: Category, reason: str, number_id: UUID | None = None) -> ConsentChange:
    return ConsentChange(
        contact_number=number,
        source=Source.STAFF,
        categories=(category,),
        actor_id=actor.person_id,
        reason=reason,
        number_id=number_id,
    )


async def _latest_place(uow: UnitOfWork, actor: Actor, number: str) -> Place | None:
    """Where the change is shown: the conversation in which this number was last texted with."""
    found: Any = await latest_text_conversation_of(uow, actor.practice_id, contact_number=number)
    return None if found is None else await place_of(uow, found)
