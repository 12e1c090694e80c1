"""What people ask of moderation, and what the API shows of it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pawline.threads.views import AuthorKind, Channel, MessageView

MOST_WORDS = 1_000
Reason = Literal["inappropriate", "threatening", "spam", "wrong_person", "other"]
Outcome = Literal["removed", "spoken_to", "blocked", "no_action"]
ReportState = Literal["open", "resolved"]
PersonKind = Literal["staff", "contact"]
Words = Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]


class ReportRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Reason
    words: Words = ""


class ReportReceipt(msgspec.Struct, frozen=True):
    """Of the first time this person reported the message; another report changes nothing."""

    message_id: UUID
    reason: Reason
    reported_at: datetime


class ReportView(msgspec.Struct, frozen=True):
    """``deleted_at``: the message is a tombstone; with ``is_removed`` the practice did it, else its author. ``body`` is empty
    then: reading it is an act of its own, which is recorded.

    ``words``: the reporter's; ``resolution``: those of who resolved it.
    """

    id: UUID
    reason: Reason
    words: str
    reported_at: datetime
    reporter_name: str
    reporter_kind: PersonKind
    resolved_at: datetime | None
    resolved_by_name: str | None
    outcome: Outcome | None
    resolution: str
    message_id: UUID
    thread_id: UUID
    clinic_id: UUID
    family_name: str
    seq: int
    kind: Literal["text", "note", "reminder_copy", "system"]
    channel: Channel
    author_id: UUID
    author_name: str
    author_kind: AuthorKind
    body: str
    has_attachments: bool
    written_at: datetime
    deleted_at: datetime | None
    is_removed: bool


class ReportPage(msgspec.Struct, frozen=True):
    """Newest first. ``open_count``: how many wait to be resolved, on this page or not; counted up to 100."""

    reports: list[ReportView]
    open_count: int
    next_cursor: str | None


class ResolveRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outcome: Outcome
    words: Words = ""


class DeletedReadingView(msgspec.Struct, frozen=True):
    """One reading of a deleted message: with its words, and with files that open to its reader for an hour."""

    id: UUID
    message: MessageView


class BlockView(msgspec.Struct, frozen=True):
    person_id: UUID
    name: str
    kind: PersonKind
    since: datetime


class Blocks(msgspec.Struct, frozen=True):
    """Whom this person blocked, by name."""

    blocks: list[BlockView]


class PracticeBlockRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]


class NumberBlockRequest(PracticeBlockRequest, frozen=True, forbid_unknown_fields=True):
    """``contact_number`` in any spelling."""

    contact_number: Annotated[str, msgspec.Meta(max_length=60)]


class PracticeBlockView(msgspec.Struct, frozen=True):
    """Of a contact or of a number: ``contact_number`` is E.164, ``number_shown`` as people write it.

    ``held_count``: texts kept aside by it, counted up to 100.
    """

    id: UUID
    contact_id: UUID | None
    contact_name: str | None
    family_name: str | None
    contact_number: str | None
    number_shown: str | None
    reason: str
    blocked_by_name: str
    since: datetime
    lifted_at: datetime | None
    held_count: int


class PracticeBlockPage(msgspec.Struct, frozen=True):
    """Newest first. Of those that are lifted only the ones that hold texts are on the list."""

    blocks: list[PracticeBlockView]
    next_cursor: str | None


class HeldTextView(msgspec.Struct, frozen=True):
    """``number`` is E.164, ``number_shown`` as people write it. Pictures are counted, not fetched."""

    id: UUID
    at: datetime
    number: str
    number_shown: str
    words: str
    picture_count: int


class HeldTextPage(msgspec.Struct, frozen=True):
    """Newest first."""

    texts: list[HeldTextView]
    next_cursor: str | None


class ErasureRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``confirmation``: typed by whoever erases, for nothing brings a message back."""

    confirmation: Literal["ERASE"]
    reason: Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]


class FamilyErasureView(msgspec.Struct, frozen=True):
    """``erased`` of ``messages`` are gone with their files and copies; ``finished_at``: since when all else is, too."""

    asked_by_name: str
    asked_at: datetime
    finished_at: datetime | None
    messages: int
    erased: int


class FamilyErasureState(msgspec.Struct, frozen=True):
    """``erasure`` None: nobody has asked for one."""

    erasure: FamilyErasureView | None
