"""Invitations of vets who may not use the app yet."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class VetInvitation(Model):
    """A contact asks a vet to connect with one pet. ``email`` None: by a link that they pass on themselves."""

    __tablename__ = "vet_invitation"
    __table_args__ = (
        refers("pet_id", "pet"),
        refers("invited_by_id", "contact"),
        UniqueConstraint("link_hash", name="one_vet_invitation_per_link"),
        Index(
            "one_open_vet_invitation_per_pet", "practice_id", "pet_id", unique=True, postgresql_where=text("state = 'invited'")
        ),
        Index("ix_vet_invitation_pet", "practice_id", "pet_id", "created_at"),
        CheckConstraint("state IN ('invited', 'accepted', 'declined', 'expired', 'revoked')", name="state_is_known"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("mail_count BETWEEN 0 AND 3", name="mails_are_few"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    pet_id: Mapped[Reference]
    invited_by_id: Mapped[Reference]
    email: Mapped[str | None] = mapped_column(Text)
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    mail_count: Mapped[int]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    # Where the pet is a patient now; the one fact about that practice which the inviter's side keeps.
    accepted_practice_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("practice.id"))
