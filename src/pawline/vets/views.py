"""What the API shows of finding a vet."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from pawline.platform.languages import Language

State = Literal["invited", "accepted", "declined", "expired", "revoked"]


class AddedPet(msgspec.Struct, frozen=True):
    id: UUID


class VetInvitationView(msgspec.Struct, frozen=True):
    """``link`` is there to pass on when the invitation did not go out by e-mail. ``accepted_by``: the practice's name."""

    id: UUID
    pet_id: UUID
    email: str | None
    link: str | None
    state: State
    can_send_again: bool
    created_at: datetime
    expires_at: datetime
    accepted_by: str | None


class VetInvitations(msgspec.Struct, frozen=True):
    """The latest of each pet."""

    invitations: list[VetInvitationView]


class VetInvitationPlace(msgspec.Struct, frozen=True):
    """What a vet reads who opens the link: who asks, and about which animal. Nothing of the practice they are with now.

    ``language``: of whoever asks, as the e-mail was.
    """

    language: Language
    invited_by: str
    email: str | None
    pet_name: str
    species: str
    breed: str
    born_on: date | None
    expires_at: datetime


class AcceptedInvitation(msgspec.Struct, frozen=True):
    family_id: UUID
    thread_id: UUID
