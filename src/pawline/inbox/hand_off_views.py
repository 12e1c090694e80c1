"""What the API takes and shows of handing off."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

HIGHEST = 2**62
Revision = Annotated[int, msgspec.Meta(ge=0, le=HIGHEST)]


class SeenConversation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``seen_revision``: the conversation's, as the screen showed it. What a colleague did since then is not overridden."""

    seen_revision: Revision


class HandOffDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To one of three: a person, the team of the thread's clinic or of another, or a role. The family never sees the note."""

    seen_revision: Revision
    staff_id: UUID | None = None
    clinic_id: UUID | None = None
    role: Literal["senior", "administrator", "practice_owner"] | None = None
    note: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


class Colleague(msgspec.Struct, frozen=True):
    """``needs_grant``: they see the family only because it is handed to them, and until the clinic's day ends.

    ``off_duty_until`` is missing on duty, and off duty until they say otherwise. ``is_mail_refused``: e-mails to them come back.
    """

    staff_id: UUID
    name: str
    job_title: str
    role: Literal["basic", "senior", "administrator", "practice_owner"]
    needs_grant: bool
    is_off_duty: bool
    off_duty_until: datetime | None
    is_mail_refused: bool


class ClinicTeam(msgspec.Struct, frozen=True):
    clinic_id: UUID
    name: str


class OtherClinic(msgspec.Struct, frozen=True):
    """``is_connected``: the family can write to it in the app; else it has been texted from there, and waits to hear."""

    clinic_id: UUID
    name: str
    is_connected: bool


class RoleTeam(msgspec.Struct, frozen=True):
    role: Literal["senior", "administrator", "practice_owner"]
    names: list[str]


class HandOffChoices(msgspec.Struct, frozen=True):
    """To whom the actor can hand a conversation of the thread; roles that nobody else has there are missing.

    So is the clinic where nobody else has the inbox, for nobody would be told. ``elsewhere``: other clinics with which the family
    can go on; they get the matter and the note, and see nothing of the thread.
    """

    people: list[Colleague]
    clinics: list[ClinicTeam]
    elsewhere: list[OtherClinic]
    roles: list[RoleTeam]


class QueueMember(msgspec.Struct, frozen=True):
    staff_id: UUID
    name: str


class QueueTeam(msgspec.Struct, frozen=True):
    """Who may answer what stands in the actor's queue, the actor among them. ``former``: who answered in it and has left."""

    people: list[QueueMember]
    former: list[QueueMember]
