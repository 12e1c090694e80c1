"""Contacts whom a clinic has chosen for chat in the app. It may be prepared while chat is for all of them still."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.families.chat import choose_for_chat, unchoose_for_chat
from pawline.moderation.queries import ListRequest, page
from pawline.moderation.telling import practice_block_changed
from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.texting.contacts import ContactView, contact_view, require_contact

_CHOSEN = """
SELECT g.contact_id, p.name, y.name AS family_name, g.chosen_at, s.name AS chosen_by_name
FROM chosen_for_chat g
JOIN contact c ON c.practice_id = g.practice_id AND c.id = g.contact_id
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN person s ON s.practice_id = g.practice_id AND s.id = g.chosen_by_id
JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
WHERE g.practice_id = :practice_id AND g.clinic_id = :clinic_id
"""
_BEFORE = "AND (g.chosen_at, g.contact_id) < (:before_at, :before_id)"
_COUNT_OTHERS = text("""
SELECT count(*) FROM contact c
WHERE c.practice_id = :practice_id AND c.role IN ('primary', 'secondary')
    AND c.app_joined_at IS NOT NULL AND c.chat_disabled_at IS NULL
    AND c.family_id IN (
        SELECT n.family_id FROM connection n
        WHERE n.practice_id = :practice_id AND n.clinic_id = :clinic_id AND n.state = 'accepted')
    AND NOT EXISTS (
        SELECT FROM chosen_for_chat g
        WHERE g.practice_id = c.practice_id AND g.clinic_id = :clinic_id AND g.contact_id = c.id)
""")


class ChosenContact(msgspec.Struct, frozen=True):
    contact_id: UUID
    name: str
    family_name: str
    chosen_at: datetime
    chosen_by_name: str


class ChosenContactPage(msgspec.Struct, frozen=True):
    """Newest first. ``other_app_users``: how many more use the app, and cannot write where chat is for chosen ones only."""

    contacts: list[ChosenContact]
    next_cursor: str | None
    other_app_users: int


async def list_chosen(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, request: ListRequest) -> ChosenContactPage:
    """Raises NotFound for a clinic at which the actor does not work."""
    _require_clinic(actor, clinic_id)
    key = {"practice_id": actor.practice_id, "clinic_id": clinic_id}
    statement = f"{_CHOSEN} {_BEFORE if request.cursor else ''} ORDER BY g.chosen_at DESC, g.contact_id DESC LIMIT :limit"
    rows: Any = (await uow.execute(text(statement), {**key, **page(request)})).all()
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.chosen_at, row.contact_id))
    others = (await uow.execute(_COUNT_OTHERS, key)).scalar_one()
    return ChosenContactPage([msgspec.convert(row, ChosenContact, from_attributes=True) for row in shown], next_cursor, others)


async def choose_contact(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, contact_id: UUID) -> ContactView:
    """Doing it again changes nothing. Raises NotFound for whom the clinic has nothing to do with."""
    _require_clinic(actor, clinic_id)
    contact = await require_contact(uow, actor, contact_id, clinic_id=clinic_id)
    await choose_for_chat(uow, actor.practice_id, contact_id, clinic_id=clinic_id, by_id=actor.person_id)
    uow.emit(practice_block_changed(actor.practice_id, contact_id, family_id=contact.family_id))
    return await contact_view(uow, actor, contact_id)


async def unchoose_contact(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, contact_id: UUID) -> ContactView:
    """The same the other way round; also for whom the clinic has nothing to do with any more."""
    _require_clinic(actor, clinic_id)
    contact = await require_contact(uow, actor, contact_id)
    await unchoose_for_chat(uow, actor.practice_id, contact_id, clinic_id=clinic_id)
    uow.emit(practice_block_changed(actor.practice_id, contact_id, family_id=contact.family_id))
    return await contact_view(uow, actor, contact_id)


def _require_clinic(actor: Actor, clinic_id: UUID) -> None:
    if clinic_id not in actor.clinic_ids:
        raise NotFound
