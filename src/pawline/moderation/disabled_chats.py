"""App chat, disabled for single contacts. They go on reading, are told so and whom to call, and may be texted instead."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.families.chat import disable_chat, enable_chat
from pawline.moderation.queries import ListRequest, access, page
from pawline.moderation.telling import practice_block_changed
from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page
from pawline.platform.db import UnitOfWork
from pawline.texting.contacts import ContactView, contact_view, require_contact

_DISABLED = """
SELECT c.id AS contact_id, p.name, y.name AS family_name, c.chat_disabled_at AS disabled_at, s.name AS disabled_by_name
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN person s ON s.practice_id = c.practice_id AND s.id = c.chat_disabled_by_id
JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
WHERE c.practice_id = :practice_id AND c.chat_disabled_at IS NOT NULL AND (
    EXISTS (SELECT FROM thread t WHERE t.practice_id = c.practice_id AND t.family_id = c.family_id
            AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])))
    OR EXISTS (SELECT FROM connection n WHERE n.practice_id = c.practice_id AND n.family_id = c.family_id
               AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[])) AND n.state = 'accepted'))
"""
_BEFORE = "AND (c.chat_disabled_at, c.id) < (:before_at, :before_id)"


class DisabledChat(msgspec.Struct, frozen=True):
    contact_id: UUID
    name: str
    family_name: str
    disabled_at: datetime
    disabled_by_name: str


class DisabledChatPage(msgspec.Struct, frozen=True):
    """Newest first."""

    contacts: list[DisabledChat]
    next_cursor: str | None


async def list_disabled_chats(uow: UnitOfWork, actor: Actor, request: ListRequest) -> DisabledChatPage:
    statement = f"{_DISABLED} {_BEFORE if request.cursor else ''} ORDER BY c.chat_disabled_at DESC, c.id DESC LIMIT :limit"
    rows: Any = (await uow.execute(text(statement), {**access(actor), **page(request)})).all()
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.disabled_at, row.contact_id))
    return DisabledChatPage([msgspec.convert(row, DisabledChat, from_attributes=True) for row in shown], next_cursor)


async def disable_chat_for(uow: UnitOfWork, actor: Actor, contact_id: UUID) -> ContactView:
    """Doing it again changes nothing. Raises NotFound for whom the actor may not see."""
    contact = await require_contact(uow, actor, contact_id)
    await disable_chat(uow, actor.practice_id, contact_id, by_id=actor.person_id)
    uow.emit(practice_block_changed(actor.practice_id, contact_id, family_id=contact.family_id))
    return await contact_view(uow, actor, contact_id)


async def enable_chat_for(uow: UnitOfWork, actor: Actor, contact_id: UUID) -> ContactView:
    """The same the other way round."""
    contact = await require_contact(uow, actor, contact_id)
    await enable_chat(uow, actor.practice_id, contact_id)
    uow.emit(practice_block_changed(actor.practice_id, contact_id, family_id=contact.family_id))
    return await contact_view(uow, actor, contact_id)
