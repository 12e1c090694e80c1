"""Contacts from whom the practice takes no messages in the app. They go on reading, and the emergency number stays theirs."""

from typing import Any

from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden
from pawline.practices.service import clinic_views, practice_view


class TurnedAway(Forbidden):
    code = "turned_away"


async def is_turned_away(uow: UnitOfWork, actor: Actor) -> bool:
    if actor.is_staff:
        return False
    values = {"practice_id": actor.practice_id, "contact_id": actor.person_id}
    return (await uow.execute(_IS_BLOCKED, values)).scalar_one()


async def turned_away(uow: UnitOfWork, actor: Actor, thread: Any) -> TurnedAway:
    """Says whom to call, for a message that is refused may be about an emergency."""
    [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
    practice = await practice_view(uow, actor.practice_id)
    number = clinic.emergency_number or clinic.phone
    call = f"In an emergency call {number}." if number else "In an emergency call the clinic."
    return TurnedAway(f"{practice.name} does not take messages from you here. {call}")


_IS_BLOCKED = text("""
SELECT EXISTS (
    SELECT FROM practice_block b
    WHERE b.practice_id = :practice_id AND b.contact_id = :contact_id AND b.lifted_at IS NULL)
""")
