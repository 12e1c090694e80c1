"""What a pet is due for, as its family was told."""

from sqlalchemy import ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class Reminder(Model):
    """Its id is that of the delivery that carries it to a phone; the family's app shows it as well."""

    __tablename__ = "reminder"
    __table_args__ = (
        refers("id", "delivery"),
        refers("clinic_id", "clinic"),
        # Follows the pet when two families turn out to be one.
        ForeignKeyConstraint(
            ["practice_id", "family_id", "pet_id"], ["pet.practice_id", "pet.family_id", "pet.id"], onupdate="CASCADE"
        ),
        Index("ix_reminder_family", "practice_id", "family_id", "reminds_at"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_id: Mapped[Reference]
    family_id: Mapped[Reference]
    pet_id: Mapped[Reference]
    service: Mapped[str] = mapped_column(Text)
    reminds_at: Mapped[Moment]
