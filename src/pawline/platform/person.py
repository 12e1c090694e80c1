"""Whoever can write, read and sign in."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key
from pawline.platform.db import Model


class Person(Model):
    """A staff member or a contact, who shares this id: one reference says who did a thing, whichever side they are on.

    Kind "system" writes the automatic texts: one per practice, with the practice's own id.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("kind IN ('staff', 'contact', 'system')", name="kind_is_known"),)

    practice_id: Mapped[Key] = mapped_column(ForeignKey("practice.id"))
    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
