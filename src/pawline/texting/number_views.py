"""What the settings page shows of a clinic's texting."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from pawline.texting.toll_free import TollFreeAnswers

Kind = Literal["toll_free", "hosted", "local"]
State = Literal["requested", "checking", "not_eligible", "assigned", "enabled"]


class ClinicLine(msgspec.Struct, frozen=True):
    """``state`` null: no number was asked for. ``can_text``: texting is to be had in the clinic's country."""

    id: UUID
    name: str
    can_text: bool
    state: State | None


class ClinicLines(msgspec.Struct, frozen=True):
    clinics: list[ClinicLine]


class KindOffer(msgspec.Struct, frozen=True):
    kind: Kind
    fee_cents: int


class Capabilities(msgspec.Struct, frozen=True):
    """What texting is like in the clinic's country. No ``kinds``: it is not to be had, and ``words`` say why."""

    words: str
    kinds: list[KindOffer]
    media: Literal["link", "none"]
    media_words: str


class Verification(msgspec.Struct, frozen=True):
    """Of a toll-free number. ``state`` null: no form was handed in. ``words`` say why it was turned down."""

    state: Literal["pending", "approved", "rejected"] | None
    words: str
    form: TollFreeAnswers | None


class NumberView(msgspec.Struct, frozen=True):
    """``number`` as people read it; null until one is known. ``obstacles``: why texting cannot be switched on just now."""

    id: UUID
    kind: Kind
    state: State
    number: str | None
    words: str
    fee_cents: int
    requested_at: datetime
    requested_by: str
    assigned_at: datetime | None
    enabled_at: datetime | None
    obstacles: list[str]
    verification: Verification | None


class PolicyView(msgspec.Struct, frozen=True):
    """``accepted_at`` null: nobody has confirmed this version for the clinic's number."""

    version: str
    points: list[str]
    consequence: str
    accepted_at: datetime | None
    accepted_by: str | None


class TextingSettingsView(msgspec.Struct, frozen=True):
    """The words as they are used, with the standard ones beside them."""

    after_hours_number: str
    away_words: str
    standard_away_words: str
    welcome_words: str
    standard_welcome_words: str
    media_words: str
    standard_media_words: str
    answers_every_text: bool
    requires_names: bool


class TextedClinic(msgspec.Struct, frozen=True):
    """Numbers as people read them in the clinic's country; ``brand_colour`` as #rrggbb, null: the product's own."""

    id: UUID
    name: str
    practice_name: str
    country: str
    timezone: str
    phone: str | None
    emergency_number: str | None
    street: str | None
    city: str | None
    region: str | None
    postcode: str | None
    is_app_chat_enabled: bool
    is_chat_for_chosen: bool
    mails_show_words: bool
    brand_colour: str | None
    logo: str | None
    min_client_version: int


class ClinicTexting(msgspec.Struct, frozen=True):
    """``owner_link``: where pet owners enter the app."""

    clinic: TextedClinic
    owner_link: str
    capabilities: Capabilities
    number: NumberView | None
    settings: TextingSettingsView
    policy: PolicyView
    can_manage_number: bool
