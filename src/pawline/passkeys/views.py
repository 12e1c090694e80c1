"""What the API shows of passkeys. Bytes travel as base64url without padding, as browsers write them."""

from datetime import datetime
from uuid import UUID

import msgspec


class PasskeyView(msgspec.Struct, frozen=True):
    """``device`` is the browser that made it, in its own words."""

    id: UUID
    device: str
    created_at: datetime
    last_used_at: datetime | None


class Passkeys(msgspec.Struct, frozen=True):
    passkeys: list[PasskeyView]


class StaffPasskeyView(msgspec.Struct, frozen=True):
    """``name``: as whoever added it calls it."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


class StaffPasskeys(msgspec.Struct, frozen=True):
    passkeys: list[StaffPasskeyView]


class PasskeyChallengeView(msgspec.Struct, frozen=True):
    """What a browser needs to sign in with a passkey. ``site`` is the host that the passkeys belong to."""

    challenge: str
    site: str


class NewPasskeyView(msgspec.Struct, frozen=True):
    """What a browser needs to make a passkey. ``known``: credentials that they have already."""

    challenge: str
    site: str
    user_id: str
    user_name: str
    algorithms: list[int]
    known: list[str]
