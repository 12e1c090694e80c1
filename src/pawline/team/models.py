"""What waits to be confirmed of the team."""

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class StaffAddressChange(Model):
    """``email`` counts once its link was used. ``old_email``: the one until then, which is told."""

    __tablename__ = "staff_address_change"
    __table_args__ = (
        refers("staff_id", "staff_member"),
        refers("asked_by_id", "staff_member"),
        UniqueConstraint("link_hash", name="one_staff_address_change_per_link"),
        Index(
            "one_open_address_change_per_staff_member",
            "practice_id",
            "staff_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NULL"),
        ),
        Index("ix_staff_address_change_expires_at", "expires_at"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    staff_id: Mapped[Reference]
    asked_by_id: Mapped[Reference]
    email: Mapped[str] = mapped_column(Text)
    old_email: Mapped[str] = mapped_column(Text)
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]
