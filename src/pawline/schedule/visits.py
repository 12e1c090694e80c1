"""The family's side of appointments: seeing their own, confirming one, asking to move it, taking that back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.schedule.queries import visible_visit, visits_coming, visits_past
from pawline.schedule.service import write

MOST_COMING = 50
MOST_PAST = 50
PAST_SHOWN = timedelta(days=365)


class VisitCancelled(Conflict):
    code = "visit_cancelled"


class VisitOver(Conflict):
    code = "visit_over"


class AlreadyTaken(Conflict):
    code = "already_taken"


async def own_visits(uow: UnitOfWork, actor: Actor) -> tuple[list[Any], list[Any]]:
    """Rows of what comes, soonest first, and of what was in the last year, latest first."""
    now = clock.now()
    coming = await visits_coming(uow, actor, now=now, most=MOST_COMING)
    return list(coming), list(await visits_past(uow, actor, now=now, since=now - PAST_SHOWN, most=MOST_PAST))


async def visit_of(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> Any:
    """The row, or NotFound."""
    return await visible_visit(uow, actor, visit_id)


async def require_answerable(uow: UnitOfWork, actor: Actor, visit_id: UUID, *, for_update: bool = False) -> Any:
    """The row of a visit that still comes.

    Raises:
        NotFound: no such visit of the actor's family.
        VisitCancelled, VisitOver: there is nothing to answer any more.
    """
    row = await visible_visit(uow, actor, visit_id, for_update=for_update)
    if row.status == "cancelled":
        call = f"Call {row.clinic_phone}" if row.clinic_phone else "Call the clinic"
        raise VisitCancelled(f"{row.clinic_name} has cancelled this visit. {call} for another time.")
    if row.status == "done" or row.starts_at <= clock.now():
        raise VisitOver("The time of this visit has come. Call the clinic if you are not there.")
    return row


async def confirm_visit(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> Any | None:
    """The row as it was before; None when it was confirmed already."""
    row = await require_answerable(uow, actor, visit_id, for_update=True)
    if row.status == "confirmed":
        return None
    await write(uow, row, status="confirmed", answered_by_id=actor.person_id)
    return row


async def mark_move_asked(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> None:
    """The request itself is in the thread by now, so a visit that was cancelled meanwhile stays as it is without a word."""
    row = await visible_visit(uow, actor, visit_id, for_update=True)
    if row.status in ("booked", "confirmed"):
        await write(uow, row, status="move_asked", answered_by_id=actor.person_id)


async def take_back_answer(uow: UnitOfWork, actor: Actor, visit_id: UUID) -> Any | None:
    """Make it booked again; the row as it was before, or None when there was no answer.

    Raises:
        AlreadyTaken: the practice has acted since.
    """
    row = await require_answerable(uow, actor, visit_id, for_update=True)
    if row.status == "booked":
        return None
    if row.answered_by_id is None:
        raise AlreadyTaken("The practice has taken care of this already. Send them a message if something changed.")
    await write(uow, row, status="booked", answered_by_id=None)
    return row
