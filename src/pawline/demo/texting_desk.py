"""Making the practice text, for the phones: a nurse writes to a number as many texts as asked for."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from pawline.consent.changes import Category
from pawline.consent.service import may_send
from pawline.deliveries.service import TextRefused
from pawline.families.numbers import holders_of
from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.texting.clinic_numbers import Pair, lock_pair, number_of_clinic
from pawline.threads.conversations import end_conversation
from pawline.threads.desk import Desk
from pawline.threads.drafts import MessageDraft
from pawline.threads.opening import ensure_thread
from pawline.threads.text_conversations import TextConversationDraft, add_text_conversation, open_text_conversation_of

# tenancy: the made-up practices of the demo; a number abroad is texted by the clinic of its country.
_NURSES = text("""
SELECT s.practice_id, s.id, p.name, s.role, c.id AS clinic_id
FROM clinic c
JOIN practice y ON y.id = c.practice_id AND y.is_demo
JOIN number n ON n.practice_id = c.practice_id AND n.clinic_id = c.id AND n.state = 'enabled'
JOIN staff_clinic w ON w.practice_id = c.practice_id AND w.clinic_id = c.id
JOIN staff_member s ON s.practice_id = w.practice_id AND s.id = w.staff_id AND s.left_at IS NULL
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
WHERE (c.country = 'GB') = (:number LIKE '+44%')
ORDER BY n.enabled_at, c.id, s.job_title = 'Nurse' DESC, s.created_at LIMIT 1
""")
# tenancy: as above.
_FORGET = text("""
DELETE FROM contact_number k USING practice y WHERE y.id = k.practice_id AND y.is_demo AND k.number = :number
""")


async def nurse_for(uow: UnitOfWork, number: str) -> Actor:
    """Who texts with this number (E.164). Raises NotFound where no clinic of the demo does."""
    row: Any = (await uow.execute(_NURSES, {"number": number})).one_or_none()
    if row is None:
        raise NotFound
    return Actor(
        practice_id=row.practice_id,
        person_id=row.id,
        session_id=uuid4(),
        kind="staff",
        name=row.name,
        role=Role(row.role),
        clinic_ids=(row.clinic_id,),
    )


async def text_number(desk: Desk, number: str, bodies: list[str]) -> None:
    """
    Raises:
        NotFound: nobody at the practice has this number.
        TextRefused: it gets no texts.
    """
    async with desk.database.transaction() as uow:
        nurse = await nurse_for(uow, number)
        thread_id, conversation_id = await _conversation(uow, nurse, number)
    for body in bodies:
        draft = MessageDraft(client_id=uuid4(), body=body, text_conversation_id=conversation_id)
        await desk.texts.post(desk, nurse, draft, thread_id=thread_id)


async def forget_number(desk: Desk, number: str) -> None:
    """From now on nobody knows whose number it is; what was texted stays."""
    async with desk.database.transaction() as uow:
        nurse = await nurse_for(uow, number)
        found = await number_of_clinic(uow, nurse.practice_id, nurse.clinic_ids[0])
        conversation = await _open_conversation(uow, nurse, found.id, contact_number=number) if found else None
    if conversation is not None:
        await end_conversation(desk, nurse, conversation.thread_id, conversation_id=conversation.id)
    async with desk.database.transaction() as uow:
        await uow.execute(_FORGET, {"number": number})


async def _conversation(uow: UnitOfWork, nurse: Actor, contact_number: str) -> tuple[UUID, UUID]:
    """The thread and the conversation that is open between the two numbers, or a new one."""
    number = await number_of_clinic(uow, nurse.practice_id, nurse.clinic_ids[0])
    holders = await holders_of(uow, nurse.practice_id, contact_number)
    if number is None or not holders:
        raise NotFound
    await lock_pair(uow, Pair(number, contact_number))
    about: dict[str, Any] = {"number_id": number.id, "contact_number": contact_number}
    if denial := await may_send(uow, nurse.practice_id, **about, category=Category.TWO_WAY):
        raise TextRefused(denial)
    if (found := await _open_conversation(uow, nurse, number.id, contact_number=contact_number)) is not None:
        return found.thread_id, found.id
    thread_id = await ensure_thread(uow, nurse.practice_id, family_id=holders[0].family_id, clinic_id=number.clinic_id)
    draft = TextConversationDraft(f"A word with {holders[0].name}", number.id, contact_number, nurse.person_id)
    return thread_id, await add_text_conversation(uow, nurse.practice_id, thread_id, draft=draft)


async def _open_conversation(uow: UnitOfWork, nurse: Actor, number_id: UUID, *, contact_number: str) -> Any | None:
    return await open_text_conversation_of(uow, nurse.practice_id, number_id=number_id, contact_number=contact_number)
