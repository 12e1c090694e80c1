"""Who is texting: the contact and the thread behind a number, and the conversation that is open with it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.families.numbers import Holder, add_guest, holders_of
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.phone_numbers import ABROAD, format_for_people
from pawline.texting.clinic_numbers import ClinicNumber, Pair
from pawline.texting.writing import Place
from pawline.threads.entries import Author
from pawline.threads.opening import ensure_thread
from pawline.threads.text_conversations import TextConversationDraft, add_text_conversation, open_text_conversation_of


@dataclass(frozen=True, slots=True)
class Sender:
    """``holder`` stands for all who share the number; ``is_shared`` says that it may have been any of them."""

    holder: Holder
    is_shared: bool
    number: str

    @property
    def author(self) -> Author:
        return Author(self.holder.contact_id, self.name, "contact")

    @property
    def name(self) -> str:
        """As it is kept with the message."""
        return f"{self.holder.family_name} via {format_for_people(self.number, ABROAD)}" if self.is_shared else self.holder.name


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who got in touch, and where that belongs. ``is_first``: no conversation was open, so one was begun."""

    sender: Sender
    place: Place
    is_first: bool


async def find_or_add_arrival(uow: UnitOfWork, pair: Pair) -> Arrival:
    """For whatever comes from a phone; a number that nobody has on file becomes a guest."""
    open_conversation = await open_conversation_of(uow, pair)
    sender = await _find_or_add_sender(uow, pair, open_conversation=open_conversation)
    place = await _find_or_add_place(uow, pair, sender, open_conversation=open_conversation)
    return Arrival(sender, place, is_first=open_conversation is None)


async def _find_or_add_sender(uow: UnitOfWork, pair: Pair, *, open_conversation: Any | None) -> Sender:
    holders = await holders_of(uow, pair.practice_id, pair.contact_number)
    if not holders:
        return Sender(await add_guest(uow, pair.practice_id, pair.contact_number), False, pair.contact_number)
    family_id = holders[0].family_id
    if len({holder.family_id for holder in holders}) > 1:
        family_id = await _likeliest_family(uow, pair, holders, open_conversation=open_conversation)
    family = [holder for holder in holders if holder.family_id == family_id] or holders[:1]
    return Sender(family[0], len(holders) > 1, pair.contact_number)


async def _find_or_add_place(uow: UnitOfWork, pair: Pair, sender: Sender, *, open_conversation: Any | None) -> Place:
    if open_conversation is not None:
        return Place(pair, open_conversation.thread_id, open_conversation.id)
    holder = sender.holder
    thread_id = await ensure_thread(uow, pair.practice_id, family_id=holder.family_id, clinic_id=pair.number.clinic_id)
    title = await conversation_title(uow, pair.number, holder)
    draft = TextConversationDraft(title, pair.number.id, pair.contact_number, holder.contact_id)
    return Place(pair, thread_id, await add_text_conversation(uow, pair.practice_id, thread_id, draft=draft))


async def conversation_title(uow: UnitOfWork, number: ClinicNumber, holder: Holder) -> str:
    """The only pet's name, or the client's, and the date at the clinic."""
    pets = (await uow.execute(_PETS, {"practice_id": number.practice_id, "family_id": holder.family_id})).scalars().all()
    today = clock.now().astimezone(ZoneInfo(number.timezone))
    return f"{pets[0] if len(pets) == 1 else holder.name} · {today.day} {today:%b %Y}"


async def open_conversation_of(uow: UnitOfWork, pair: Pair) -> Any | None:
    return await open_text_conversation_of(uow, pair.practice_id, number_id=pair.number.id, contact_number=pair.contact_number)


async def _likeliest_family(uow: UnitOfWork, pair: Pair, holders: list[Holder], *, open_conversation: Any | None) -> UUID:
    """Of several families with one number: the one that is being talked to, or that was heard of last."""
    values = {
        "practice_id": pair.practice_id,
        "clinic_id": pair.number.clinic_id,
        "family_ids": [holder.family_id for holder in holders],
        "thread_id": open_conversation.thread_id if open_conversation is not None else None,
    }
    found = (await uow.execute(_LIKELIEST, values)).scalar_one_or_none()
    return found or holders[0].family_id


_PETS = text("""
SELECT p.name FROM pet p
WHERE p.practice_id = :practice_id AND p.family_id = :family_id AND p.died_on IS NULL
ORDER BY p.created_at, p.name LIMIT 2
""")
_LIKELIEST = text("""
SELECT t.family_id FROM thread t
WHERE t.practice_id = :practice_id AND t.clinic_id = :clinic_id AND t.family_id = ANY(CAST(:family_ids AS uuid[]))
ORDER BY t.id IS NOT DISTINCT FROM CAST(:thread_id AS uuid) DESC, t.last_message_at DESC
LIMIT 1
""")
