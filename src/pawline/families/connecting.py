"""Connections: which clinic treats which pet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from pawline.families.models import Connection, ConnectionState
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id

Via = Literal["staff", "qr", "link", "email", "owner"]


@dataclass(frozen=True, slots=True)
class NewConnection:
    """``via``: who or what brought pet and clinic together."""

    practice_id: UUID
    family_id: UUID
    pet_id: UUID
    clinic_id: UUID
    via: Via = "staff"


async def connect_pet(uow: UnitOfWork, new: NewConnection) -> None:
    """The clinic treats the pet from now on; a connection that stands stays as it is."""
    await put_connection(uow, new, ConnectionState.ACCEPTED, unless=[ConnectionState.ACCEPTED])


async def put_connection(
    uow: UnitOfWork, new: NewConnection, state: ConnectionState, *, unless: Sequence[ConnectionState]
) -> None:
    """``unless``: in these states a connection that is there already stays as it is."""
    values = {"family_id": new.family_id, "pet_id": new.pet_id, "clinic_id": new.clinic_id}
    change: dict[str, Any] = {"state": state, "via": new.via, "changed_at": clock.now()}
    if state is ConnectionState.ACCEPTED:
        change["ended_by_id"] = None
    statement = insert(Connection).values(practice_id=new.practice_id, id=new_id(), **values, **change)
    await uow.execute(
        statement.on_conflict_do_update(
            constraint="one_connection_per_pet_and_clinic", set_=change, where=Connection.state.not_in(unless)
        )
    )
