"""The ledger and the state that follows from it, always written together."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, delete, func, insert, select, text, true
from sqlalchemy.dialects.postgresql import insert as upsert

from pawline.consent.changes import Category, ConsentChange
from pawline.consent.models import CarrierBlock, ConsentEvent, Subscription
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.person import Person


def lock_key(practice_id: UUID, contact_number: str) -> str:
    return f"consent {practice_id} {contact_number}"


async def lock_number(uow: UnitOfWork, practice_id: UUID, contact_number: str) -> None:
    """Let changes of one number's consent wait for each other until this transaction ends, also before any row is there."""
    await uow.lock(lock_key(practice_id, contact_number))


async def append(uow: UnitOfWork, practice_id: UUID, change: ConsentChange, **what: str | None) -> dict[str, Any]:
    """Add a line to the ledger; ``what`` is its layer, action, category and ground. Answers its id and time."""
    key = {"id": new_id(), "at": clock.now()}
    await uow.execute(
        insert(ConsentEvent).values(
            practice_id=practice_id,
            **key,
            contact_number=change.contact_number,
            number_id=change.number_id,
            source=change.source,
            actor_id=change.actor_id,
            message_id=change.message_id,
            reason=change.reason,
            wording_version=change.wording_version,
            **what,
        )
    )
    return key


async def categories_out(uow: UnitOfWork, practice_id: UUID, contact_number: str) -> set[Category]:
    statement = select(Subscription.category).where(
        Subscription.practice_id == practice_id, Subscription.contact_number == contact_number, Subscription.is_out
    )
    return {Category(name) for name in (await uow.execute(statement)).scalars()}


async def set_category(uow: UnitOfWork, practice_id: UUID, change: ConsentChange, *, category: Category, is_out: bool) -> None:
    event = await append(uow, practice_id, change, layer="platform", action="out" if is_out else "in", category=category)
    state = {"is_out": is_out, "since": event["at"], "event_id": event["id"]}
    row = upsert(Subscription).values(practice_id=practice_id, contact_number=change.contact_number, category=category, **state)
    await uow.execute(row.on_conflict_do_update(index_elements=["practice_id", "contact_number", "category"], set_=state))


async def is_blocked(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> bool:
    statement = select(CarrierBlock.since).where(_is_block_of(practice_id, change))
    return (await uow.execute(statement)).first() is not None


async def add_block(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> None:
    event = await append(uow, practice_id, change, layer="carrier", action="blocked")
    await uow.execute(
        insert(CarrierBlock).values(
            practice_id=practice_id,
            number_id=change.number_id,
            contact_number=change.contact_number,
            since=event["at"],
            event_id=event["id"],
        )
    )


async def remove_block(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> None:
    await append(uow, practice_id, change, layer="carrier", action="cleared")
    await uow.execute(delete(CarrierBlock).where(_is_block_of(practice_id, change)))


async def events_in_force(
    uow: UnitOfWork, practice_id: UUID, *, number_id: UUID | None, contact_number: str
) -> Sequence[Row[Any]]:
    """The events that stop texts from our number (None: from any of ours) to theirs now: a block first, then opt-outs."""
    blocks = select(CarrierBlock.event_id).where(
        CarrierBlock.practice_id == practice_id,
        CarrierBlock.number_id == number_id if number_id else true(),
        CarrierBlock.contact_number == contact_number,
    )
    opt_outs = select(Subscription.event_id).where(
        Subscription.practice_id == practice_id, Subscription.contact_number == contact_number, Subscription.is_out
    )
    statement = _events(practice_id).where(ConsentEvent.id.in_(blocks.union_all(opt_outs)))
    return (await uow.execute(statement.order_by((ConsentEvent.layer == "carrier").desc(), ConsentEvent.id))).all()


async def events_of(
    uow: UnitOfWork, practice_id: UUID, contact_number: str, *, before: UUID | None, count: int
) -> Sequence[Row[Any]]:
    """The newest first. Ids are made under the number's lock, so they are in the order in which things were decided."""
    statement = _events(practice_id).where(ConsentEvent.contact_number == contact_number)
    if before is not None:
        statement = statement.where(ConsentEvent.id < before)
    return (await uow.execute(statement.order_by(ConsentEvent.id.desc()).limit(count))).all()


async def has_ground(uow: UnitOfWork, practice_id: UUID, contact_number: str, *, ground: str) -> bool:
    statement = select(func.count()).where(
        ConsentEvent.practice_id == practice_id, ConsentEvent.contact_number == contact_number, ConsentEvent.ground == ground
    )
    return (await uow.execute(statement)).scalar_one() > 0


async def place_of(uow: UnitOfWork, practice_id: UUID, number_id: UUID) -> Row[Any] | None:
    """Our number as E.164, and country and time zone of the clinic that it belongs to."""
    statement = text("""
        SELECT n.number, c.country, c.timezone
        FROM number n JOIN clinic c ON c.practice_id = n.practice_id AND c.id = n.clinic_id
        WHERE n.practice_id = :practice_id AND n.id = :number_id
    """)
    return (await uow.execute(statement, {"practice_id": practice_id, "number_id": number_id})).one_or_none()


def _events(practice_id: UUID) -> Select[Any]:
    return (
        select(ConsentEvent.__table__, Person.name.label("actor_name"))
        .outerjoin(Person, and_(Person.practice_id == ConsentEvent.practice_id, Person.id == ConsentEvent.actor_id))
        .where(ConsentEvent.practice_id == practice_id)
    )


def _is_block_of(practice_id: UUID, change: ConsentChange) -> Any:
    return and_(
        CarrierBlock.practice_id == practice_id,
        CarrierBlock.number_id == change.number_id,
        CarrierBlock.contact_number == change.contact_number,
    )
