"""What the API shows of families."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec


class PetView(msgspec.Struct, frozen=True):
    """``portrait``: the address of the picture it is known by."""

    id: UUID
    name: str
    species: str
    breed: str
    born_on: date | None
    died_on: date | None
    weight_grams: int | None
    portrait: str | None


class ContactView(msgspec.Struct, frozen=True):
    """E-mail and phone are shown to staff only."""

    id: UUID
    name: str
    role: Literal["primary", "secondary", "other"]
    email: str | None
    phone: str | None


class ConnectionView(msgspec.Struct, frozen=True):
    """How a pet stands with the clinic of a thread, and since when; a pet without one was never asked for.

    ``ended_by``, for the team: who ended it after it was accepted. ``is_up_to_family``: the family has ended it or taken back
    what it asked, so that only the family can ask anew.
    """

    id: UUID
    pet_id: UUID
    state: Literal["invited", "accepted", "declined", "expired", "revoked"]
    since: datetime
    ended_by: str | None
    is_up_to_family: bool


class FamilyView(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    since: datetime
    contacts: list[ContactView]
    pets: list[PetView]
