"""Addresses that do not take e-mail."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class MailRefusal(Model):
    """A mail server said for good that it takes nothing for this address of a contact's. Another address is another matter.

    ``words``: what it said.
    """

    __tablename__ = "mail_refusal"
    __table_args__ = (refers("contact_id", "contact"),)

    practice_id: Mapped[Key]
    contact_id: Mapped[Key]
    email: Mapped[str] = mapped_column(Text)
    refused_at: Mapped[Moment]
    words: Mapped[str] = mapped_column(Text)


class StaffMailRefusal(Model):
    """The same of a staff member's address."""

    __tablename__ = "staff_mail_refusal"
    __table_args__ = (refers("staff_id", "staff_member"),)

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    email: Mapped[str] = mapped_column(Text)
    refused_at: Mapped[Moment]
    words: Mapped[str] = mapped_column(Text)
