"""A text that did not arrive: what is known of it, what to check, and a bundle for whoever is asked for help (V2P-87..91)."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from pawline.consent.service import standing
from pawline.consent.views import Standing
from pawline.deliveries.service import delivery_history, try_again
from pawline.deliveries.views import DeliveryHistory
from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.texting.clinic_numbers import SWITCHED_OFF, Pair, TextingOff, lock_pair
from pawline.texting.writing import place_of
from pawline.threads.entries import lock_thread, touch_message
from pawline.threads.queries import one_message
from pawline.threads.text_conversations import visible_text_conversation

CHECK_CONSENT = "Check that the client has not opted out."
RESUBSCRIBES = "Any text that the client sends to your number opts them in to messages again by itself."
CHECK_PHONE = "Ask the client whether their phone or phone company blocks or filters texts from unknown senders."
CALL = "Call the client. Texts that say who you are get more answers: put your practice's name into the next one."
ASK_FOR_HELP = "Ask for help: download the support file, which has all that happened to this text, and send it along."


class Step(msgspec.Struct, frozen=True):
    """``state``: "ok" or "problem" where Pawline knows, "ask" where somebody has to find out."""

    title: str
    state: Literal["ok", "problem", "ask"]
    words: str


class Troubleshooting(msgspec.Struct, frozen=True):
    """Everything about the deliveries of one message, newest first; exchanges with the carrier for administrators only."""

    message_id: UUID
    steps: list[Step]
    deliveries: list[DeliveryHistory]


class SupportBundle(msgspec.Struct, frozen=True):
    """For a support ticket. The text itself is not in it, only its length."""

    made_at: str
    practice_id: UUID
    message_id: UUID
    body_length: int
    standing: Standing
    deliveries: list[DeliveryHistory]


async def troubleshoot(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> Troubleshooting:
    message, pair = await _texted(uow, actor, thread_id, message_id=message_id)
    now = await standing(uow, actor.practice_id, number_id=pair.number.id, contact_number=pair.contact_number)
    return Troubleshooting(message.id, _steps(now), await _history(uow, actor, message_id))


async def support_bundle(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> SupportBundle:
    message, pair = await _texted(uow, actor, thread_id, message_id=message_id)
    return SupportBundle(
        made_at=clock.now().isoformat(),
        practice_id=actor.practice_id,
        message_id=message.id,
        body_length=len(message.body),
        standing=await standing(uow, actor.practice_id, number_id=pair.number.id, contact_number=pair.contact_number),
        deliveries=await _history(uow, actor, message_id),
    )


async def send_again(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> None:
    """Text a message anew that did not go out. Pressing twice makes one text.

    Raises:
        NotFound: no such message, or it was never a text.
        Conflict: it went out.
        TextRefused: the client gets no texts.
    """
    _, pair = await _texted(uow, actor, thread_id, message_id=message_id)
    if not pair.number.is_enabled:
        raise TextingOff(SWITCHED_OFF)
    await lock_pair(uow, pair)
    await lock_thread(uow, actor.practice_id, thread_id)
    await try_again(uow, actor.practice_id, message_id, requested_by_id=actor.person_id)
    await touch_message(uow, actor.practice_id, message_id)


async def _texted(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> tuple[Any, Pair]:
    message = await one_message(uow.connection, actor, thread_id, message_id=message_id)
    if message.channel != "sms" or message.author_kind == "contact" or message.kind != "text":
        raise NotFound
    conversation = await visible_text_conversation(uow, actor, message.conversation_id)
    return message, (await place_of(uow, conversation)).pair


async def _history(uow: UnitOfWork, actor: Actor, message_id: UUID) -> list[DeliveryHistory]:
    deliveries = await delivery_history(uow, actor.practice_id, message_id)
    if actor.role is not None and actor.role.is_at_least(Role.ADMINISTRATOR):
        return deliveries
    return [msgspec.structs.replace(delivery, exchanges=[]) for delivery in deliveries]


def _steps(now: Standing) -> list[Step]:
    stopped = [each for each in now.categories if each.category == "two_way" and each.is_out]
    what_stops = [now.carrier_block.words] if now.carrier_block else [each.words for each in stopped]
    consent = "problem" if what_stops else "ok"
    return [
        Step(CHECK_CONSENT, consent, " ".join([*what_stops, RESUBSCRIBES]) if what_stops else f"They have not. {RESUBSCRIBES}"),
        Step("Check the phone.", "ask", CHECK_PHONE),
        Step("Call.", "ask", CALL),
        Step("Still nothing?", "ask", ASK_FOR_HELP),
    ]
