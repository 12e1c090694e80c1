"""Northside's text numbers, and many clients with whom it is in a text conversation."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert, select, text

from pawline.deliveries.service import NumberRow
from pawline.families.models import Contact
from pawline.families.numbers import add_number
from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, PetDraft, add_family
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.ids import new_id
from pawline.texting.models import Number
from pawline.threads.opening import ensure_thread
from pawline.threads.text_conversations import TextConversationDraft, add_text_conversation
from tests.faults.cast import Cast

CLINICS_THAT_TEXT = 4
_AREAS = (212, 312, 415, 206, 617, 503)
# Every change of a text's state is kept, so that a test can tell afterwards whether one went down.
_KEEP_CHANGES = (
    "CREATE TABLE delivery_change (id bigserial, delivery_id uuid, before text, after text)",
    """
    CREATE FUNCTION keep_delivery_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO delivery_change (delivery_id, before, after) VALUES (new.id, old.state, new.state);
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER keep_delivery_change AFTER UPDATE OF state ON delivery
        FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION keep_delivery_change()
    """,
)


@dataclass(frozen=True, slots=True)
class Texter:
    """A client with a phone, who wrote first, so no welcome goes out to them."""

    phone: str
    clinic_number: NumberRow
    contact_id: UUID
    thread_id: UUID
    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class TextCast:
    practice_id: UUID
    numbers: list[NumberRow]


def all_phones() -> Iterator[str]:
    """Fictional ones; none twice."""
    for area in _AREAS:
        for last in range(100, 200):
            yield f"+1{area}5550{last}"


async def set_texting(url: str, cast: Cast) -> TextCast:
    async with _transaction(url) as uow:
        for statement in _KEEP_CHANGES:
            await uow.execute(text(statement))
        found = await uow.execute(text("SELECT practice_id FROM clinic WHERE id = :id"), {"id": cast.clinics[0]})
        practice_id: UUID = found.scalar_one()
        clinics = enumerate(cast.clinics[:CLINICS_THAT_TEXT])
        numbers = [await _add_number(uow, practice_id, cast, clinic_id=clinic_id, last=last) for last, clinic_id in clinics]
        return TextCast(practice_id, numbers)


async def add_texters(url: str, cast: TextCast, phones: list[str]) -> list[Texter]:
    """The first with the first number, the next with the next, and so on around."""
    async with _transaction(url) as uow:
        return [
            await _add_texter(uow, cast.practice_id, cast.numbers[place % len(cast.numbers)], phone=phone)
            for place, phone in enumerate(phones)
        ]


@asynccontextmanager
async def _transaction(url: str) -> AsyncGenerator[UnitOfWork]:
    database = Database(url, connections=1)
    try:
        async with database.transaction() as uow:
            yield uow
    finally:
        await database.close()


async def _add_number(uow: UnitOfWork, practice_id: UUID, cast: Cast, *, clinic_id: UUID, last: int) -> NumberRow:
    """Faster than any carrier allows, so that the product sets the pace."""
    row = NumberRow(id=new_id(), clinic_id=clinic_id, number=f"+1888555014{last}", carrier="twilio", rate=1000)
    now = datetime.now(UTC)
    await uow.execute(
        insert(Number).values(
            practice_id=practice_id,
            id=row.id,
            clinic_id=clinic_id,
            kind="toll_free",
            state="enabled",
            number=row.number,
            carrier=row.carrier,
            segments_per_second=row.rate,
            policy_accepted_at=now,
            requested_by_id=cast.vane.person_id,
            requested_at=now,
        )
    )
    return row


async def _add_texter(uow: UnitOfWork, practice_id: UUID, number: NumberRow, *, phone: str) -> Texter:
    draft = FamilyDraft("Hart", [ContactDraft("Olive Hart", ContactRole.PRIMARY)], [PetDraft("Pixel", "dog")])
    family_id = await add_family(uow, practice_id, draft, clinic_id=number.clinic_id)
    found = await uow.execute(select(Contact.id).where(Contact.practice_id == practice_id, Contact.family_id == family_id))
    contact_id: UUID = found.scalar_one()
    await add_number(uow, practice_id, contact_id, number=phone)
    thread_id = await ensure_thread(uow, practice_id, family_id=family_id, clinic_id=number.clinic_id)
    conversation = TextConversationDraft("Pixel", number.id, phone, contact_id)
    conversation_id = await add_text_conversation(uow, practice_id, thread_id, draft=conversation)
    return Texter(phone, number, contact_id, thread_id, conversation_id)
