"""The first text of a conversation that the practice starts: who writes, and how to make it stop."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.consent.changes import ConsentChange, Ground, Source
from pawline.consent.service import record_ground
from pawline.platform.db import UnitOfWork
from pawline.texting.answering import answering_of
from pawline.texting.wordings import fill_welcome
from pawline.texting.writing import Place, send_automatic

VERSION = "1"


async def send_welcome(uow: UnitOfWork, place: Place, *, author_id: UUID) -> None:
    """Before the first text of a conversation that staff started, once. Whoever wrote first knows whom they wrote to."""
    if not await _is_first_of_staff(uow, place):
        return
    number = place.pair.number
    change = ConsentChange(
        contact_number=place.pair.contact_number,
        number_id=number.id,
        source=Source.STAFF,
        actor_id=author_id,
        reason="the practice started the conversation about the care of a pet",
        wording_version=f"welcome {VERSION}",
    )
    await record_ground(uow, place.practice_id, change, Ground.LEGITIMATE_INTEREST)
    await send_automatic(uow, place, await _words(uow, place))


async def _words(uow: UnitOfWork, place: Place) -> str:
    number = place.pair.number
    words = (await answering_of(uow, number)).welcome_words
    return fill_welcome(words, practice=number.practice_name, subject=await _subject(uow, place))


async def _subject(uow: UnitOfWork, place: Place) -> str:
    """The pets by name if there are few."""
    names = (await uow.execute(_PETS, {"practice_id": place.practice_id, "thread_id": place.thread_id})).scalars().all()
    return names[0] if len(names) == 1 else " and ".join(names) if len(names) == 2 else "your pet" if not names else "your pets"


async def _is_first_of_staff(uow: UnitOfWork, place: Place) -> bool:
    values = {"practice_id": place.practice_id, "conversation_id": place.conversation_id}
    row: Any = (await uow.execute(_FIRST, values)).one()
    return row.is_of_staff and not row.has_texts


_PETS = text("""
SELECT p.name FROM thread t
JOIN pet p ON p.practice_id = t.practice_id AND p.family_id = t.family_id AND p.died_on IS NULL
WHERE t.practice_id = :practice_id AND t.id = :thread_id
ORDER BY p.created_at, p.name LIMIT 3
""")
_FIRST = text("""
SELECT p.kind = 'staff' AS is_of_staff, EXISTS (
    SELECT FROM message m
    WHERE m.practice_id = c.practice_id AND m.conversation_id = c.id AND m.kind = 'text') AS has_texts
FROM conversation c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.opened_by_id
WHERE c.practice_id = :practice_id AND c.id = :conversation_id
""")
