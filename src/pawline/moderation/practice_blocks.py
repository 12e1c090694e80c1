"""The practice takes nothing more from a contact, in the app or by text, or from a number. They are told whom to call."""

from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from pawline.moderation.block_rows import block_in_force, block_of, blocks_of
from pawline.moderation.models import PracticeBlock
from pawline.moderation.queries import ListRequest
from pawline.moderation.telling import practice_block_changed
from pawline.moderation.views import NumberBlockRequest, PracticeBlockPage, PracticeBlockView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.phone_numbers import ABROAD, format_for_people, require_e164
from pawline.platform.text import require_storable
from pawline.practices.service import country_of_clinic
from pawline.texting.contacts import require_contact
from pawline.threads.access import visible_clinic_ids


async def block_contact(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, reason: str) -> PracticeBlockView:
    """Blocking a blocked contact changes nothing, the reason neither. Raises NotFound for whom the actor may not see."""
    reason = _require_reason(reason)
    contact = await require_contact(uow, actor, contact_id)
    view = await _find_or_add(uow, actor, "contact_id", key=contact.id, reason=reason)
    uow.emit(practice_block_changed(actor.practice_id, contact.id, family_id=contact.family_id))
    return view


async def block_number(uow: UnitOfWork, actor: Actor, request: NumberBlockRequest) -> PracticeBlockView:
    """Hold the texts of a number, whoever has it. Blocking it again changes nothing.

    Raises:
        Invalid: it is no phone number, or no reason is given.
    """
    reason = _require_reason(request.reason)
    require_storable("contact_number", request.contact_number)
    number = require_e164("contact_number", request.contact_number, await _country(uow, actor))
    return await _find_or_add(uow, actor, "contact_number", key=number, reason=reason)


async def lift_block(uow: UnitOfWork, actor: Actor, block_id: UUID) -> None:
    """Raises NotFound for a block that is lifted, or that the actor may not see."""
    await _lift(uow, actor, await block_of(uow, actor, block_id))


async def lift_block_of_contact(uow: UnitOfWork, actor: Actor, contact_id: UUID) -> None:
    """Raises NotFound for a contact who is not blocked, or whom the actor may not see."""
    await _lift(uow, actor, await block_in_force(uow, actor, "contact_id", key=contact_id))


async def list_practice_blocks(uow: UnitOfWork, actor: Actor, request: ListRequest) -> PracticeBlockPage:
    rows = await blocks_of(uow, actor, request)
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.since, row.id))
    return PracticeBlockPage(blocks=[_view(row) for row in shown], next_cursor=next_cursor)


def _require_reason(reason: str) -> str:
    require_storable("reason", reason)
    if not reason.strip():
        raise Invalid.field("reason", "is empty; say why, for your colleagues")
    return reason.strip()


async def _country(uow: UnitOfWork, actor: Actor) -> str:
    """Where a number without its country's code is from."""
    clinic_ids = visible_clinic_ids(actor)
    return await country_of_clinic(uow, actor.practice_id, clinic_ids[0]) if clinic_ids else ABROAD


async def _find_or_add(
    uow: UnitOfWork, actor: Actor, of: Literal["contact_id", "contact_number"], *, key: UUID | str, reason: str
) -> PracticeBlockView:
    statement = insert(PracticeBlock).values(
        practice_id=actor.practice_id,
        id=new_id(),
        reason=reason,
        blocked_by_id=actor.person_id,
        since=clock.now(),
        **{of: key},
    )
    await uow.execute(statement.on_conflict_do_nothing())
    return _view(await block_in_force(uow, actor, of, key=key))


async def _lift(uow: UnitOfWork, actor: Actor, block: Any | None) -> None:
    if block is None:
        raise NotFound
    statement = (
        update(PracticeBlock)
        .where(PracticeBlock.practice_id == actor.practice_id, PracticeBlock.id == block.id, PracticeBlock.lifted_at.is_(None))
        .values(lifted_at=clock.now(), lifted_by_id=actor.person_id)
        .returning(PracticeBlock.id)
    )
    if (await uow.execute(statement)).one_or_none() is None:
        raise NotFound
    if block.contact_id is not None:
        uow.emit(practice_block_changed(actor.practice_id, block.contact_id, family_id=block.family_id))


def _view(row: Any) -> PracticeBlockView:
    shown = row.contact_number and format_for_people(row.contact_number, ABROAD)
    return msgspec.convert({**row._asdict(), "number_shown": shown}, PracticeBlockView)
