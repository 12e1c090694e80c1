"""Who of the team is off duty."""

from datetime import datetime

from sqlalchemy import DateTime, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class OffDuty(Model):
    """A staff member's last time off duty, up to ``until``; without it, until they say otherwise. No row: always on duty.

    ``is_caught_up``: their browsers were told, after it, of what had happened meanwhile.
    """

    __tablename__ = "off_duty"
    __table_args__ = (
        refers("staff_id", "staff_member"),
        Index("ix_off_duty_to_catch_up", "until", postgresql_where=text("NOT is_caught_up")),
    )

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    since: Mapped[Moment]
    until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    is_caught_up: Mapped[bool] = mapped_column(default=False, server_default=false())
