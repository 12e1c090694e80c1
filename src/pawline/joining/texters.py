"""Somebody who texts a clinic joins the app: from then on nobody asks them by text who they are."""

from uuid import UUID

from pawline.platform.db import UnitOfWork
from pawline.texting.clinic_numbers import Pair, lock_pair, number_of_clinic
from pawline.texting.profile_bot import stop_questions
from pawline.texting.senders import open_conversation_of
from pawline.threads.entries import lock_thread


async def end_questions(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, contact_number: str) -> None:
    """Until the commit no text of this number is taken in, so that the same person is not added a second time, as a guest."""
    number = await number_of_clinic(uow, practice_id, clinic_id)
    if number is None:
        return
    pair = Pair(number, contact_number)
    await lock_pair(uow, pair)
    conversation = await open_conversation_of(uow, pair)
    if conversation is not None:
        await lock_thread(uow, practice_id, conversation.thread_id)
        await stop_questions(uow, practice_id, conversation.id, state="stopped_by_contact")
