"""Writing the past of a thread at once: for imports from other systems and for the demo.

The verbs of the service write the present, one message after the other, and tell everybody. History happened elsewhere:
nobody is told, and every entry keeps the time it was written.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import insert

from pawline.deliveries.history import PastDelivery, write_past_deliveries
from pawline.platform.card_numbers import mask_card_numbers
from pawline.platform.db import Model, UnitOfWork
from pawline.platform.files import FileStore
from pawline.threads.file_links import storage_key
from pawline.threads.media.process import SafeImage
from pawline.threads.mention_model import Mention
from pawline.threads.models import Attachment, Conversation, Message, MessagePet, ReadMark, Thread
from pawline.threads.triage_columns import AT_REST

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PastAuthor:
    id: UUID
    name: str
    kind: Literal["staff", "contact", "system"]


@dataclass(frozen=True, slots=True)
class PastMessage:
    """``copied_delivery_id`` and ``occurred_at`` are those of a reminder's copy: which one, and when it reached the client.

    ``calls``: the colleagues whom a note calls.
    """

    id: UUID
    client_id: UUID
    author: PastAuthor
    body: str
    written_at: datetime
    kind: Literal["text", "note", "reminder_copy", "system"] = "text"
    pet_ids: tuple[UUID, ...] = ()
    deleted_at: datetime | None = None
    copied_delivery_id: UUID | None = None
    occurred_at: datetime | None = None
    calls: tuple[PastAuthor, ...] = ()


@dataclass(frozen=True, slots=True)
class BetweenNumbers:
    """Our number and theirs (E.164), for a conversation by text."""

    number_id: UUID
    contact_number: str


@dataclass(frozen=True, slots=True)
class PastTriage:
    """What somebody of the team has set down with a conversation that is still open; it may sleep until a time to come."""

    by: PastAuthor
    urgent_at: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastConversation:
    """``ended_at`` None: still open, as one in the app may be, and one by text between the same two numbers."""

    id: UUID
    title: str
    messages: Sequence[PastMessage]
    opened_by: PastAuthor
    opened_at: datetime
    ended_by: PastAuthor | None = None
    ended_at: datetime | None = None
    texted: BetweenNumbers | None = None
    triage: PastTriage | None = None

    @property
    def channel(self) -> str:
        return "app" if self.texted is None else "sms"


@dataclass(frozen=True, slots=True)
class PastPhoto:
    """``sha256`` is that of the file as it was sent, ``image`` what was made of it."""

    id: UUID
    message_id: UUID
    sender_id: UUID
    upload_key: UUID
    file_name: str
    sha256: bytes
    image: SafeImage
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class PastReader:
    """Somebody who has read everything that was there at ``read_at``."""

    person: PastAuthor
    read_at: datetime


@dataclass(frozen=True, slots=True)
class PastThread:
    practice_id: UUID
    id: UUID
    family_id: UUID
    clinic_id: UUID
    created_at: datetime
    conversations: Sequence[PastConversation]
    readers: Sequence[PastReader] = ()
    photos: Sequence[PastPhoto] = ()
    deliveries: Sequence[PastDelivery] = ()


async def keep_photo_files(files: FileStore, photo: PastPhoto) -> None:
    """Before its row: a photo without a message can be swept up, a message without its photo cannot be mended."""
    await files.put(storage_key(photo.id, "thumbnail"), photo.image.thumbnail)
    await files.put(storage_key(photo.id, "file"), photo.image.display)


async def write_history(uow: UnitOfWork, past: PastThread) -> None:
    """Store the thread with all that is in it; there must be none yet of this family with this clinic, and its files are kept.

    Messages are numbered by the time they were written, revisions by the time of each row's last change.
    Of a deleted message everybody sees its place alone; its text is kept, as that of any other.
    """
    conversations = [_conversation_row(past, conversation) for conversation in past.conversations]
    messages = _message_rows(past)
    marks = [_read_mark_row(past, reader, messages) for reader in past.readers]
    revision = _number_changes(conversations, messages, marks)
    await _insert(uow, Thread, [_thread_row(past, messages, revision=revision)])
    await _insert(uow, Conversation, conversations)
    await _insert(uow, Message, messages)
    await _insert(uow, MessagePet, list(_tag_rows(past)))
    await _insert(uow, Attachment, [_photo_row(past, photo) for photo in past.photos])
    await _insert(uow, ReadMark, marks)
    await _insert(uow, Mention, list(_mention_rows(past)))
    await write_past_deliveries(uow, past.practice_id, past.deliveries)


def _conversation_row(past: PastThread, conversation: PastConversation) -> Row:
    return {
        "practice_id": past.practice_id,
        "id": conversation.id,
        "thread_id": past.id,
        "title": conversation.title,
        "channel": conversation.channel,
        "number_id": conversation.texted.number_id if conversation.texted else None,
        "contact_number": conversation.texted.contact_number if conversation.texted else None,
        "opened_at": conversation.opened_at,
        "opened_by_id": conversation.opened_by.id,
        "ended_at": conversation.ended_at,
        "ended_by_id": conversation.ended_by.id if conversation.ended_by else None,
        **_triage_values(conversation.triage, last_seq=sum(len(each.messages) for each in past.conversations)),
    }


def _triage_values(triage: PastTriage | None, *, last_seq: int) -> Row:
    if triage is None:
        return dict.fromkeys(AT_REST)
    return {
        "urgent_at": triage.urgent_at,
        "urgent_by_id": triage.by.id if triage.urgent_at else None,
        "snoozed_until": triage.snoozed_until,
        "snoozed_by_id": triage.by.id if triage.snoozed_until else None,
        "snoozed_seq": last_seq if triage.snoozed_until else None,
        "back_at": None,
    }


def _message_rows(past: PastThread) -> list[Row]:
    pairs = [(conversation, message) for conversation in past.conversations for message in conversation.messages]
    pairs.sort(key=lambda pair: pair[1].written_at)
    with_photo = {photo.message_id for photo in past.photos}
    return [
        _message_row(past, conversation, message) | {"seq": seq, "has_attachments": message.id in with_photo}
        for seq, (conversation, message) in enumerate(pairs, 1)
    ]


def _message_row(past: PastThread, conversation: PastConversation, message: PastMessage) -> Row:
    return {
        "practice_id": past.practice_id,
        "id": message.id,
        "thread_id": past.id,
        "conversation_id": conversation.id,
        "client_id": message.client_id,
        # No request made this row; the hash only has to differ from that of any request to come.
        "request_hash": hashlib.sha256(mask_card_numbers(message.body).encode()).digest(),
        "author_id": message.author.id,
        "author_name": message.author.name,
        "author_kind": message.author.kind,
        "kind": message.kind,
        "channel": conversation.channel,
        "copied_delivery_id": message.copied_delivery_id,
        "occurred_at": message.occurred_at,
        "body": mask_card_numbers(message.body),
        "created_at": message.written_at,
        "deleted_at": message.deleted_at,
    }


def _photo_row(past: PastThread, photo: PastPhoto) -> Row:
    image = photo.image
    return {
        "practice_id": past.practice_id,
        "id": photo.id,
        "thread_id": past.id,
        "message_id": photo.message_id,
        "position": 1,
        "uploader_id": photo.sender_id,
        "upload_key": photo.upload_key,
        "sha256": photo.sha256,
        "media_type": image.display_type,
        "file_name": photo.file_name,
        "size_bytes": image.display.stat().st_size,
        "width": image.width,
        "height": image.height,
        "thumbnail_width": image.thumb_width,
        "thumbnail_height": image.thumb_height,
        "created_at": photo.sent_at,
    }


def _read_mark_row(past: PastThread, reader: PastReader, messages: Sequence[Row]) -> Row:
    # A family never learns of notes, not even by the number its mark stands at.
    shown = [row for row in messages if row["kind"] == "text" or reader.person.kind == "staff"]
    read = bisect_right(shown, reader.read_at, key=lambda row: row["created_at"])
    return {
        "practice_id": past.practice_id,
        "thread_id": past.id,
        "person_id": reader.person.id,
        "up_to_seq": shown[read - 1]["seq"] if read else 0,
        "read_at": reader.read_at,
    }


def _number_changes(conversations: list[Row], messages: list[Row], marks: list[Row]) -> int:
    """Give each row the revision of its last change; the result is the thread's own."""
    # The sort is stable: at the same instant a conversation opens before its first message, which is there before it is read.
    changes = [(row["opened_at"] if row["ended_at"] is None else row["ended_at"], row) for row in conversations]
    changes += [(row["deleted_at"] or row["created_at"], row) for row in messages]
    changes += [(row["read_at"], row) for row in marks]
    revisions = count(1)
    for _, row in sorted(changes, key=lambda change: change[0]):
        row["revision"] = next(revisions)
    return len(changes)


def _thread_row(past: PastThread, messages: Sequence[Row], *, revision: int) -> Row:
    return {
        "practice_id": past.practice_id,
        "id": past.id,
        "family_id": past.family_id,
        "clinic_id": past.clinic_id,
        "last_seq": len(messages),
        "revision": revision,
        "last_message_at": max((row["created_at"] for row in messages if row["kind"] == "text"), default=past.created_at),
        "open_conversation_id": next(
            (found.id for found in past.conversations if found.ended_at is None and found.channel == "app"), None
        ),
        "created_at": past.created_at,
    }


def _tag_rows(past: PastThread) -> Iterator[Row]:
    for conversation in past.conversations:
        for message in conversation.messages:
            yield from ({"practice_id": past.practice_id, "message_id": message.id, "pet_id": each} for each in message.pet_ids)


def _mention_rows(past: PastThread) -> Iterator[Row]:
    read_at = {reader.person.id: reader.read_at for reader in past.readers}
    notes = (message for conversation in past.conversations for message in conversation.messages if message.calls)
    for note in notes:
        for called in note.calls:
            seen_at = read_at.get(called.id)
            is_seen = seen_at is not None and seen_at >= note.written_at
            whom = {"practice_id": past.practice_id, "message_id": note.id, "staff_id": called.id, "name": called.name}
            yield {**whom, "made_at": note.written_at, "seen_at": seen_at if is_seen else None}


async def _insert(uow: UnitOfWork, model: type[Model], rows: list[Row]) -> None:
    if rows:
        await uow.execute(insert(model), rows)
