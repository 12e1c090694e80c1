"""The answer to a text that had a card number in it, which was taken out before it was stored."""

from datetime import timedelta

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.card_numbers import has_masked_card
from pawline.platform.db import UnitOfWork
from pawline.texting.wordings import CARD_REMOVED
from pawline.texting.writing import Place, send_automatic

# Two machines must come to an end, and whoever sends the front and then the back of a card is told once.
NOT_AGAIN_WITHIN = timedelta(hours=1)
_WAS_TOLD = text("""
    SELECT EXISTS (
        SELECT FROM message m
        WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.conversation_id = :conversation_id
            AND m.author_kind = 'system' AND m.kind = 'text' AND m.body = :words AND m.created_at > :since)
""")


async def answer_card_number(uow: UnitOfWork, place: Place, *, body: str) -> None:
    """To be called where automatic texts may go. ``body`` as it is stored."""
    if not has_masked_card(body):
        return
    words = CARD_REMOVED.format(practice=place.pair.number.practice_name)
    where = {"practice_id": place.practice_id, "thread_id": place.thread_id, "conversation_id": place.conversation_id}
    asked = {**where, "words": words, "since": clock.now() - NOT_AGAIN_WITHIN}
    if not (await uow.execute(_WAS_TOLD, asked)).scalar_one():
        await send_automatic(uow, place, words)
