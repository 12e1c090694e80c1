"""Threads at random in both clinics of the practice, written past the verbs, and what of them decides who finds them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from tests.world import Json, World

_NOW = datetime.now(UTC)
_FACTS = """
SELECT t.id, t.clinic_id, t.last_message_at, y.name, r.up_to_seq, r.marked_unread_seq,
    ARRAY(SELECT s.species FROM pet s WHERE s.family_id = t.family_id) AS species,
    (SELECT json_agg(json_build_object('channel', c.channel, 'is_open', c.ended_at IS NULL, 'is_urgent', c.urgent_at IS NOT NULL,
        'assignee_id', c.assignee_id, 'started_by', CASE n.kind WHEN 'staff' THEN 'practice' ELSE 'family' END,
        'label_ids', ARRAY(SELECT l.label_id FROM conversation_label l WHERE l.conversation_id = c.id)))
     FROM conversation c JOIN person n ON n.id = c.opened_by_id WHERE c.thread_id = t.id) AS conversations,
    (SELECT json_agg(json_build_object('seq', m.seq, 'author_id', m.author_id, 'kind', m.kind))
     FROM message m WHERE m.thread_id = t.id) AS messages
FROM thread t JOIN family y ON y.id = t.family_id LEFT JOIN read_mark r ON r.thread_id = t.id AND r.person_id = %s
WHERE t.practice_id = %s
"""


@dataclass(frozen=True, slots=True)
class Archive:
    labels: list[str]
    number_id: UUID


async def fill(world: World, random: Random, *, threads: int) -> Archive:
    """With as many threads more; a label, a species and a channel that few of them have, and others that many have."""
    archive = Archive([str(uuid4()), str(uuid4())], uuid4())
    async with world.product.database.transaction() as uow:
        pen = _Pen(uow.connection, world.practice_id)
        for label in archive.labels:
            await pen.write("label", id=label, name=label, colour="red", created_at=_NOW)
        asked = {
            "requested_by_id": world.ada.id,
            "requested_at": _NOW,
            "kind": "local",
            "state": "requested",
            "carrier": "simulator",
        }
        words = dict.fromkeys(("words", "policy_version", "verification_words"), "")
        await pen.write(
            "number", id=archive.number_id, clinic_id=world.clinic_id, fee_cents=0, segments_per_second=1, **asked, **words
        )
        for number in range(threads):
            await _add_thread(world, pen, random, archive=archive, name=f"{number:03} family")
    return archive


async def facts(world: World, person_id: str) -> list[Any]:
    """Of all threads of the practice, as this person's marks stand."""
    async with world.product.database.single_statements() as connection:
        return list((await connection.exec_driver_sql(_FACTS, (person_id, world.practice_id))).all())


@dataclass(frozen=True, slots=True)
class _Pen:
    connection: AsyncConnection
    practice_id: str

    async def write(self, table: str, **values: Any) -> None:
        row = {"practice_id": self.practice_id, **values}
        places = ", ".join(["%s"] * len(row))
        await self.connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", tuple(row.values()))  # noqa: S608 - of this file


async def _add_thread(world: World, pen: _Pen, random: Random, *, archive: Archive, name: str) -> None:
    family, contact, thread = uuid4(), uuid4(), uuid4()
    await pen.write("family", id=family, name=name, created_at=_NOW)
    await pen.write("person", id=contact, kind="contact", name=name)
    await pen.write("contact", id=contact, family_id=family, role="primary", created_at=_NOW)
    for species in random.choice((["dog"], ["dog", "Cat"], ["cat"], ["dog"], ["dog"], ["newt"], [])):
        await pen.write("pet", id=uuid4(), family_id=family, name="Rex", species=species, breed="", created_at=_NOW)
    # Some at the same moment: then the id decides.
    at, last_seq = _NOW - timedelta(hours=random.randint(1, 20)), random.randint(1, 5)
    clinic = world.other_clinic_id if random.random() < 0.3 else world.clinic_id
    rows = {"family_id": family, "clinic_id": clinic, "last_seq": last_seq, "revision": 9, "last_message_at": at}
    await pen.write("thread", id=thread, created_at=_NOW, **rows)
    conversation = await _add_conversations(world, pen, random, archive=archive, of=(thread, contact))
    for seq in range(1, last_seq + 1):
        author, side = random.choice(((contact, "contact"), (world.nora.id, "staff"), (world.hal.id, "staff")))
        kind = random.choice(("text", "text", "note")) if side == "staff" else "text"
        place = {"thread_id": thread, "conversation_id": conversation, "seq": seq, "revision": seq, "created_at": at}
        said = {"author_name": "", "author_kind": side, "kind": kind, "channel": "app", "body": "x", "has_attachments": False}
        await pen.write("message", id=uuid4(), client_id=uuid4(), request_hash=b"", author_id=author, **place, **said)
    for reader in (world.nora.id, world.hal.id):
        if random.random() < 0.8:
            mark = {"up_to_seq": random.choice((last_seq, last_seq, last_seq - 1)), "revision": 9, "read_at": _NOW}
            again = random.choice((None, None, None, random.randint(1, last_seq)))
            await pen.write("read_mark", thread_id=thread, person_id=reader, marked_unread_seq=again, **mark)


async def _add_conversations(world: World, pen: _Pen, random: Random, *, archive: Archive, of: tuple[UUID, UUID]) -> UUID:
    """One or two in this thread with this contact, of which at most one is open in the app; the id of the last one."""
    (thread, contact), conversation = of, uuid4()
    for is_last in random.choice(((True,), (False, True))):
        conversation, is_open, is_text = uuid4(), is_last and random.random() < 0.8, random.random() < 0.1
        assignee = random.choice((None, None, None, world.nora.id, world.vane.id))
        await pen.write(
            "conversation",
            id=conversation,
            thread_id=thread,
            title="Rex",
            channel="sms" if is_text else "app",
            revision=9,
            opened_at=_NOW,
            opened_by_id=random.choice((contact, contact, world.nora.id)),
            ended_at=None if is_open else _NOW,
            number_id=archive.number_id if is_text else None,
            contact_number=f"+44{random.randint(10**9, 10**10)}" if is_text else None,
            assignee_id=assignee,
            assigned_by_id=assignee,
            urgent_at=_NOW if random.random() < 0.1 else None,
        )
        if is_open and not is_text:
            opened = "UPDATE thread SET open_conversation_id = %s WHERE id = %s"
            await pen.connection.exec_driver_sql(opened, (conversation, thread))
        for label, share in zip(archive.labels, (0.05, 0.4), strict=True):
            if random.random() < share:
                put = {"put_by_id": world.nora.id, "put_at": _NOW}
                await pen.write("conversation_label", conversation_id=conversation, label_id=label, **put)
    return conversation


def is_unread(thread: Any, person_id: str) -> bool:
    read, marked = thread.up_to_seq or 0, thread.marked_unread_seq
    messages: list[Json] = thread.messages or []
    return any(
        message["kind"] == "text" and message["author_id"] != person_id and (message["seq"] > read or message["seq"] == marked)
        for message in messages
    )


def fits(conversation: Json, facets: Json) -> bool:
    """What is asked of a conversation, for one and the same."""
    return (
        (not facets.get("urgent") or conversation["is_urgent"])
        and facets.get("channel") in (None, conversation["channel"])
        and facets.get("started_by") in (None, conversation["started_by"])
        and facets.get("assignee_id") in (None, conversation["assignee_id"])
        and ("label_id" not in facets or facets["label_id"] in conversation["label_ids"])
    )
