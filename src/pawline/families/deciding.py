"""The team connects a pet by itself, and either side ends a connection."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.ids import new_id

# One statement, not read-then-write: the family may take back what it asked at the same moment.
# The pet's row is held, for a merge of families would give the pet another family meanwhile.
_CONNECT = text("""
INSERT INTO connection (practice_id, id, pet_id, family_id, clinic_id, state, via, changed_at)
SELECT p.practice_id, :id, p.id, p.family_id, :clinic_id, 'accepted', 'staff', :now
FROM pet p
WHERE p.practice_id = :practice_id AND p.id = :pet_id AND p.died_on IS NULL
FOR KEY SHARE OF p
ON CONFLICT ON CONSTRAINT one_connection_per_pet_and_clinic DO UPDATE
SET state = 'accepted', changed_at = excluded.changed_at, ended_by_id = NULL,
    via = CASE connection.state WHEN 'invited' THEN connection.via ELSE 'staff' END
WHERE connection.state <> 'accepted' AND (connection.state <> 'revoked' OR (
    SELECT e.kind FROM person e
    WHERE e.practice_id = connection.practice_id AND e.id = connection.ended_by_id) = 'staff')
RETURNING family_id
""")
_WHY_NOT = text("""
SELECT p.name, p.died_on, n.state FROM pet p
LEFT JOIN connection n ON n.practice_id = p.practice_id AND n.pet_id = p.id AND n.clinic_id = :clinic_id
WHERE p.practice_id = :practice_id AND p.id = :pet_id
""")
_END = text("""
UPDATE connection n SET state = 'revoked', changed_at = :now, ended_by_id = :by_id
WHERE n.practice_id = :practice_id AND n.pet_id = :pet_id AND n.clinic_id = :clinic_id AND n.state = 'accepted'
    AND (CAST(:family_id AS uuid) IS NULL OR n.family_id = :family_id)
RETURNING n.family_id
""")
_STATE = text("""
SELECT n.state FROM connection n
WHERE n.practice_id = :practice_id AND n.pet_id = :pet_id AND n.clinic_id = :clinic_id
    AND (CAST(:family_id AS uuid) IS NULL OR n.family_id = :family_id)
""")

_HELD = text("""
SELECT n.state, n.changed_at, e.kind AS ended_by FROM connection n
LEFT JOIN person e ON e.practice_id = n.practice_id AND e.id = n.ended_by_id
WHERE n.practice_id = :practice_id AND n.pet_id = :pet_id AND n.clinic_id = :clinic_id
FOR NO KEY UPDATE OF n
""")


class UpToFamily(Conflict):
    code = "up_to_family"


async def connect_by_team(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, clinic_id: UUID) -> UUID | None:
    """The clinic treats the pet from now on. Returns its family; None when that was so already.

    Raises:
        NotFound: no such pet at this practice.
        UpToFamily: the family has ended it, or taken back what it asked.
        Conflict: the pet has died.
    """
    key = {"practice_id": actor.practice_id, "pet_id": pet_id, "clinic_id": clinic_id}
    family_id = (await uow.execute(_CONNECT, {**key, "id": new_id(), "now": clock.now()})).scalar_one_or_none()
    if family_id is None:
        await _require_connected(uow, key)
    return family_id


async def end_connection(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, clinic_id: UUID) -> UUID | None:
    """The first of both sides counts. Returns the pet's family; None when it had ended already.

    Raises:
        NotFound: no connection, or not of the actor's family.
        Conflict: it is not accepted.
    """
    key = {"practice_id": actor.practice_id, "pet_id": pet_id, "clinic_id": clinic_id, "family_id": actor.family_id}
    ended = await uow.execute(_END, {**key, "now": clock.now(), "by_id": actor.person_id})
    family_id = ended.scalar_one_or_none()
    if family_id is None:
        await _require_ended(uow, key)
    return family_id


async def has_family_ended(uow: UnitOfWork, practice_id: UUID, pet_id: UUID, *, clinic_id: UUID, since: datetime) -> bool:
    """Or taken back what it asked. What is between pet and clinic is held until the commit."""
    key = {"practice_id": practice_id, "pet_id": pet_id, "clinic_id": clinic_id}
    held: Any = (await uow.execute(_HELD, key)).one_or_none()
    return held is not None and held.state == "revoked" and held.ended_by != "staff" and held.changed_at > since


async def _require_connected(uow: UnitOfWork, key: dict[str, Any]) -> None:
    found: Any = (await uow.execute(_WHY_NOT, key)).one_or_none()
    if found is None:
        raise NotFound
    if found.died_on is not None:
        raise Conflict(f"{found.name} has died, so there is nothing to connect.")
    if found.state == "revoked":
        raise UpToFamily(
            f"The family does not want {found.name} connected any more. They can ask you again in their app, or scan your poster."
        )


async def _require_ended(uow: UnitOfWork, key: dict[str, Any]) -> None:
    state = (await uow.execute(_STATE, key)).scalar_one_or_none()
    if state is None:
        raise NotFound
    if state != "revoked":
        raise Conflict("This connection is not in force, so there is nothing to end. Look at it again.")
