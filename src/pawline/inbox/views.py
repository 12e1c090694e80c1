"""What the API shows of the inbox."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from pawline.threads.views import ConversationView, MessageView, UnreadMessage


class PetName(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    species: str


class InboxRow(msgspec.Struct, frozen=True):
    """One thread of the queue. ``unread`` lists this person's newest unread messages, at most 100.

    ``conversation`` is the open one, or else the latest. ``read_by_other_side_seq``: how far anybody of the family has read.
    """

    thread_id: UUID
    clinic_id: UUID
    family_id: UUID
    family_name: str
    contact_names: list[str]
    pets: list[PetName]
    revision: int
    last_seq: int
    last_message_at: datetime
    last_message: MessageView | None
    conversation: ConversationView | None
    unread: list[UnreadMessage]
    read_by_other_side_seq: int


class Inbox(msgspec.Struct, frozen=True):
    rows: list[InboxRow]
    next_cursor: str | None


class Unread(msgspec.Struct, frozen=True):
    """``unread_threads`` counts threads with something unread for this person, at most 100."""

    unread_threads: int


class ThreadOfFamily(msgspec.Struct, frozen=True):
    thread_id: UUID
    clinic_id: UUID


class FoundFamily(msgspec.Struct, frozen=True):
    """``clinic_ids``: the clinics of the searcher that treat a pet of the family."""

    id: UUID
    name: str
    contact_names: list[str]
    pets: list[PetName]
    threads: list[ThreadOfFamily]
    clinic_ids: list[UUID]


class FoundFamilies(msgspec.Struct, frozen=True):
    families: list[FoundFamily]


InboxState = Literal["open", "ended", "unread", "all"]
