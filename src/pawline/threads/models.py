"""Threads, conversations, messages, attachments and read marks."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model
from pawline.platform.word_index import sql_words
from pawline.threads.sealing_columns import SealedColumn, SealingColumns
from pawline.threads.search_words import MESSAGE_WORDS
from pawline.threads.triage_columns import TRIAGED, TriageColumns


class Thread(Model):
    """The never-ending talk of one family with one clinic.

    ``last_seq`` counts its messages; ``revision`` counts every change in it. Both only rise, under this row's lock.
    """

    __tablename__ = "thread"
    __table_args__ = (
        refers("family_id", "family"),
        refers("clinic_id", "clinic"),
        UniqueConstraint("practice_id", "family_id", "clinic_id", name="one_thread_per_family_and_clinic"),
        Index("ix_thread_latest", "practice_id", "last_message_at", "id"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    family_id: Mapped[Reference]
    clinic_id: Mapped[Reference]
    last_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    revision: Mapped[int] = mapped_column(BigInteger, default=0)
    last_message_at: Mapped[Moment]
    open_conversation_id: Mapped[UUID | None] = mapped_column(Uuid)
    created_at: Mapped[Moment]


class Conversation(TriageColumns, Model):
    """A titled stretch of a thread, open or ended.

    Who answers stands here and not with the thread: it ends with the conversation, the app and each number may be with
    different people, and merging families takes it along. At most one of a person, a clinic's team and a role;
    ``assigned_by_id``, ``assigned_at`` and ``assigned_revision`` tell of the last change, giving back included.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        refers("thread_id", "thread"),
        ForeignKeyConstraint(["practice_id", "opened_by_id"], ["person.practice_id", "person.id"]),
        ForeignKeyConstraint(["practice_id", "ended_by_id"], ["person.practice_id", "person.id"]),
        Index(
            "one_open_app_conversation_per_thread",
            "practice_id",
            "thread_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND channel = 'app'"),
        ),
        refers("number_id", "number"),
        refers("assignee_id", "staff_member"),
        refers("handed_clinic_id", "clinic"),
        refers("assigned_by_id", "staff_member"),
        refers("urgent_by_id", "staff_member"),
        refers("snoozed_by_id", "staff_member"),
        Index("ix_conversation_triaged", "practice_id", "thread_id", postgresql_where=text(TRIAGED)),
        # What the queue is narrowed to; see inbox/few_threads.py.
        Index(
            "ix_conversation_assignee", "practice_id", "assignee_id", "ended_at", postgresql_where=text("assignee_id IS NOT NULL")
        ),
        Index("ix_conversation_channel", "practice_id", "channel", "ended_at"),
        Index("ix_conversation_urgent", "practice_id", postgresql_where=text("urgent_at IS NOT NULL")),
        Index("ix_conversation_opened_by", "practice_id", "opened_by_id"),
        Index(
            "ix_conversation_handed",
            "practice_id",
            "thread_id",
            postgresql_where=text("ended_at IS NULL AND num_nonnulls(handed_clinic_id, handed_role) > 0"),
        ),
        CheckConstraint("num_nonnulls(assignee_id, handed_clinic_id, handed_role) <= 1", name="one_assignee_at_most"),
        CheckConstraint("handed_role IN ('senior', 'administrator', 'practice_owner')", name="handed_role_has_the_inbox"),
        Index(
            "one_open_text_conversation_per_pair",
            "practice_id",
            "number_id",
            "contact_number",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND channel = 'sms'"),
        ),
        Index("ix_conversation_thread", "practice_id", "thread_id", "opened_at"),
        CheckConstraint("channel IN ('app', 'sms')", name="channel_is_known"),
        CheckConstraint(
            "(channel = 'sms') = (number_id IS NOT NULL) AND (channel = 'sms') = (contact_number IS NOT NULL)",
            name="texting_names_both_numbers",
        ),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    title: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(BigInteger)
    opened_at: Mapped[Moment]
    opened_by_id: Mapped[Reference]
    ended_at: Mapped[Moment | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    number_id: Mapped[UUID | None] = mapped_column(Uuid)
    contact_number: Mapped[str | None] = mapped_column(Text)
    assignee_id: Mapped[UUID | None] = mapped_column(Uuid)
    handed_clinic_id: Mapped[UUID | None] = mapped_column(Uuid)
    handed_role: Mapped[str | None] = mapped_column(Text)
    assigned_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    assigned_at: Mapped[Moment | None]
    assigned_revision: Mapped[int | None] = mapped_column(BigInteger)


class Message(SealingColumns, Model):
    """One entry of a thread. The body never changes; a deleted message stays as a tombstone, its body sealed elsewhere.

    Kinds other than "text" are for the team alone.
    """

    __tablename__ = "message"
    __table_args__ = (
        refers("thread_id", "thread"),
        refers("conversation_id", "conversation"),
        refers("author_id", "person"),
        Index("one_message_per_seq", "practice_id", "thread_id", "seq", unique=True),
        Index("one_message_per_client_id", "practice_id", "author_id", "client_id", unique=True),
        Index("ix_message_revision", "practice_id", "thread_id", "revision"),
        Index("ix_message_words", "words", postgresql_using="gin"),
        Index("ix_message_unsealed", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL AND NOT is_sealed")),
        # With the thread, so that who sees a few of them need not load the messages of all others.
        Index("ix_message_created", "practice_id", "created_at", "id", postgresql_include=["thread_id"]),
        Index(
            "one_copy_per_reminder_and_conversation",
            "practice_id",
            "conversation_id",
            "copied_delivery_id",
            unique=True,
            postgresql_where=text("copied_delivery_id IS NOT NULL"),
        ),
        CheckConstraint("kind IN ('text', 'note', 'reminder_copy', 'system')", name="kind_is_known"),
        CheckConstraint("channel IN ('app', 'sms')", name="channel_is_known"),
        CheckConstraint("prompt IN ('offer_opt_out', 'offer_email')", name="prompt_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    conversation_id: Mapped[Reference]
    seq: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(BigInteger)
    client_id: Mapped[Reference]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[Reference]
    # Kept with the message: a later change of the profile must not touch what was written.
    author_name: Mapped[str] = mapped_column(Text)
    author_kind: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    has_attachments: Mapped[bool]
    # Files that came with a text and are still being fetched from the carrier.
    files_waiting: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
    # Of a reminder's copy: which delivery, and when it reached the client. Of a missed call: when.
    copied_delivery_id: Mapped[UUID | None] = mapped_column(Uuid)
    occurred_at: Mapped[Moment | None]
    # What a line of the system offers the team to do about it.
    prompt: Mapped[str | None] = mapped_column(Text)
    # Of a line about a matter that went from one clinic to another: the one at the other end.
    other_clinic_id: Mapped[UUID | None] = mapped_column(Uuid)
    created_at: Mapped[Moment]
    deleted_at: Mapped[Moment | None]
    # Deleted by the practice after a report, and not by its author.
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Texted from a number of several contacts: whoever ``author_id`` names stands for all of them, and it is nobody's own.
    is_from_shared_number: Mapped[bool] = mapped_column(default=False, server_default=false())
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(MESSAGE_WORDS, persisted=True))


class MessagePet(Model):
    """Which pets a message is about."""

    __tablename__ = "message_pet"
    __table_args__ = (
        refers("message_id", "message"),
        refers("pet_id", "pet"),
        Index("ix_message_pet_pet", "practice_id", "pet_id", "message_id"),
    )

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    pet_id: Mapped[Key]


class Attachment(SealedColumn, Model):
    """An uploaded file; it belongs to no message until its uploader posts one with it."""

    __tablename__ = "attachment"
    __table_args__ = (
        refers("thread_id", "thread"),
        refers("message_id", "message"),
        refers("uploader_id", "person"),
        Index("one_attachment_per_upload_key", "practice_id", "uploader_id", "upload_key", unique=True),
        Index("ix_attachment_message", "practice_id", "message_id"),
        Index("ix_attachment_words", "words", postgresql_using="gin"),
        Index("ix_attachment_waiting", "created_at", postgresql_where=text("message_id IS NULL")),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    message_id: Mapped[UUID | None] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(default=0)
    uploader_id: Mapped[Reference]
    upload_key: Mapped[Reference]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    thumbnail_width: Mapped[int | None]
    thumbnail_height: Mapped[int | None]
    # Of a voice note.
    duration_ms: Mapped[int | None]
    created_at: Mapped[Moment]
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_words("file_name"), persisted=True), deferred=True)


class ReadMark(Model):
    """How far one person has read a thread."""

    __tablename__ = "read_mark"
    __table_args__ = (
        refers("thread_id", "thread"),
        refers("person_id", "person"),
        # One person's marks among those of all their colleagues, for what is unread.
        Index(
            "ix_read_mark_person",
            "practice_id",
            "person_id",
            "thread_id",
            postgresql_include=["up_to_seq", "marked_unread_seq"],
        ),
    )

    practice_id: Mapped[Key]
    thread_id: Mapped[Key]
    person_id: Mapped[Key]
    up_to_seq: Mapped[int] = mapped_column(BigInteger)
    # Read long ago, and unread again for this person alone: for everybody else the mark stays where it is.
    marked_unread_seq: Mapped[int | None] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[Moment]
