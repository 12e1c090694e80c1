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

    ``conversation`` is the open one, of several the one that this person answers, or else the latest.
    ``read_by_other_side_seq``: how far anybody of the family has read.
    ``mentioned_by``: who called this person in a note that they have not seen.
    ``waiting_since``: of the family's first message that no staff member answered, in a conversation that is open.
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
    waiting_since: datetime | None
    last_message: MessageView | None
    conversation: ConversationView | None
    unread: list[UnreadMessage]
    read_by_other_side_seq: int
    mentioned_by: str | None


class Inbox(msgspec.Struct, frozen=True):
    rows: list[InboxRow]
    next_cursor: str | None


class QueueSpecies(msgspec.Struct, frozen=True):
    species: list[str]


class ThreadBeside(msgspec.Struct, frozen=True):
    """A thread of the same family with another clinic, as the queue would show it. ``timezone`` is the clinic's."""

    clinic_name: str
    timezone: str
    row: InboxRow


class ThreadsBeside(msgspec.Struct, frozen=True):
    """By the clinics' names."""

    threads: list[ThreadBeside]


class Unread(msgspec.Struct, frozen=True):
    """``unread_threads`` counts threads with something unread for this person, at most 100.

    ``mine``: those that this person answers; ``handed_to_me``: those handed to them, their role or their clinic, until taken;
    ``mentions``: those with a note that calls this person, and that they have not seen; ``snoozed``: those that sleep.
    """

    unread_threads: int
    mine: int
    handed_to_me: int
    mentions: int
    snoozed: int


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


class MergingThread(msgspec.Struct, frozen=True):
    thread_id: UUID
    clinic_id: UUID
    clinic_name: str
    is_open_in_app: bool


class MergingFamily(msgspec.Struct, frozen=True):
    """``numbers`` are E.164; the two families may share some."""

    id: UUID
    name: str
    contact_names: list[str]
    primary_contact: str | None
    pets: list[PetName]
    numbers: list[str]
    threads: list[MergingThread]
    conversations: int


class MergePreview(msgspec.Struct, frozen=True):
    """``source`` would become part of ``target``."""

    target: MergingFamily
    source: MergingFamily


InboxState = Literal["open", "waiting", "ended", "unread", "snoozed", "mine", "handed_to_me", "mentions", "all"]
