"""Questions that go on where they stood, because the end of their conversation was taken back."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import text

from pawline.consent.service import Category, may_send
from pawline.deliveries.service import enqueue, withdrawn_bot_texts
from pawline.platform.db import UnitOfWork
from pawline.texting.writing import Place, build_delivery
from pawline.threads.entries import touch_messages

# What an earlier end stopped stays stopped.
_RESUME = text("""
UPDATE bot_run r SET state = 'asking', ended_at = NULL
WHERE r.practice_id = :practice_id AND r.conversation_id = :conversation_id AND r.state = 'ended' AND r.ended_at >= :ended_at
RETURNING r.id
""")


async def resume_questions(uow: UnitOfWork, place: Place, *, ended_at: datetime) -> None:
    """Of a conversation that ended then, whose thread is locked. What the end kept from leaving goes out now.

    Where nothing may be texted any more, nothing is asked either.
    """
    if not await _may_ask(uow, place):
        return
    values = {"practice_id": place.practice_id, "conversation_id": place.conversation_id, "ended_at": ended_at}
    for run_id in (await uow.execute(_RESUME, values)).scalars().all():
        withdrawn = await withdrawn_bot_texts(uow, place.practice_id, run_id, since=ended_at)
        for each in withdrawn:
            draft = build_delivery(place.pair, each.body, message_id=each.message_id)
            await enqueue(uow, place.practice_id, replace(draft, bot_run_id=run_id))
        await touch_messages(uow, place.practice_id, [each.message_id for each in withdrawn])


async def _may_ask(uow: UnitOfWork, place: Place) -> bool:
    number, to_number = place.pair.number, place.pair.contact_number
    if not number.is_enabled:
        return False
    denial = await may_send(uow, place.practice_id, number_id=number.id, contact_number=to_number, category=Category.TWO_WAY)
    return denial is None
