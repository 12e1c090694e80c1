"""What the API shows of practices and their people."""

from typing import Literal
from uuid import UUID

import msgspec


class ClinicView(msgspec.Struct, frozen=True):
    """``timezone`` is an IANA name; times are shown in it."""

    id: UUID
    name: str
    timezone: str
    phone: str | None
    emergency_number: str | None


class PracticeView(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class StaffMemberView(msgspec.Struct, frozen=True):
    """``has_password`` is false until an invited staff member has chosen one."""

    id: UUID
    name: str
    email: str
    role: Literal["basic", "senior", "administrator", "practice_owner"]
    job_title: str
    clinic_ids: list[UUID]
    has_password: bool


class Team(msgspec.Struct, frozen=True):
    staff: list[StaffMemberView]
