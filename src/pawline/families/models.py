"""Families, the humans in them, their pets, and which clinic treats which pet."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Computed, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model
from pawline.platform.word_index import sql_digits, sql_words


class ContactRole(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    OTHER = "other"


class ConnectionState(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Family(Model):
    __tablename__ = "family"
    __table_args__ = (Index("ix_family_words", "words", postgresql_using="gin"),)

    practice_id: Mapped[Key] = mapped_column(ForeignKey("practice.id"))
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_words("name"), persisted=True), deferred=True)


class Contact(Model):
    """A human in the family. Primary and secondary contacts sign in, see and reply."""

    __tablename__ = "contact"
    __table_args__ = (
        refers("id", "person"),
        refers("family_id", "family"),
        refers("chat_disabled_by_id", "person"),
        Index(
            "one_primary_contact_per_family", "practice_id", "family_id", unique=True, postgresql_where=text("role = 'primary'")
        ),
        Index("ix_contact_family", "practice_id", "family_id"),
        Index("ix_contact_email", "email"),
        Index("ix_contact_email_words", "email_words", postgresql_using="gin"),
        Index("ix_contact_phone_digits", "phone_digits", postgresql_using="gin"),
        Index(
            "ix_contact_chat_disabled",
            "practice_id",
            "chat_disabled_at",
            "id",
            postgresql_where=text("chat_disabled_at IS NOT NULL"),
        ),
        CheckConstraint("role IN ('primary', 'secondary', 'other')", name="role_is_known"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("(chat_disabled_at IS NULL) = (chat_disabled_by_id IS NULL)", name="chat_disabled_by_somebody"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    family_id: Mapped[Reference]
    role: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    # Known by a number only, until they or the team give a name.
    is_guest: Mapped[bool] = mapped_column(default=False, server_default=false())
    # When they first signed in to the app; None: chat is not available for them.
    app_joined_at: Mapped[Moment | None]
    # Of the app they were last seen with; it counts up with each version that the server has to tell from older ones.
    app_version: Mapped[int | None]
    # Of the mails to them: the one in which they last signed in to the app.
    language: Mapped[str] = mapped_column(Text, default="en", server_default="en")
    # Since when the practice takes no messages from them in the app, and who decided it; None: chat is not disabled for them.
    chat_disabled_at: Mapped[Moment | None]
    chat_disabled_by_id: Mapped[Reference | None]
    created_at: Mapped[Moment]
    email_words: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_words("email"), persisted=True), deferred=True)
    phone_digits: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_digits("phone"), persisted=True), deferred=True)


class ChosenForChat(Model):
    """A contact whom a clinic has chosen for chat in the app; it counts where the clinic's chat is for chosen ones only."""

    __tablename__ = "chosen_for_chat"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        refers("contact_id", "contact"),
        refers("chosen_by_id", "person"),
        Index("ix_chosen_for_chat_newest", "practice_id", "clinic_id", "chosen_at", "contact_id"),
    )

    practice_id: Mapped[Key]
    clinic_id: Mapped[Key]
    contact_id: Mapped[Key]
    chosen_at: Mapped[Moment]
    chosen_by_id: Mapped[Reference]


class ContactNumber(Model):
    """A phone number of a contact, E.164. Several contacts may share one, as on a kitchen phone."""

    __tablename__ = "contact_number"
    __table_args__ = (
        refers("contact_id", "contact"),
        Index("one_row_per_contact_and_number", "practice_id", "contact_id", "number", unique=True),
        Index("ix_contact_number_number", "practice_id", "number"),
        # For whoever signs in with it, and has not said yet at which practice.
        Index("ix_contact_number_anywhere", "number"),
        Index("ix_contact_number_digits", "digits", postgresql_using="gin"),
        CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name="number_is_e164"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    contact_id: Mapped[Reference]
    number: Mapped[str] = mapped_column(Text)
    # Learned from a carrier's refusal; None: nobody knows.
    is_landline: Mapped[bool | None]
    created_at: Mapped[Moment]
    digits: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_digits("number"), persisted=True), deferred=True)


class Pet(Model):
    __tablename__ = "pet"
    __table_args__ = (
        refers("family_id", "family"),
        UniqueConstraint("practice_id", "family_id", "id", name="pet_within_family"),
        Index("ix_pet_words", "words", postgresql_using="gin"),
        Index("ix_pet_species", "practice_id", text("lower(species)")),
        Index("ix_pet_portrait", "portrait_id", postgresql_where=text("portrait_id IS NOT NULL")),
        CheckConstraint("weight_grams > 0", name="weight_is_positive"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    family_id: Mapped[Reference]
    name: Mapped[str] = mapped_column(Text)
    species: Mapped[str] = mapped_column(Text)
    breed: Mapped[str] = mapped_column(Text, default="")
    born_on: Mapped[date | None]
    died_on: Mapped[date | None]
    weight_grams: Mapped[int | None]
    # The picture it is known by, in the store of files; None: a drawing of its species.
    portrait_id: Mapped[Reference | None]
    created_at: Mapped[Moment]
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_words("name"), persisted=True), deferred=True)


class Connection(Model):
    """A clinic treats a pet. Only an accepted connection lets its family write."""

    __tablename__ = "connection"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "family_id", "pet_id"], ["pet.practice_id", "pet.family_id", "pet.id"]),
        refers("clinic_id", "clinic"),
        refers("ended_by_id", "person"),
        UniqueConstraint("practice_id", "pet_id", "clinic_id", name="one_connection_per_pet_and_clinic"),
        Index("ix_connection_family_clinic", "practice_id", "family_id", "clinic_id", "state"),
        CheckConstraint("state IN ('invited', 'accepted', 'declined', 'expired', 'revoked')", name="state_is_known"),
        CheckConstraint("via IN ('staff', 'qr', 'link', 'email', 'owner')", name="via_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    pet_id: Mapped[Reference]
    family_id: Mapped[Reference]
    clinic_id: Mapped[Reference]
    state: Mapped[str] = mapped_column(Text)
    # Who or what brought the two together.
    via: Mapped[str] = mapped_column(Text, default="staff", server_default="staff")
    changed_at: Mapped[Moment]
    # Who revoked it after it was accepted; it stays while the family asks again, so that the clinic is known to have treated the
    # pet. Who then takes that back has ended it anew. None while it is accepted, and where it never was.
    ended_by_id: Mapped[Reference | None]
