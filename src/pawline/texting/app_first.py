"""Whoever uses the app is written to there before anything is texted (PA-11, C9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.families.chat import chat_obstacles
from pawline.families.numbers import Holder
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, FieldError
from pawline.threads.access import may_start_conversation

# A pet's connection each: a family may have several with one clinic.
_TREATED_AT = text("""
SELECT k.id, k.name FROM clinic k
WHERE k.practice_id = :practice_id AND k.id IN (
    SELECT n.clinic_id FROM connection n
    WHERE n.practice_id = :practice_id AND n.family_id = :family_id AND n.state = 'accepted')
ORDER BY k.name, k.id
""")


class InTheApp(Conflict):
    """The client uses the app, where chat is available: staff go there. The fields name family and clinic to chat with."""

    code = "use_the_app"


@dataclass(frozen=True, slots=True)
class _Chat:
    """``elsewhere``: the clinic's name, if it is another one than that which wants to text."""

    holder: Holder
    clinic_id: UUID
    elsewhere: str | None

    def as_problem(self) -> InTheApp:
        at = f" and is treated at {self.elsewhere}" if self.elsewhere else ""
        words = f"{self.holder.name} uses the app{at}. Write there instead; it costs nothing and can carry photos."
        fields = [FieldError("family_id", str(self.holder.family_id)), FieldError("clinic_id", str(self.clinic_id))]
        return InTheApp(words, errors=fields)


async def require_not_in_app(uow: UnitOfWork, actor: Actor, holders: Sequence[Holder], *, clinic_id: UUID) -> None:
    """Whoever has no obstacle to chat stops the text; somebody for whom chat is not available may be texted.

    Raises:
        InTheApp: a conversation can be started in the app, at this clinic or at another one that the actor may write for.
    """
    for holder in holders:
        for clinic in await _clinics_for(uow, actor, holder, clinic_id=clinic_id):
            if not await chat_obstacles(uow, actor.practice_id, holder.contact_id, clinic_id=clinic.id):
                raise _Chat(holder, clinic.id, None if clinic.id == clinic_id else clinic.name).as_problem()


async def _clinics_for(uow: UnitOfWork, actor: Actor, holder: Holder, *, clinic_id: UUID) -> list[Any]:
    """Where the holder's family could be written to in the app: here, or where else its pets are treated."""
    values = {"practice_id": actor.practice_id, "family_id": holder.family_id}
    treated_at = (await uow.execute(_TREATED_AT, values)).all()
    here = [clinic for clinic in treated_at if clinic.id == clinic_id]
    others = [each for each in treated_at if may_start_conversation(actor, clinic_id=each.id, family_id=holder.family_id)]
    return here or others
