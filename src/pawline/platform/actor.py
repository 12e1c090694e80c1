"""Who acts: the signed-in person as of this request, with what decides what they may see."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pawline.platform import clock


class Role(StrEnum):
    """What a staff member may do; ordered, each may do what the one before it may."""

    BASIC = "basic"
    SENIOR = "senior"
    ADMINISTRATOR = "administrator"
    PRACTICE_OWNER = "practice_owner"

    def is_at_least(self, other: "Role") -> bool:
        return _RANKS[self] >= _RANKS[other]


_RANKS = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Reach:
    """A family that a basic staff member may see at a clinic up to ``until``, which is not a part of it any more."""

    clinic_id: UUID
    family_id: UUID
    until: datetime
    through: Literal["schedule", "hand_off"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A staff member has a ``role`` and ``clinic_ids``; a contact has a ``family_id``.

    ``blocked``: from whom this person wants to get no more messages, and since when. ``reach`` is that of basic staff, who see
    no other threads; all others have none, and need none.
    """

    practice_id: UUID
    person_id: UUID
    session_id: UUID
    kind: Literal["staff", "contact"]
    name: str
    role: Role | None = None
    clinic_ids: tuple[UUID, ...] = ()
    family_id: UUID | None = None
    blocked: tuple[tuple[UUID, datetime], ...] = ()
    reach: tuple[Reach, ...] = ()
    # Of the session, and no change of the person: when a shared front desk locks, and when they last proved who they are.
    locks_at: datetime | None = field(default=None, compare=False)
    proven_at: datetime | None = field(default=None, compare=False)

    @property
    def is_locked(self) -> bool:
        return self.locks_at is not None and self.locks_at <= clock.now()

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"
