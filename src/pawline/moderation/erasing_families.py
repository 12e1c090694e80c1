"""Deciding that all that is kept of a family is erased, and seeing how far that has come."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import insert, text

from pawline.moderation.family_erasing import ERASE_TASK, tell_of
from pawline.moderation.family_erasure_model import FamilyErasure, FamilyErasureProgress
from pawline.moderation.family_people import erase_people, scope_of
from pawline.moderation.views import FamilyErasureState, FamilyErasureView, Words
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden, Invalid, NotFound
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.text import require_storable
from pawline.threads.access import visible_clinic_ids

_log = structlog.get_logger()

_FAMILY = text("SELECT f.name FROM family f WHERE f.practice_id = :practice_id AND f.id = :family_id FOR UPDATE")
_CLINICS = text("""
    SELECT h.clinic_id FROM thread h WHERE h.practice_id = :practice_id AND h.family_id = :family_id
    UNION SELECT n.clinic_id FROM connection n
    WHERE n.practice_id = :practice_id AND n.family_id = :family_id AND n.state = 'accepted'
""")
_THREADS = text("SELECT h.id, h.clinic_id FROM thread h WHERE h.practice_id = :practice_id AND h.family_id = :family_id")
_PROGRESS = text("""
    SELECT e.staff_name, e.asked_at, p.finished_at, m.total, m.done
    FROM family_erasure e JOIN family_erasure_progress p ON p.practice_id = e.practice_id AND p.family_id = e.family_id,
    LATERAL (
        SELECT count(*) AS total, count(*) FILTER (WHERE x.erased_at IS NOT NULL AND s.is_settled) AS done
        FROM thread h JOIN message x ON x.practice_id = h.practice_id AND x.thread_id = h.id
        LEFT JOIN sealed_message s ON s.practice_id = x.practice_id AND s.message_id = x.id
        WHERE h.practice_id = e.practice_id AND h.family_id = e.family_id
    ) m
    WHERE e.practice_id = :practice_id AND e.family_id = :family_id
""")


class FamilyErasureRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``family_name``: typed by whoever erases, for nothing brings the family back."""

    family_name: str
    reason: Words


async def erase_family(uow: UnitOfWork, actor: Actor, family_id: UUID, *, request: FamilyErasureRequest) -> FamilyErasureView:
    """Close every way in and out at once, and leave the rest to a job. Asking again changes nothing, and the first reason stands.

    Raises:
        NotFound: no such family at the actor's clinics.
        Forbidden: it is with other clinics as well.
        Invalid: another name, or no reason.
    """
    _require_reason(request.reason)
    values = {"practice_id": actor.practice_id, "family_id": family_id}
    name = await _require_family(uow, actor, values)
    begun = await _view(uow, values)
    if begun is not None:
        return begun
    if request.family_name.strip().casefold() != name.strip().casefold():
        raise Invalid.field("family_name", "is not the name of this family")
    scope, now = await scope_of(uow, actor.practice_id, family_id), clock.now()
    record = {"staff_id": actor.person_id, "staff_name": actor.name, "asked_at": now, "reason": request.reason.strip()}
    await uow.execute(insert(FamilyErasure).values(**values, **record))
    sought = {"contact_ids": scope.contact_ids, "numbers": scope.numbers, "emails": scope.emails}
    await uow.execute(insert(FamilyErasureProgress).values(**values, **sought, changed_at=now))
    await erase_people(uow, scope)
    await defer(uow, ERASE_TASK, priority=SOMEBODY_WAITS, **{key: str(value) for key, value in values.items()})
    tell_of(uow, scope, (await uow.execute(_THREADS, values)).all())
    _log.info("family_erasure_asked", actor_id=str(actor.person_id), family_id=str(family_id))
    return await _present(uow, values)


async def family_erasure(uow: UnitOfWork, actor: Actor, family_id: UUID) -> FamilyErasureState:
    """Raises NotFound as above."""
    values = {"practice_id": actor.practice_id, "family_id": family_id}
    await _require_family(uow, actor, values)
    return FamilyErasureState(await _view(uow, values))


def _require_reason(reason: str) -> None:
    require_storable("reason", reason)
    if not reason.strip():
        raise Invalid.field("reason", "is empty; say why nothing of this family may be kept")


async def _require_family(uow: UnitOfWork, actor: Actor, values: dict[str, UUID]) -> str:
    """Its name. What another clinic of the practice has of a family is not for this one to destroy."""
    name = (await uow.execute(_FAMILY, values)).scalar_one_or_none()
    clinic_ids, own = set((await uow.execute(_CLINICS, values)).scalars()), set(visible_clinic_ids(actor))
    if name is None or not (clinic_ids & own or not clinic_ids):
        raise NotFound
    if not clinic_ids <= own:
        raise Forbidden("This family is also with a clinic that is not yours. Ask the practice owner to erase it.")
    return name


async def _present(uow: UnitOfWork, values: dict[str, UUID]) -> FamilyErasureView:
    view = await _view(uow, values)
    assert view is not None  # noqa: S101 - this request stored it
    return view


async def _view(uow: UnitOfWork, values: dict[str, UUID]) -> FamilyErasureView | None:
    row: Any = (await uow.execute(_PROGRESS, values)).one_or_none()
    if row is None:
        return None
    finished_at: datetime | None = row.finished_at
    return FamilyErasureView(row.staff_name, row.asked_at, finished_at, messages=row.total, erased=row.done)
