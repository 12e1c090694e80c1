"""What the API shows of sessions."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from pawline.practices.views import ClinicView, PracticeView


class PersonView(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    kind: Literal["staff", "contact"]
    role: Literal["basic", "senior", "administrator", "practice_owner"] | None


class OwnFamily(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class SharedDesk(msgspec.Struct, frozen=True):
    """Several people use this computer. While it is locked, the session shows whose it is and nothing else.

    ``locks_at``: without another touch. ``unlocks_with``: a password where no PIN was chosen, or it was tried too often.
    ``has_passkey``: one of whoever is signed in unlocks it, too.
    """

    is_locked: bool
    locks_at: datetime
    unlocks_with: Literal["pin", "password"]
    has_passkey: bool


class SessionView(msgspec.Struct, frozen=True):
    """Who is signed in with this browser in this app; all empty when nobody is.

    ``needs_newer_app``: a clinic asks for a newer version of the owner's app than this one. ``desk``: of a shared front desk.
    ``ended_id``: the staff member whose session this was, until it was ended from elsewhere; the browser keeps nothing of theirs.
    """

    person: PersonView | None
    practice: PracticeView | None
    family: OwnFamily | None
    clinics: list[ClinicView]
    csrf_token: str | None
    can_use_inbox: bool
    is_demo: bool
    needs_newer_app: bool = False
    desk: SharedDesk | None = None
    ended_id: UUID | None = None


class DeviceView(msgspec.Struct, frozen=True):
    """One signed-in browser of the person."""

    id: UUID
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool
    is_shared: bool


class Devices(msgspec.Struct, frozen=True):
    sessions: list[DeviceView]


class CodeSent(msgspec.Struct, frozen=True):
    """The same answer whether or not anybody has the address."""

    attempt_id: UUID
    expires_in_seconds: int


class ProofCodeSent(msgspec.Struct, frozen=True):
    """``sent_to`` is only a hint: ``o***@example.com``, or the last digits of a number."""

    attempt_id: UUID
    channel: Literal["email", "sms"]
    sent_to: str
    expires_in_seconds: int


class OwnAuthenticator(msgspec.Struct, frozen=True):
    """``since`` None: no code is asked for. ``recovery_codes_left``: not used yet."""

    since: datetime | None
    recovery_codes_left: int


class NewAuthenticator(msgspec.Struct, frozen=True):
    """``qr``: a picture of the address that apps scan, as a data address; ``secret``: what is typed where none is scanned."""

    secret: str
    qr: str


class RecoveryCodes(msgspec.Struct, frozen=True):
    """Shown this once."""

    codes: list[str]


class DemoStaff(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    role: str
    job_title: str


class DemoContact(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    family_name: str
    pets: list[str]


class DemoPeople(msgspec.Struct, frozen=True):
    staff: list[DemoStaff]
    contacts: list[DemoContact]
