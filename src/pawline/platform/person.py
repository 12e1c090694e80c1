"""Whoever can write, read and sign in."""

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key
from pawline.platform.db import Model
from pawline.platform.word_index import sql_words


class Person(Model):
    """A staff member or a contact, who shares this id: one reference says who did a thing, whichever side they are on.

    Kind "system" writes the automatic texts: one per practice, with the practice's own id.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("kind IN ('staff', 'contact', 'system')", name="kind_is_known"),
        Index("ix_person_words", "words", postgresql_using="gin"),
        Index("ix_person_staff", "practice_id", "id", postgresql_where=text("kind = 'staff'")),
    )

    practice_id: Mapped[Key] = mapped_column(ForeignKey("practice.id"))
    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(sql_words("name"), persisted=True), deferred=True)
