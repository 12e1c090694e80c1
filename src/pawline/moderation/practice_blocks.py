"""The practice takes nothing more from a contact in the app. They go on reading, and are told whom to call."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert

from pawline.moderation.models import PracticeBlock
from pawline.moderation.queries import ListRequest, practice_block_of, practice_blocks_of
from pawline.moderation.telling import practice_block_changed
from pawline.moderation.views import PracticeBlockPage, PracticeBlockView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.cursors import write_cursor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.text import require_storable
from pawline.texting.contacts import ContactRow, require_contact


async def block_contact(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, reason: str) -> PracticeBlockView:
    """Blocking a blocked contact changes nothing, the reason neither. Raises NotFound for whom the actor may not see."""
    require_storable("reason", reason)
    if not reason.strip():
        raise Invalid.field("reason", "is empty; say why, for your colleagues")
    contact = await require_contact(uow, actor, contact_id)
    await _insert_block(uow, actor, contact, reason=reason.strip())
    return _view(await practice_block_of(uow, actor, contact_id))


async def lift_block(uow: UnitOfWork, actor: Actor, contact_id: UUID) -> None:
    """Raises NotFound for a contact who is not blocked, or whom the actor may not see."""
    contact = await require_contact(uow, actor, contact_id)
    statement = (
        update(PracticeBlock)
        .where(
            PracticeBlock.practice_id == actor.practice_id,
            PracticeBlock.contact_id == contact_id,
            PracticeBlock.lifted_at.is_(None),
        )
        .values(lifted_at=clock.now(), lifted_by_id=actor.person_id)
        .returning(PracticeBlock.id)
    )
    if (await uow.execute(statement)).one_or_none() is None:
        raise NotFound
    uow.emit(practice_block_changed(actor.practice_id, contact_id, family_id=contact.family_id))


async def list_practice_blocks(uow: UnitOfWork, actor: Actor, request: ListRequest) -> PracticeBlockPage:
    rows = await practice_blocks_of(uow, actor, request)
    shown = rows[: request.limit]
    return PracticeBlockPage(
        blocks=[_view(row) for row in shown],
        next_cursor=write_cursor(shown[-1].since, shown[-1].id) if len(rows) > len(shown) else None,
    )


async def _insert_block(uow: UnitOfWork, actor: Actor, contact: ContactRow, *, reason: str) -> None:
    statement = insert(PracticeBlock).values(
        practice_id=actor.practice_id,
        id=new_id(),
        contact_id=contact.id,
        reason=reason,
        blocked_by_id=actor.person_id,
        since=clock.now(),
    )
    await uow.execute(
        statement.on_conflict_do_nothing(index_elements=["practice_id", "contact_id"], index_where=text("lifted_at IS NULL"))
    )
    uow.emit(practice_block_changed(actor.practice_id, contact.id, family_id=contact.family_id))


def _view(row: Any) -> PracticeBlockView:
    return msgspec.convert(row, PracticeBlockView, from_attributes=True)
