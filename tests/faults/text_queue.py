"""Many texts queued at one moment, written straight into the tables: asking for each by itself takes longer than sending it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, update

from pawline.deliveries.models import Delivery
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.ids import new_id
from pawline.threads.models import Message, Thread
from tests.faults.cast import SignedIn
from tests.faults.text_cast import TextCast, Texter
from tests.faults.text_checker import TextRecord

Row = dict[str, Any]


async def queue_texts(url: str, cast: TextCast, record: TextRecord, *, messages: Sequence[tuple[Texter, SignedIn]]) -> None:
    """Messages of one thread that is still empty, in this order."""
    rows, now = list[Row](), clock.now()
    for number, (texter, author) in enumerate(messages, 1):
        body = f"Pixel can come {number} {uuid4()}"
        record.acknowledge(record.ask(texter.phone, body))
        rows.append(_message(cast, texter, author, seq=number) | {"body": body})
    deliveries = [
        _delivery(cast, texter, at=now + timedelta(milliseconds=2 * number)) | {"body": row["body"], "message_id": row["id"]}
        for number, (row, (texter, _)) in enumerate(zip(rows, messages, strict=True))
    ]
    thread_id = messages[0][0].thread_id
    await _store(url, rows, deliveries)
    database = Database(url, connections=1)
    async with database.transaction() as uow:
        statement = update(Thread).where(Thread.practice_id == cast.practice_id, Thread.id == thread_id)
        await uow.execute(statement.values(last_seq=len(rows), revision=Thread.revision + len(rows)))
    await database.close()


async def queue_reminders(url: str, cast: TextCast, record: TextRecord, *, texters: Iterator[Texter], count: int) -> None:
    """They are no messages until somebody answers them; queued between the texts of ``queue_texts``."""
    deliveries, now = list[Row](), clock.now()
    for number in range(count):
        texter, body = next(texters), f"Pixel is due {number} {uuid4()}"
        record.acknowledge(record.ask(texter.phone, body))
        row = _delivery(cast, texter, at=now + timedelta(milliseconds=2 * number))
        deliveries.append(row | {"body": body, "message_id": None, "category": "health_reminders"})
    await _store(url, [], deliveries)


async def _store(url: str, messages: list[Row], deliveries: list[Row]) -> None:
    database = Database(url, connections=1)
    async with database.transaction() as uow:
        if messages:
            await uow.execute(insert(Message), messages)
        await uow.execute(insert(Delivery), deliveries)
    await database.close()


def _message(cast: TextCast, texter: Texter, author: SignedIn, *, seq: int) -> Row:
    return {
        "practice_id": cast.practice_id,
        "id": new_id(),
        "thread_id": texter.thread_id,
        "conversation_id": texter.conversation_id,
        "seq": seq,
        "revision": seq + 1,  # the first is the conversation's
        "author_id": author.person_id,
        "author_name": author.name,
        "author_kind": "staff",
        "kind": "text",
        "channel": "sms",
        "client_id": new_id(),
        "request_hash": b"",
        "has_attachments": False,
        "created_at": clock.now(),
    }


def _delivery(cast: TextCast, texter: Texter, *, at: datetime) -> Row:
    number = texter.clinic_number
    return {
        "practice_id": cast.practice_id,
        "id": new_id(),
        "clinic_id": number.clinic_id,
        "number_id": number.id,
        "carrier": number.carrier,
        "from_number": number.number,
        "to_number": texter.phone,
        "category": "two_way",
        "is_automatic": False,
        "request_key": new_id(),
        "segments": 1,
        "state": "queued",
        "due_at": at - timedelta(minutes=1),
        "queued_at": at - timedelta(minutes=1),
    }
