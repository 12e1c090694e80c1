"""What became of the ways in which staff members prove who they are: kept for good, and mailed to whom it is about."""

from dataclasses import dataclass
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
FactorChange = Literal[
    "passkey_added",
    "passkey_removed",
    "codes_on",
    "codes_off",
    "recovery_code_used",
    "recovery_codes_renewed",
    "removed_by_colleague",
    "removed_on_server",
]

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


@dataclass(frozen=True, slots=True)
class Whose:
    """``by_id``: who did it, mostly they themselves."""

    practice_id: UUID
    staff_id: UUID
    by_id: UUID


async def note_factor(uow: UnitOfWork, whose: Whose, kind: FactorChange, *, about: str = "") -> None:
    event_id = new_id()
    who = {"practice_id": whose.practice_id, "staff_id": whose.staff_id, "by_id": whose.by_id}
    await uow.execute(insert(FactorEvent).values(**who, id=event_id, kind=kind, about=about, happened_at=clock.now()))
    job = {"practice_id": str(whose.practice_id), "event_id": str(event_id)}
    await defer(uow, FACTOR_MAIL_TASK, priority=SOMEBODY_WAITS, **job)


def own(actor: Actor) -> Whose:
    return Whose(actor.practice_id, actor.person_id, actor.person_id)


async def factor_mail_facts(uow: UnitOfWork, practice_id: UUID, event_id: UUID) -> Any | None:
    """None for whoever does not work there any more."""
    return (await uow.execute(_FACTS, {"practice_id": practice_id, "event_id": event_id})).one_or_none()
