"""What the API takes of changes to the team."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pawline.platform.actor import Role
from pawline.platform.text import clean_line
from pawline.practices.service import StaffDraft

RoleName = Literal["basic", "senior", "administrator", "practice_owner"]
ClinicIds = Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=200)]
JobTitle = Annotated[str, msgspec.Meta(max_length=80)]
Address = Annotated[str, msgspec.Meta(max_length=500)]


class NewStaffMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    email: str
    role: RoleName
    clinic_ids: ClinicIds
    job_title: JobTitle = ""

    def draft(self) -> StaffDraft:
        return StaffDraft(self.name, self.email, Role(self.role), clean_title(self.job_title), distinct(self.clinic_ids))


class StaffChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is. ``revision``: as the screen showed it."""

    revision: int
    name: str | msgspec.UnsetType = msgspec.UNSET
    job_title: JobTitle | msgspec.UnsetType = msgspec.UNSET
    role: RoleName | msgspec.UnsetType = msgspec.UNSET
    clinic_ids: ClinicIds | msgspec.UnsetType = msgspec.UNSET


class OwnProfileChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As a ``StaffChange``, of what everybody changes for themselves."""

    revision: int
    name: str | msgspec.UnsetType = msgspec.UNSET
    job_title: JobTitle | msgspec.UnsetType = msgspec.UNSET


class NewAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    email: Address


class StaffReturn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As what somebody comes back; what is left out is as it was."""

    role: RoleName | msgspec.UnsetType = msgspec.UNSET
    clinic_ids: ClinicIds | msgspec.UnsetType = msgspec.UNSET


class Invited(msgspec.Struct, frozen=True):
    id: UUID


def clean_title(title: str) -> str:
    """May be empty."""
    return clean_line("job_title", title, longest=80) if title.strip() else ""


def distinct(clinic_ids: Sequence[UUID]) -> list[UUID]:
    return list(dict.fromkeys(clinic_ids))
