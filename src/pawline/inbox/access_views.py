"""What the API shows of who could read a thread on a day, and who did."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec


class AccessReason(msgspec.Struct, frozen=True):
    """Why somebody could read, from when until when within the day; ``until`` is not a part of it any more.

    ``appointment_at``: when the appointment that let them was; ``granted_by``: who handed it to them.
    """

    through: Literal["role", "schedule", "hand_off"]
    since: datetime
    until: datetime
    appointment_at: datetime | None = None
    granted_by: str | None = None


class CouldRead(msgspec.Struct, frozen=True):
    staff_id: UUID
    name: str
    role: Literal["basic", "senior", "administrator", "practice_owner"]
    reasons: list[AccessReason]


class OpenedThread(msgspec.Struct, frozen=True):
    """Somebody who had the thread on a screen, searched it, or took or sent a transcript. The last time is told to the minute.

    A line of it in a list, or in what was found at the whole practice, does not count.
    """

    person_id: UUID
    name: str
    kind: Literal["staff", "contact"]
    first_at: datetime
    last_at: datetime


class ReadDeleted(msgspec.Struct, frozen=True):
    """An administrator who read a deleted message, by itself or in a transcript, and whose message of when it was.

    The two times are one, but of readings that earlier releases recorded by the day.
    """

    name: str
    author_name: str
    written_at: datetime
    in_transcript: bool
    first_at: datetime
    last_at: datetime


class AccessOfDay(msgspec.Struct, frozen=True):
    """``recorded_since``: set where the day lies before it, so that some of what happened was not recorded."""

    on_date: date
    timezone: str
    clinic_name: str
    family_name: str
    recorded_since: datetime | None
    could_read: list[CouldRead]
    opened: list[OpenedThread]
    read_deleted: list[ReadDeleted]
