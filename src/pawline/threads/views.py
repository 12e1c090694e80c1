"""What the API shows of a thread. Snapshots, pages, changes and live frames are made of the same pieces."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from pawline.deliveries.views import DeliveryView
from pawline.families.chat import ChatObstacleView
from pawline.families.views import ConnectionView, FamilyView
from pawline.practices.views import ClinicView


class AttachmentView(msgspec.Struct, frozen=True):
    """``url`` and ``thumbnail_url`` need the reader's session. Sizes are in pixels and bytes.

    PDFs and voice notes have no thumbnail; voice notes alone have a duration.
    """

    id: UUID
    media_type: str
    file_name: str
    size_bytes: int
    url: str
    thumbnail_url: str | None
    width: int | None
    height: int | None
    duration_ms: int | None = None


class MentionView(msgspec.Struct, frozen=True):
    """A colleague whom a note calls; ``name`` as the note has it after an @."""

    staff_id: UUID
    name: str


class PaymentView(msgspec.Struct, frozen=True):
    """What a message asks the family to pay; its body says what for. ``changed_at``: since when ``state`` is what it is.

    ``amount_minor`` counts the smallest units of ``currency`` (ISO 4217), cents for example.
    """

    amount_minor: int
    currency: str
    state: Literal["requested", "paid", "cancelled", "expired"]
    changed_at: datetime
    expires_at: datetime


Channel = Literal["app", "sms"]
AuthorKind = Literal["staff", "contact", "system"]


class MessageView(msgspec.Struct, frozen=True):
    """One entry. A deleted one keeps its place with an empty body and no attachments; ``is_removed``: by the practice.

    Kinds other than "text" are shown to the team alone: notes, the copy of a reminder that a client answers, and lines of
    the system. ``occurred_at``: when the copied reminder reached the client. ``prompt``: what a line offers to do.
    ``delivery``: how far a text got, for the team. ``files_waiting``: files that are still on their way to us.
    ``mentions``: whom of the team a note calls. ``is_from_shared_number``: a text of one of several who have the number;
    ``author_id`` only stands for them, and nobody may treat it as their own. ``payment``: what the family is asked to pay.
    ``erased_at``: of a deleted one, since when nobody at all can read it.
    ``other_clinic_id``, of a line of the system: the clinic to which the matter went, or from which it came.
    """

    id: UUID
    client_id: UUID
    conversation_id: UUID
    seq: int
    revision: int
    kind: Literal["text", "note", "reminder_copy", "system"]
    channel: Channel
    author_id: UUID
    author_name: str
    author_kind: AuthorKind
    body: str
    pet_ids: list[UUID]
    attachments: list[AttachmentView]
    created_at: datetime
    deleted_at: datetime | None
    is_removed: bool = False
    occurred_at: datetime | None = None
    prompt: Literal["offer_opt_out", "offer_email"] | None = None
    delivery: DeliveryView | None = None
    files_waiting: int = 0
    mentions: list[MentionView] = []
    is_from_shared_number: bool = False
    payment: PaymentView | None = None
    erased_at: datetime | None = None
    erased_by_name: str | None = None
    other_clinic_id: UUID | None = None


class AssignmentView(msgspec.Struct, frozen=True):
    """Who answers, for the team alone: a person, everybody of a role, the clinic's team, or nobody after it was given back.

    ``by_id`` says who made it so: with a person, themselves when they took it.
    """

    staff_id: UUID | None
    staff_name: str | None
    clinic_id: UUID | None
    clinic_name: str | None
    role: Literal["senior", "administrator", "practice_owner"] | None
    by_id: UUID
    by_name: str
    at: datetime
    revision: int


class TriageView(msgspec.Struct, frozen=True):
    """What the team set down with a conversation, for the team alone.

    It sleeps up to ``snoozed_until``, or until the family writes something with a ``seq`` above ``snoozed_seq``;
    ``back_at``: since when it is back, until the team writes in it.
    """

    urgent_at: datetime | None
    urgent_by_name: str | None
    snoozed_until: datetime | None
    snoozed_seq: int | None
    snoozed_by_name: str | None
    back_at: datetime | None
    label_ids: list[UUID]


class ConversationView(msgspec.Struct, frozen=True):
    """``contact_number`` (E.164): whom a text conversation is with. ``assignment`` null: nobody ever took it.

    ``triage`` null: the team set nothing down with it.
    """

    id: UUID
    title: str
    channel: Channel
    revision: int
    opened_at: datetime
    opened_by_name: str
    opened_by_kind: AuthorKind
    ended_at: datetime | None
    ended_by_name: str | None
    contact_number: str | None = None
    assignment: AssignmentView | None = None
    triage: TriageView | None = None


class ReadMarkView(msgspec.Struct, frozen=True):
    """``marked_unread_seq``: a message that this person has read, and wants to stand as unread; the team alone sees it."""

    person_id: UUID
    person_name: str
    person_kind: Literal["staff", "contact"]
    up_to_seq: int
    revision: int
    read_at: datetime
    marked_unread_seq: int | None = None


class Changes(msgspec.Struct, frozen=True, tag_field="type", tag="changes"):
    """What changed in a thread after revision ``after`` up to ``revision``.

    With ``is_complete`` false too much has changed to list it: load the thread anew.
    Applying changes in any order, any number of times, ends in the same state.
    """

    thread_id: UUID
    clinic_id: UUID
    family_id: UUID
    after: int
    revision: int
    last_seq: int
    last_message_at: datetime
    messages: list[MessageView]
    conversations: list[ConversationView]
    read_marks: list[ReadMarkView]
    is_complete: bool = True


class UnreadMessage(msgspec.Struct, frozen=True):
    seq: int
    pet_ids: list[UUID]


class MessagePage(msgspec.Struct, frozen=True):
    """Messages by rising ``seq``. The flags say whether there are more on either side."""

    messages: list[MessageView]
    has_older: bool
    has_newer: bool


class ThreadView(msgspec.Struct, frozen=True):
    """A snapshot: the last messages and everything around them, as of ``revision``.

    ``unread`` lists this person's newest unread messages, at most 100; ``can_post`` is false when no pet of the family
    is connected to the clinic; ``must_agree``: before writing, the reader has to accept the terms of app chat.
    ``connections``: how the pets of the family stand with the clinic; for the family without who of the team ended one.
    ``chat_obstacles``, for the team: why nobody of the family can be talked to in the app; with ``is_chat_barred`` nothing is
    taken for them there. ``payment_currency``, for the team: in which they can be asked to pay; null where nothing is set up.
    ``seen_through``: why this reader may see the thread; basic staff by today's schedule, or because it was handed to them.
    """

    thread_id: UUID
    revision: int
    last_seq: int
    last_message_at: datetime
    clinic: ClinicView
    family: FamilyView
    conversations: list[ConversationView]
    messages: list[MessageView]
    has_older: bool
    read_marks: list[ReadMarkView]
    unread: list[UnreadMessage]
    can_post: bool
    must_agree: bool
    seen_through: Literal["family", "role", "schedule", "hand_off"]
    chat_obstacles: list[ChatObstacleView] = []
    is_chat_barred: bool = False
    payment_currency: str | None = None
    connections: list[ConnectionView] = []
