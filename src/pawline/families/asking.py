"""An owner asks a clinic of the practice to treat a pet; somebody there accepts or declines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import case, text, update

from pawline.families.connecting import NewConnection, put_connection
from pawline.families.models import Connection, ConnectionState
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound

ASKED_FOR = timedelta(days=30)
Answer = Literal["accepted", "declined"]

_ASKED = text("""
SELECT k.id, k.clinic_id, k.family_id, k.changed_at AS asked_at, f.name AS family_name,
    e.id AS pet_id, e.name AS pet_name, e.species, e.breed,
    ARRAY(SELECT p.name FROM contact c JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
          WHERE c.practice_id = k.practice_id AND c.family_id = k.family_id
          ORDER BY c.role = 'primary' DESC, c.created_at, c.id LIMIT 3) AS contact_names
FROM connection k
JOIN family f ON f.practice_id = k.practice_id AND f.id = k.family_id
JOIN pet e ON e.practice_id = k.practice_id AND e.id = k.pet_id
WHERE k.practice_id = :practice_id AND k.clinic_id = ANY(:clinic_ids) AND k.state = 'invited'
ORDER BY k.changed_at, k.id
LIMIT 200
""")


class AskedConnection(msgspec.Struct, frozen=True):
    id: UUID
    clinic_id: UUID
    family_id: UUID
    family_name: str
    contact_names: list[str]
    pet_id: UUID
    pet_name: str
    species: str
    breed: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class AnsweredConnection:
    family_id: UUID
    clinic_id: UUID


async def ask_for_connection(uow: UnitOfWork, new: NewConnection) -> None:
    """One that stands, or is asked for already, stays as it is."""
    stays = [ConnectionState.ACCEPTED, ConnectionState.INVITED]
    await put_connection(uow, replace(new, via="owner"), ConnectionState.INVITED, unless=stays)


async def take_back_asking(uow: UnitOfWork, actor: Actor, *, pet_id: UUID, clinic_id: UUID) -> None:
    """Raises NotFound when nothing is being asked."""
    statement = update(Connection).where(
        Connection.practice_id == actor.practice_id,
        Connection.family_id == actor.family_id,
        Connection.pet_id == pet_id,
        Connection.clinic_id == clinic_id,
        Connection.state == ConnectionState.INVITED,
    )
    # Also where the team had ended it before they asked: from now on it is up to the family.
    ended_by_id = case((Connection.ended_by_id.is_not(None), actor.person_id))
    taken_back = statement.values(state=ConnectionState.REVOKED, changed_at=clock.now(), ended_by_id=ended_by_id)
    taken = await uow.execute(taken_back.returning(Connection.id))
    if taken.one_or_none() is None:
        raise NotFound


async def connections_asked_for(uow: UnitOfWork, practice_id: UUID, clinic_ids: Sequence[UUID]) -> list[AskedConnection]:
    rows = await uow.execute(_ASKED, {"practice_id": practice_id, "clinic_ids": list(clinic_ids)})
    return [msgspec.convert(row, AskedConnection, from_attributes=True) for row in rows]


async def answer_connection(
    uow: UnitOfWork, practice_id: UUID, connection_id: UUID, *, clinic_ids: Sequence[UUID], answer: Answer
) -> AnsweredConnection:
    """Raises NotFound: not of these clinics, or not asked for any more (somebody was faster, or the owner took it back)."""
    statement = update(Connection).where(
        Connection.practice_id == practice_id,
        Connection.id == connection_id,
        Connection.clinic_id.in_(clinic_ids),
        Connection.state == ConnectionState.INVITED,
    )
    ended = {"ended_by_id": None} if answer == "accepted" else {}
    answered = statement.values(state=answer, changed_at=clock.now(), **ended)
    row: Any = (await uow.execute(answered.returning(Connection.family_id, Connection.clinic_id))).one_or_none()
    if row is None:
        raise NotFound
    return AnsweredConnection(row.family_id, row.clinic_id)


async def expire_asked(uow: UnitOfWork) -> None:
    statement = update(Connection).where(  # tenancy: over all practices; it reads nothing and ends only what has expired
        Connection.state == ConnectionState.INVITED, Connection.changed_at < clock.now() - ASKED_FOR
    )
    await uow.execute(statement.values(state=ConnectionState.EXPIRED, changed_at=clock.now()))
