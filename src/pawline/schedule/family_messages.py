"""What the family reads in its thread when a visit that is still to come is moved or cancelled (PPB-2).

It is a message of whoever does it, stored with the change itself: once, however often the request is repeated, or not at all.
"""

from datetime import datetime
from typing import Any

from pawline.families.language import language_of_family
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.languages import Language
from pawline.schedule.times import spoken
from pawline.threads.conversations import open_conversation
from pawline.threads.entries import Author, Entry, add_entry
from pawline.threads.opening import ensure_thread
from pawline.threads.queries import visible_to

_CANCELLED: dict[Language, str] = {
    "en": "We had to cancel {pet}'s visit on {when}. Write to us here, and we will find another time.",
    "es": "Hemos tenido que cancelar la visita de {pet} del {when}. Escríbanos aquí y buscaremos otro momento.",
}
_MOVED: dict[Language, str] = {
    "en": "We moved {pet}'s visit on {when} to {to}. Write to us here if that does not suit you.",
    "es": "Hemos cambiado la visita de {pet} del {when} al {to}. Escríbanos aquí si no le viene bien.",
}


async def tell_cancelled(uow: UnitOfWork, actor: Actor, row: Any) -> None:
    """``row`` is as it was before the change. Nothing is said of a visit whose time had come, nor of a pet that has died."""
    if row.died_on is None and row.starts_at > clock.now():
        language = await language_of_family(uow, row.practice_id, row.family_id)
        when = spoken(row.starts_at, zone=row.timezone, language=language)
        await _post(uow, actor, row, body=_CANCELLED[language].format(pet=row.pet_name, when=when))


async def tell_moved(uow: UnitOfWork, actor: Actor, row: Any, *, to: datetime) -> None:
    """As ``tell_cancelled``. Setting down later when it really was is no news either."""
    if row.died_on is None and to > clock.now():
        language = await language_of_family(uow, row.practice_id, row.family_id)
        when, then = (spoken(moment, zone=row.timezone, language=language) for moment in (row.starts_at, to))
        await _post(uow, actor, row, body=_MOVED[language].format(pet=row.pet_name, when=when, to=then))


async def _post(uow: UnitOfWork, actor: Actor, row: Any, *, body: str) -> None:
    thread_id = await ensure_thread(uow, row.practice_id, family_id=row.family_id, clinic_id=row.clinic_id)
    thread = await visible_to(uow.connection, actor, thread_id, for_update=True)
    conversation_id = thread.open_conversation_id
    if conversation_id is None:
        title = f"{row.pet_name} · {row.on_date.day} {row.on_date:%b %Y}"
        conversation_id = await open_conversation(uow, actor, thread, title=title)
    author = Author(actor.person_id, actor.name, "staff")
    entry = Entry(conversation_id=conversation_id, author=author, body=body, channel="app", pet_ids=(row.pet_id,))
    await add_entry(uow, row.practice_id, thread_id, entry=entry)
