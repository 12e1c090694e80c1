"""What enters a text conversation without a person typing it here: replies, and lines for the team."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pawline.deliveries.service import DeliveryDraft, enqueue
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.practices.service import AUTOMATIC
from pawline.texting.clinic_numbers import Pair, number_by_id
from pawline.texting.segments import count_segments
from pawline.threads.entries import Author, Entry, add_entry


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the threads a pair of numbers talks."""

    pair: Pair
    thread_id: UUID
    conversation_id: UUID

    @property
    def practice_id(self) -> UUID:
        return self.pair.practice_id


async def place_of(uow: UnitOfWork, conversation: Any) -> Place:
    """``conversation`` is the row of a text conversation."""
    number = await number_by_id(uow, conversation.practice_id, conversation.number_id)
    return Place(Pair(number, conversation.contact_number), conversation.thread_id, conversation.id)


def automatic_author(practice_id: UUID) -> Author:
    return Author(practice_id, AUTOMATIC, "system")


async def send_automatic(
    uow: UnitOfWork, place: Place, words: str, *, bot_run_id: UUID | None = None, answers_keyword: bool = False
) -> UUID:
    """Add an automatic text to the conversation and queue it for the client's phone."""
    entry = Entry(conversation_id=place.conversation_id, author=automatic_author(place.practice_id), body=words)
    message_id = await add_entry(uow, place.practice_id, place.thread_id, entry=entry)
    draft = build_delivery(place.pair, words, message_id=message_id)
    await enqueue(uow, place.practice_id, replace(draft, bot_run_id=bot_run_id, confirms_opt_out=answers_keyword))
    return message_id


def build_delivery(pair: Pair, words: str, *, message_id: UUID | None = None) -> DeliveryDraft:
    return DeliveryDraft(
        number=pair.number.row,
        to_number=pair.contact_number,
        body=words,
        segments=count_segments(words).count,
        category="two_way",
        # Neither what people write nor an answer to what somebody just texted: only texts that nobody asked for stand back.
        is_automatic=False,
        message_id=message_id,
        request_key=new_id(),
    )


async def add_line(
    uow: UnitOfWork,
    place: Place,
    words: str,
    *,
    prompt: Literal["offer_opt_out", "offer_email"] | None = None,
    occurred_at: datetime | None = None,
) -> UUID:
    """A line that only the team sees. One that says when the client did something brings up the thread, as a text does."""
    entry = Entry(
        conversation_id=place.conversation_id,
        author=automatic_author(place.practice_id),
        body=words,
        kind="system",
        prompt=prompt,
        occurred_at=occurred_at,
        raises_thread=occurred_at is not None,
    )
    return await add_entry(uow, place.practice_id, place.thread_id, entry=entry)


async def copy_reminder(uow: UnitOfWork, place: Place, *, delivery_id: UUID, body: str, reached_at: datetime) -> None:
    """Put a reminder's text before its answer, for the team."""
    entry = Entry(
        conversation_id=place.conversation_id,
        author=automatic_author(place.practice_id),
        body=body,
        kind="reminder_copy",
        copied_delivery_id=delivery_id,
        occurred_at=reached_at,
    )
    await add_entry(uow, place.practice_id, place.thread_id, entry=entry)
