"""A number that proves nothing any more is proven by somebody: from now on it is theirs, and no longer of whoever had it."""

from uuid import UUID

from sqlalchemy import text

from pawline.families.numbers import Holder, holders_of, take_number
from pawline.joining.known_numbers import TRUSTED_FOR
from pawline.platform.db import UnitOfWork
from pawline.platform.phone_numbers import ABROAD, format_for_people
from pawline.texting.writing import automatic_author
from pawline.threads.conversations import conversation_for_warning
from pawline.threads.entries import Entry, add_entry
from pawline.threads.opening import ensure_thread

_TITLE = "Is {shown} still right?"
_LINE = (
    "Somebody has joined the app with {shown}, which is on file for {name} and by which nobody was heard of for {days} days. "
    "Phone companies give such numbers to others, so it is not {name}'s here any more, and who joined sees nothing of this "
    "family. Ask {name} for a number. If it was {name}, look for {shown} and merge the two families."
)
_CLINIC = text("""
SELECT t.clinic_id FROM thread t
WHERE t.practice_id = :practice_id AND t.family_id = :family_id
ORDER BY t.last_message_at DESC, t.id LIMIT 1
""")


async def part_from_number(uow: UnitOfWork, practice_id: UUID, number: str, *, clinic_id: UUID) -> None:
    """Take the number (E.164) from all who have it, and tell those who look after their families.

    It must not stay with them: one text of its new owner would make it theirs again, and reminders would go there.
    ``clinic_id``: whose team is told of a family that has never been in touch.
    """
    holders = await holders_of(uow, practice_id, number)
    await take_number(uow, practice_id, number)
    for holder in {holder.family_id: holder for holder in reversed(holders)}.values():
        await _tell_team(uow, practice_id, holder, number=number, clinic_id=clinic_id)


async def _tell_team(uow: UnitOfWork, practice_id: UUID, holder: Holder, *, number: str, clinic_id: UUID) -> None:
    last = await uow.execute(_CLINIC, {"practice_id": practice_id, "family_id": holder.family_id})
    told_id = last.scalar_one_or_none() or clinic_id
    thread_id = await ensure_thread(uow, practice_id, family_id=holder.family_id, clinic_id=told_id)
    shown = format_for_people(number, ABROAD)
    entry = Entry(
        conversation_id=await conversation_for_warning(uow, practice_id, thread_id, title=_TITLE.format(shown=shown)),
        author=automatic_author(practice_id),
        body=_LINE.format(shown=shown, name=holder.name, days=TRUSTED_FOR.days),
        kind="system",
        channel="app",
        raises_thread=True,
    )
    await add_entry(uow, practice_id, thread_id, entry=entry)
