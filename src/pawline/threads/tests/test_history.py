from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from pawline.families.models import Contact, Family
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.person import Person
from pawline.practices.models import Clinic, Practice
from pawline.threads.history import PastAuthor, PastConversation, PastMessage, PastReader, PastThread, write_history
from pawline.threads.models import Conversation, Message, ReadMark, Thread

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
NORA = PastAuthor(uuid4(), "Nora Ames", "staff")
OLIVE = PastAuthor(uuid4(), "Olive Hart", "contact")
PRACTICE, CLINIC, FAMILY = uuid4(), uuid4(), uuid4()


@pytest.fixture
async def uow(database_url: str) -> AsyncGenerator[UnitOfWork]:
    """A transaction with Northside, Nora and Olive in it, which leaves nothing behind."""
    database = Database(database_url, connections=1)
    async with database.engine.connect() as connection, connection.begin() as transaction:
        uow = UnitOfWork(connection)
        here = {"practice_id": PRACTICE}
        await uow.execute(insert(Practice).values(id=PRACTICE, name="Northside Veterinary", created_at=NOON))
        place = {"name": "Hill Street", "country": "US", "timezone": "America/New_York"}
        await uow.execute(insert(Clinic).values(**here, id=CLINIC, created_at=NOON, **place))
        await uow.execute(insert(Person), [{**here, "id": who.id, "kind": who.kind, "name": who.name} for who in (NORA, OLIVE)])
        await uow.execute(insert(Family).values(**here, id=FAMILY, name="Hart", created_at=NOON))
        await uow.execute(insert(Contact).values(**here, id=OLIVE.id, family_id=FAMILY, role="primary", created_at=NOON))
        yield uow
        await transaction.rollback()
    await database.close()


def said(minute: int, author: PastAuthor, body: str, *, kind: Literal["text", "note"] = "text") -> PastMessage:
    return PastMessage(uuid4(), uuid4(), author, body, NOON + timedelta(minutes=minute), kind=kind)


def conversation(title: str, *messages: PastMessage, ended_after: int | None = None) -> PastConversation:
    first = messages[0]
    ended_at = NOON + timedelta(minutes=ended_after) if ended_after is not None else None
    ended_by = NORA if ended_at else None
    return PastConversation(uuid4(), title, messages, first.author, first.written_at, ended_by, ended_at)


def thread(*conversations: PastConversation, readers: tuple[PastReader, ...] = ()) -> PastThread:
    return PastThread(PRACTICE, uuid4(), FAMILY, CLINIC, NOON, conversations, readers)


async def rows_of(uow: UnitOfWork, model: Any, *order: Any) -> list[Any]:
    return list(await uow.execute(select(model.__table__).where(model.practice_id == PRACTICE).order_by(*order)))


async def test_messages_are_numbered_by_the_time_they_were_written(uow: UnitOfWork) -> None:
    later, earlier = (
        conversation("Diet", said(20, OLIVE, "c")),
        conversation("Limping", said(0, OLIVE, "a"), said(1, NORA, "b"), ended_after=5),
    )
    await write_history(uow, thread(later, earlier))
    messages = await rows_of(uow, Message, Message.seq)

    assert [(1, "a"), (2, "b"), (3, "c")] == [(row.seq, row.body) for row in messages]
    assert ["Olive Hart", "Nora Ames", "Olive Hart"] == [row.author_name for row in messages]
    assert ["contact", "staff", "contact"] == [row.author_kind for row in messages]


async def test_revisions_follow_the_last_change_of_each_row(uow: UnitOfWork) -> None:
    ended = conversation("Limping", said(0, OLIVE, "a"), said(1, NORA, "b"), ended_after=5)
    past = thread(ended, conversation("Diet", said(20, OLIVE, "c")), readers=(PastReader(NORA, NOON + timedelta(minutes=10)),))
    await write_history(uow, past)
    stored = (await rows_of(uow, Thread))[0]

    assert [1, 2, 6] == [row.revision for row in await rows_of(uow, Message, Message.seq)]
    assert [3, 5] == [row.revision for row in await rows_of(uow, Conversation, Conversation.opened_at)]
    assert [(4, 2)] == [(row.revision, row.up_to_seq) for row in await rows_of(uow, ReadMark)]
    assert (6, 3) == (stored.revision, stored.last_seq)


async def test_thread_points_at_its_open_conversation_and_last_text(uow: UnitOfWork) -> None:
    going_on = conversation("Diet", said(20, OLIVE, "c"), said(30, NORA, "ask Dr Vane", kind="note"))
    await write_history(uow, thread(going_on))
    stored = (await rows_of(uow, Thread))[0]

    assert going_on.id == stored.open_conversation_id
    assert NOON + timedelta(minutes=20) == stored.last_message_at


async def test_deleted_message_keeps_its_text_for_administrators(uow: UnitOfWork) -> None:
    """C14: as one that was deleted in the app does."""
    deleted = replace(said(0, OLIVE, "not meant for you"), deleted_at=NOON + timedelta(minutes=3))
    await write_history(uow, thread(conversation("Limping", deleted, said(1, NORA, "b"))))
    messages = await rows_of(uow, Message, Message.seq)

    assert [(1, "not meant for you"), (2, "b")] == [(row.seq, row.body) for row in messages]
    assert messages[0].revision > messages[1].revision


async def test_mark_of_a_contact_never_stands_at_a_note(uow: UnitOfWork) -> None:
    entries = said(0, OLIVE, "a"), said(1, NORA, "b", kind="note")
    readers = tuple(PastReader(who, NOON + timedelta(minutes=9)) for who in (NORA, OLIVE))
    await write_history(uow, thread(conversation("Limping", *entries), readers=readers))
    marks: dict[UUID, int] = {row.person_id: row.up_to_seq for row in await rows_of(uow, ReadMark)}

    assert {NORA.id: 2, OLIVE.id: 1} == marks


async def test_second_thread_of_a_family_with_a_clinic_is_refused(uow: UnitOfWork) -> None:  # I2
    await write_history(uow, thread(conversation("Limping", said(0, OLIVE, "a"))))

    with pytest.raises(IntegrityError, match="one_thread_per_family_and_clinic"):
        await write_history(uow, thread(conversation("Diet", said(1, OLIVE, "b"))))


async def test_two_open_conversations_are_refused(uow: UnitOfWork) -> None:
    both = conversation("Limping", said(0, OLIVE, "a")), conversation("Diet", said(1, OLIVE, "b"))

    with pytest.raises(IntegrityError, match="one_open_app_conversation_per_thread"):
        await write_history(uow, thread(*both))


async def test_thread_without_messages_is_as_old_as_itself(uow: UnitOfWork) -> None:
    await write_history(uow, thread())
    stored = (await rows_of(uow, Thread))[0]

    assert (0, 0, NOON) == (stored.last_seq, stored.revision, stored.last_message_at)
