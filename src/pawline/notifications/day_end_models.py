"""The list of open conversations at the end of a clinic's day: who wants it, and who got it."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model
from pawline.platform.mail_queue import WaitingMail, rules_of_waiting


class DayEndNotice(WaitingMail, Model):
    """One e-mail to one staff member about one day of one clinic, by its calendar."""

    __tablename__ = "day_end_notice"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        refers("staff_id", "staff_member"),
        Index("one_day_end_notice_per_day", "practice_id", "clinic_id", "staff_id", "on_date", unique=True),
        *rules_of_waiting("day_end_notice"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    on_date: Mapped[date]


class DayEndChoice(Model):
    """Whether this staff member gets the list. No row: administrators and practice owners do, senior staff do not."""

    __tablename__ = "day_end_choice"
    __table_args__ = (refers("staff_id", "staff_member"),)

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    is_mailed: Mapped[bool]
    changed_at: Mapped[Moment]
