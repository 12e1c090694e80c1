"""Ways into the app: a clinic's code, an invitation into a family, and the sign-ups that come of either."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class ClinicCode(Model):
    """What a clinic's link and poster say. The code follows from the id and the installation's secret."""

    __tablename__ = "clinic_code"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        refers("made_by_id", "staff_member"),
        UniqueConstraint("code_hash", name="one_clinic_per_code"),
        Index("one_live_code_per_clinic", "practice_id", "clinic_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_id: Mapped[Reference]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_by_id: Mapped[Reference]
    created_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]


class FamilyInvitation(Model):
    """A contact or the team asks a human into the family. ``email`` None: by a link that they pass on themselves.

    ``contact_id``: for somebody whom the practice knows already; None: for somebody who is added by it.
    """

    __tablename__ = "family_invitation"
    __table_args__ = (
        refers("family_id", "family"),
        refers("contact_id", "contact"),
        refers("invited_by_id", "person"),
        UniqueConstraint("link_hash", name="one_invitation_per_link"),
        Index("ix_family_invitation_family", "practice_id", "family_id", "created_at"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    family_id: Mapped[Reference]
    contact_id: Mapped[UUID | None] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    invited_by_id: Mapped[Reference]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]


class SignUp(Model):
    """Somebody gave a name and an address, and got a code there. Nothing else is made before they have typed it."""

    __tablename__ = "sign_up"
    __table_args__ = (
        refers("clinic_code_id", "clinic_code"),
        refers("family_invitation_id", "family_invitation"),
        UniqueConstraint("id", name="one_sign_up_per_attempt"),
        Index("ix_sign_up_clinic_code", "practice_id", "clinic_code_id", "created_at"),
        Index("ix_sign_up_number", "number", "created_at"),
        Index("ix_sign_up_email", "email", "created_at"),
        CheckConstraint("(clinic_code_id IS NULL) <> (family_invitation_id IS NULL)", name="comes_by_one_way"),
        CheckConstraint("(email IS NULL) <> (number IS NULL)", name="proves_one_address"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name="number_is_e164"),
        CheckConstraint("tries BETWEEN 0 AND 5", name="tries_are_bounded"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_code_id: Mapped[UUID | None] = mapped_column(Uuid)
    family_invitation_id: Mapped[UUID | None] = mapped_column(Uuid)
    first_name: Mapped[str] = mapped_column(Text)
    last_name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    # In which it was asked for, and is mailed.
    language: Mapped[str] = mapped_column(Text, default="en", server_default="en")
    # A keyed hash of where the request came from, for limits.
    origin_hash: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class TextedSignIn(Model):
    """A mobile number was given to sign in with. Kept for unknown numbers too, which so meet the same limits as known ones.

    It is nobody's before the code comes back: the number may be known to several practices.
    """

    __tablename__ = "texted_sign_in"
    __table_args__ = (
        Index("ix_texted_sign_in_number", "number", "created_at"),
        Index("ix_texted_sign_in_origin", "origin_hash", "created_at"),
        CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name="number_is_e164"),
        CheckConstraint("tries BETWEEN 0 AND 5", name="tries_are_bounded"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(Text)
    # A keyed hash of where the request came from, for limits.
    origin_hash: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
