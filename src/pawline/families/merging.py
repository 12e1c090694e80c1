"""One household that was entered twice becomes one family."""

from uuid import UUID

from sqlalchemy import delete, insert, select, text, update

from pawline.families.models import Connection, ContactRole, Family, Pet
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Invalid, NotFound


async def move_people_and_pets(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID) -> None:
    """Move contacts, pets and connections to the target family. The source's primary contact becomes a secondary one.

    Raises:
        NotFound: no such family at this practice.
        Invalid: the two are one and the same.
    """
    if source_id == target_id:
        raise Invalid.field("source_family_id", "is this very family; name the other one")
    await _lock_both(uow, practice_id, source_id, target_id)
    connections = await _take_connections(uow, practice_id, source_id)
    await uow.execute(update(Pet).where(Pet.practice_id == practice_id, Pet.family_id == source_id).values(family_id=target_id))
    if connections:
        await uow.execute(insert(Connection), [{**connection, "family_id": target_id} for connection in connections])
    await uow.execute(_MOVE_INVITATIONS, {"practice_id": practice_id, "source": source_id, "target": target_id})
    await _move_contacts(uow, practice_id, source_id=source_id, target_id=target_id)


async def remove_empty_family(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> None:
    """The database refuses while anything still belongs to it."""
    await uow.execute(delete(Family).where(Family.practice_id == practice_id, Family.id == family_id))


async def _lock_both(uow: UnitOfWork, practice_id: UUID, *family_ids: UUID) -> None:
    statement = select(Family.id).where(Family.practice_id == practice_id, Family.id.in_(family_ids)).order_by(Family.id)
    if len((await uow.execute(statement.with_for_update())).all()) < len(family_ids):
        raise NotFound


async def _take_connections(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> list[dict[str, object]]:
    """A connection names pet and family together, so it steps aside while the pet changes its family."""
    statement = (
        delete(Connection)
        .where(Connection.practice_id == practice_id, Connection.family_id == family_id)
        .returning(*Connection.__table__.columns)
    )
    return [dict(row) for row in (await uow.execute(statement)).mappings()]


async def _move_contacts(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID) -> None:
    moved = await uow.execute(
        _MOVE_CONTACTS,
        {
            "practice_id": practice_id,
            "source": source_id,
            "target": target_id,
            "primary": ContactRole.PRIMARY,
            "secondary": ContactRole.SECONDARY,
        },
    )
    for contact_id in moved.scalars():
        uow.emit(Hint.access(practice_id, contact_id))


_MOVE_INVITATIONS = text("""
UPDATE family_invitation SET family_id = :target WHERE practice_id = :practice_id AND family_id = :source
""")
_MOVE_CONTACTS = text("""
UPDATE contact SET family_id = :target, role = CASE role WHEN :primary THEN :secondary ELSE role END
WHERE practice_id = :practice_id AND family_id = :source
RETURNING id
""")
