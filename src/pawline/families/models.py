"""Families, the humans in them, their pets, and which clinic treats which pet."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


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

    practice_id: Mapped[Key] = mapped_column(ForeignKey("practice.id"))
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]


class Contact(Model):
    """A human in the family. Primary and secondary contacts sign in, see and reply."""

    __tablename__ = "contact"
    __table_args__ = (
        refers("id", "person"),
        refers("family_id", "family"),
        Index(
            "one_primary_contact_per_family", "practice_id", "family_id", unique=True, postgresql_where=text("role = 'primary'")
        ),
        Index("ix_contact_family", "practice_id", "family_id"),
        Index("ix_contact_email", "email"),
        CheckConstraint("role IN ('primary', 'secondary', 'other')", name="role_is_known"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    family_id: Mapped[Reference]
    role: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Moment]


class Pet(Model):
    __tablename__ = "pet"
    __table_args__ = (
        refers("family_id", "family"),
        UniqueConstraint("practice_id", "family_id", "id", name="pet_within_family"),
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
    created_at: Mapped[Moment]


class Connection(Model):
    """A clinic treats a pet. Only an accepted connection lets its family write."""

    __tablename__ = "connection"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "family_id", "pet_id"], ["pet.practice_id", "pet.family_id", "pet.id"]),
        refers("clinic_id", "clinic"),
        UniqueConstraint("practice_id", "pet_id", "clinic_id", name="one_connection_per_pet_and_clinic"),
        Index("ix_connection_family_clinic", "practice_id", "family_id", "clinic_id", "state"),
        CheckConstraint("state IN ('invited', 'accepted', 'declined', 'expired', 'revoked')", name="state_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    pet_id: Mapped[Reference]
    family_id: Mapped[Reference]
    clinic_id: Mapped[Reference]
    state: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[Moment]
