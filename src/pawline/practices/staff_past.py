"""Keeping what a staff member was before their role, clinics or employment change: it may have let them read threads."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, insert
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform import clock
from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model, UnitOfWork
from pawline.platform.ids import new_id


class StaffPast(Model):
    """What a staff member was up to ``until``; ``role`` None: they did not work here. Kept for good.

    The first one began when they were invited, each other one when the one before it ended.
    """

    __tablename__ = "staff_past"
    __table_args__ = (
        refers("staff_id", "staff_member"),
        Index("ix_staff_past_staff", "practice_id", "staff_id", "until"),
        CheckConstraint("role IN ('basic', 'senior', 'administrator', 'practice_owner')", name="role_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    staff_id: Mapped[Reference]
    role: Mapped[str | None] = mapped_column(Text)
    clinic_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    until: Mapped[Moment]


async def keep_staff_past(uow: UnitOfWork, member: Any) -> None:
    """The staff member as they are before the change, held by this transaction."""
    works_here = member.left_at is None
    await uow.execute(
        insert(StaffPast).values(
            practice_id=member.practice_id,
            id=new_id(),
            staff_id=member.id,
            role=member.role if works_here else None,
            clinic_ids=list(member.clinic_ids) if works_here else [],
            until=clock.now(),
        )
    )
