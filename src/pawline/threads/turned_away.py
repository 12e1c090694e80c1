"""Contacts from whom the practice takes no messages in the app: blocked, with chat disabled for them, at a clinic whose chat is
switched off, or not chosen where it is for chosen ones.

They go on reading, and the clinic's numbers stay theirs.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.families.chat import clinics_not_for, clinics_without_chat, is_chat_disabled
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden
from pawline.practices.service import clinic_views, practice_view
from pawline.practices.views import ClinicView

_STAYS = "You can still read what was written."


class TurnedAway(Forbidden):
    code = "turned_away"


class ChatDisabled(Forbidden):
    code = "chat_disabled"


class ChatOff(Forbidden):
    code = "chat_off"


class NotChosen(Forbidden):
    code = "not_chosen"


async def why_turned_away(uow: UnitOfWork, actor: Actor, thread: Any) -> Forbidden | None:
    """None: their messages are welcome."""
    if await is_turned_away(uow, actor):
        return await _turned_away(uow, actor, thread)
    if await has_chat_disabled(uow, actor):
        return await _chat_disabled(uow, actor, thread)
    if thread.clinic_id in await clinics_switched_off(uow, actor):
        return await _chat_off(uow, actor, thread)
    if thread.clinic_id in await clinics_closed_to(uow, actor):
        return await _not_chosen(uow, actor, thread)
    return None


async def is_turned_away(uow: UnitOfWork, actor: Actor) -> bool:
    if actor.is_staff:
        return False
    values = {"practice_id": actor.practice_id, "contact_id": actor.person_id}
    return (await uow.execute(_IS_BLOCKED, values)).scalar_one()


async def has_chat_disabled(uow: UnitOfWork, actor: Actor) -> bool:
    return not actor.is_staff and await is_chat_disabled(uow, actor.practice_id, actor.person_id)


async def clinics_switched_off(uow: UnitOfWork, actor: Actor) -> list[UUID]:
    """Those whose chat is switched off, for everybody."""
    return [] if actor.is_staff else await clinics_without_chat(uow, actor.practice_id)


async def clinics_closed_to(uow: UnitOfWork, actor: Actor) -> list[UUID]:
    """Those whose chat is for chosen contacts, and the actor is none of them."""
    return [] if actor.is_staff else await clinics_not_for(uow, actor.practice_id, actor.person_id)


async def _turned_away(uow: UnitOfWork, actor: Actor, thread: Any) -> TurnedAway:
    """Says whom to call, for a message that is refused may be about an emergency."""
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    practice = await practice_view(uow, actor.practice_id)
    number = clinic.emergency_number or clinic.phone
    call = f"In an emergency call {number}." if number else "In an emergency call the clinic."
    return TurnedAway(f"{practice.name} does not take messages from you here. {call}")


async def _chat_disabled(uow: UnitOfWork, actor: Actor, thread: Any) -> ChatDisabled:
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    practice = await practice_view(uow, actor.practice_id)
    return ChatDisabled(f"{practice.name} has switched chat off for you. {_STAYS} {_whom_to_call(clinic)}")


async def _chat_off(uow: UnitOfWork, actor: Actor, thread: Any) -> ChatOff:
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    return ChatOff(f"{clinic.name} has switched off its chat in the app. {_STAYS} {_whom_to_call(clinic)}")


async def _not_chosen(uow: UnitOfWork, actor: Actor, thread: Any) -> NotChosen:
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    return NotChosen(f"{clinic.name} chats in the app with some of its clients only. {_STAYS} {_whom_to_call(clinic)}")


def _whom_to_call(clinic: ClinicView) -> str:
    call = f"Please call {clinic.phone}." if clinic.phone else "Please call the clinic."
    return call + (f" In an emergency call {clinic.emergency_number}." if clinic.emergency_number else "")


_IS_BLOCKED = text("""
SELECT EXISTS (
    SELECT FROM practice_block b
    WHERE b.practice_id = :practice_id AND b.contact_id = :contact_id AND b.lifted_at IS NULL)
""")
