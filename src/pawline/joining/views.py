"""What the API shows of ways into the app."""

from datetime import datetime
from uuid import UUID

import msgspec

from pawline.practices.views import ClinicView


class QrPicture(msgspec.Struct, frozen=True):
    """``path``: the dark modules as the shape of an SVG, which is ``size`` wide and high without the white around it."""

    size: int
    path: str


class ClinicLink(msgspec.Struct, frozen=True):
    """``url`` to share, ``poster_url`` to print, as in ``qr``: they lead to the same place and tell apart how somebody came."""

    url: str
    poster_url: str
    qr: QrPicture
    made_at: datetime


class JoinPlace(msgspec.Struct, frozen=True):
    """Where a clinic's code leads. ``can_text``: codes can be texted there, to numbers of ``country``."""

    practice_id: UUID
    practice_name: str
    clinic: ClinicView
    country: str
    can_text: bool


class CodeOnItsWay(msgspec.Struct, frozen=True):
    """The same answer whether or not the practice knows the address."""

    attempt_id: UUID
    expires_in_seconds: int


class Connected(msgspec.Struct, frozen=True):
    thread_id: UUID


class InvitationView(msgspec.Struct, frozen=True):
    """``link`` is there to pass on when the invitation did not go out by e-mail, for who has proven lately who they are."""

    id: UUID
    name: str
    email: str | None
    link: str | None
    created_at: datetime
    expires_at: datetime


class Invitations(msgspec.Struct, frozen=True):
    """Those that nobody has used yet. ``can_invite``: primary contacts may."""

    can_invite: bool
    invitations: list[InvitationView]


class InvitationPlace(msgspec.Struct, frozen=True):
    """Where an invitation leads. ``is_proven``: it came by e-mail, so no code is needed."""

    practice_id: UUID
    practice_name: str
    family_name: str
    invited_by: str
    name: str
    is_proven: bool
    clinics: list[ClinicView]


class TeamInvitationView(msgspec.Struct, frozen=True):
    """As the team sees it. ``contact_id``: for somebody of the family; null: for somebody new to it. ``email`` null: a link that
    a contact passes on."""

    id: UUID
    contact_id: UUID | None
    name: str
    email: str | None
    invited_by: str
    created_at: datetime
    expires_at: datetime


class FamilyInvitations(msgspec.Struct, frozen=True):
    """What nobody has used yet, and the contacts who may use the app and do not."""

    invitations: list[TeamInvitationView]
    not_in_app: list[UUID]
