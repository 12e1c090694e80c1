"""What is written into the thread about a visit, word for word."""

from typing import Any

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.languages import Language
from pawline.schedule.times import spoken
from pawline.texting.writing import automatic_author
from pawline.threads.conversations import conversation_for_line
from pawline.threads.entries import Entry, add_entry
from pawline.threads.opening import ensure_thread

CONFIRMED = "{name} confirmed {pet}'s visit on {when}"
CONFIRMED_NO_MORE = "{name} no longer confirms {pet}'s visit on {when}"
MOVE_ASKED_NO_MORE = "{name} no longer asks to move {pet}'s visit on {when}"
# The family writes it, so it is in their language, like the words that follow.
_MOVE: dict[Language, str] = {
    "en": "Could {pet}'s visit on {when} be moved? {words}",
    "es": "¿Se puede cambiar la visita de {pet} del {when}? {words}",
}


def move_words(row: Any, words: str, *, language: Language) -> str:
    when = spoken(row.starts_at, zone=row.timezone, language=language)
    return _MOVE[language].format(pet=row.pet_name, when=when, words=words)


async def add_team_line(uow: UnitOfWork, actor: Actor, row: Any, *, words: str) -> None:
    """A line that only the team sees, in the family's thread with the clinic."""
    thread_id = await ensure_thread(uow, actor.practice_id, family_id=row.family_id, clinic_id=row.clinic_id)
    conversation = await conversation_for_line(uow, actor, thread_id, title=f"{row.pet_name} · {row.on_date:%d %b %Y}")
    name = actor.name.partition(" ")[0]
    body = words.format(name=name, pet=row.pet_name, when=spoken(row.starts_at, zone=row.timezone))
    entry = Entry(
        conversation_id=conversation.id,
        author=automatic_author(actor.practice_id),
        body=body,
        kind="system",
        channel=conversation.channel,
    )
    await add_entry(uow, actor.practice_id, thread_id, entry=entry)
