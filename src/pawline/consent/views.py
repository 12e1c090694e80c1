"""What the API shows of consent."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from pawline.platform.languages import Language

CategoryName = Literal["two_way", "health_reminders", "appointment_confirmations"]


class ConsentEventView(msgspec.Struct, frozen=True):
    """One line of the ledger. ``category`` is None where it does not count: a block, its end, a legal ground."""

    id: UUID
    at: datetime
    layer: Literal["platform", "carrier"]
    action: Literal["in", "out", "blocked", "cleared", "ground"]
    category: CategoryName | None
    ground: Literal["inbound_initiated", "legitimate_interest", "explicit"] | None
    source: Literal["staff", "contact", "carrier", "system"]
    actor_id: UUID | None
    actor_name: str | None
    reason: str
    wording_version: str
    message_id: UUID | None
    number_id: UUID | None


class AppConsentView(msgspec.Struct, frozen=True):
    """A contact agreed to the terms of app chat: which wording, and in which language it was read."""

    version: str
    language: Language
    at: datetime


class CategoryStanding(msgspec.Struct, frozen=True):
    """``since`` and ``words`` tell of the opt-out; None and empty while the category is in."""

    category: CategoryName
    is_out: bool
    since: datetime | None = None
    words: str = ""


class CarrierBlockView(msgspec.Struct, frozen=True):
    since: datetime
    words: str


class Standing(msgspec.Struct, frozen=True):
    """What one contact number gets from one of ours: every category on its own, and what the carrier stops."""

    categories: list[CategoryStanding]
    carrier_block: CarrierBlockView | None

    @property
    def stops_anything(self) -> bool:
        """Then YES asks for texts again; otherwise it answers a question."""
        return self.carrier_block is not None or any(category.is_out for category in self.categories)
