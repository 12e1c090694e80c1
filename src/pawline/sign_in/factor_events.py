"""What became of the ways in which staff members prove who they are: kept for good, and mailed to whom it is about."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import insert, text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.mail_queue import PRACTICE_LOGO
from pawline.sign_in.models import FactorEvent

FACTOR_MAIL_TASK = "send_factor_mail"
FactorChange = Literal["passkey_added", "passkey_removed"]

_FACTS = text(f"""
SELECT e.kind, e.about, m.email, p.name, b.name AS by_name, e.by_id = e.staff_id AS is_own, y.name AS practice_name,
    {PRACTICE_LOGO} AS logo_id
FROM factor_event e
JOIN staff_member m ON m.practice_id = e.practice_id AND m.id = e.staff_id AND m.left_at IS NULL
JOIN person p ON p.practice_id = e.practice_id AND p.id = e.staff_id
JOIN person b ON b.practice_id = e.practice_id AND b.id = e.by_id
JOIN practice y ON y.id = e.practice_id
WHERE e.practice_id = :practice_id AND e.id = :event_id
""")  # noqa: S608 - made of constants


async def note_factor(
    uow: UnitOfWork, actor: Actor, kind: FactorChange, *, staff_id: UUID | None = None, about: str = ""
) -> None:
    """``staff_id``: of whom; None for the actor."""
    key = {"practice_id": actor.practice_id, "id": new_id()}
    whose = {"staff_id": staff_id or actor.person_id, "by_id": actor.person_id}
    await uow.execute(insert(FactorEvent).values(**key, **whose, kind=kind, about=about, happened_at=clock.now()))
    job = {"practice_id": str(actor.practice_id), "event_id": str(key["id"])}
    await defer(uow, FACTOR_MAIL_TASK, priority=SOMEBODY_WAITS, **job)


async def factor_mail_facts(uow: UnitOfWork, practice_id: UUID, event_id: UUID) -> Any | None:
    """None for whoever does not work there any more."""
    return (await uow.execute(_FACTS, {"practice_id": practice_id, "event_id": event_id})).one_or_none()
