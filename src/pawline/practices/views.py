"""What the API shows of practices and their people."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class ClinicView(msgspec.Struct, frozen=True):
    """``timezone`` is an IANA name; times are shown in it. ``address``: in one line."""

    id: UUID
    name: str
    timezone: str
    phone: str | None
    emergency_number: str | None
    address: str | None
    logo: str | None = None


class ChoiceView(msgspec.Struct, frozen=True):
    """What a staff member set by hand; no ``until``: until somebody changes it."""

    state: Literal["away", "off_duty"]
    by_name: str
    at: datetime
    until: datetime | None


class TeamAvailability(msgspec.Struct, frozen=True):
    """Why the light is what it is. ``present``: who has the inbox open. ``chosen`` is there while a choice counts.

    ``closes_next_at`` and ``opens_next_at``: how long "away" and "off duty" last when nobody says; null: until changed.
    """

    reason: Literal["hours", "by_hand", "nobody_here", "somebody_here"]
    present: list[str]
    chosen: ChoiceView | None
    closes_next_at: datetime | None
    opens_next_at: datetime | None


class AvailabilityView(msgspec.Struct, frozen=True, tag_field="type", tag="availability"):
    """A clinic's light, as an answer and as a live frame.

    ``closed_since`` and ``opens_at`` are there while it is off duty, as far as they are known. ``emergency_number``: the
    clinic's phone where there is none. ``reply_words`` are missing while too few answers tell. ``team`` is for the team.
    """

    clinic_id: UUID
    state: Literal["available", "away", "off_duty"]
    words: str
    closed_since: datetime | None
    opens_at: datetime | None
    emergency_number: str | None
    reply_words: str | None
    team: TeamAvailability | None = None


class PracticeView(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class StaffMemberView(msgspec.Struct, frozen=True):
    """``has_password`` is false until an invited staff member has chosen one; the link to do so lasts till ``invited_until``.

    ``new_email`` counts instead of ``email`` as soon as it is confirmed, which it can be until ``new_email_until``.
    ``left_at``: they do not work here any more. ``mail_refused_at``: since when their address takes no e-mail, and ``mail_words``
    what the mail server said; null: it does. ``has_second_step``: more than their password signs them in, or can.
    """

    id: UUID
    name: str
    email: str
    role: Literal["basic", "senior", "administrator", "practice_owner"]
    job_title: str
    clinic_ids: list[UUID]
    has_password: bool
    invited_until: datetime | None
    new_email: str | None
    new_email_until: datetime | None
    left_at: datetime | None
    revision: int
    mail_refused_at: datetime | None
    mail_words: str | None
    has_second_step: bool


class Team(msgspec.Struct, frozen=True):
    """``former``: who worked here, the last to leave first."""

    staff: list[StaffMemberView]
    former: list[StaffMemberView]
