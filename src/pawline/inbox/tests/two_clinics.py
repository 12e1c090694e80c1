"""Northside's Hart family at both of its clinics, and who works where."""

from uuid import UUID, uuid4

from sqlalchemy import insert, text

from pawline.families.models import Connection, ConnectionState
from pawline.platform import clock
from pawline.threads.opening import ensure_thread
from pawline.threads.text_conversations import TextConversationDraft, add_text_conversation
from tests.texting_scene import OLIVE, Texting
from tests.world import Caller, World

_WORKS = text("INSERT INTO staff_clinic (practice_id, staff_id, clinic_id) VALUES (:practice_id, :staff_id, :clinic_id)")


async def connect_elsewhere(world: World) -> None:
    """Pixel is treated at the other clinic too."""
    ids = {"practice_id": UUID(world.practice_id), "family_id": UUID(world.family_id), "pet_id": UUID(world.pixel_id)}
    at = {"clinic_id": UUID(world.other_clinic_id), "state": ConnectionState.ACCEPTED, "changed_at": clock.now()}
    async with world.product.database.transaction() as uow:
        await uow.execute(insert(Connection).values(**ids, **at, id=uuid4()))


async def thread_elsewhere(world: World) -> str:
    """The family's thread with the other clinic."""
    await connect_elsewhere(world)
    where = {"family_id": UUID(world.family_id), "clinic_id": UUID(world.other_clinic_id)}
    async with world.product.database.transaction() as uow:
        return str(await ensure_thread(uow, UUID(world.practice_id), **where))


async def text_elsewhere(texting: Texting, thread_id: str) -> None:
    """The other clinic has a conversation by text with Olive in the family's thread there."""
    number_id, olive_id = texting.number_id, UUID(texting.world.olive.id)
    draft = TextConversationDraft(title="Hart", number_id=number_id, contact_number=OLIVE, opened_by_id=olive_id)
    async with texting.desk.database.transaction() as uow:
        await add_text_conversation(uow, texting.practice_id, UUID(thread_id), draft=draft)


async def employ_at_both(world: World, *people: Caller) -> None:
    async with world.product.database.transaction() as uow:
        for person in people:
            ids = {"practice_id": UUID(world.practice_id), "staff_id": UUID(person.id)}
            await uow.execute(_WORKS, {**ids, "clinic_id": UUID(world.other_clinic_id)})
