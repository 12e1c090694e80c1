"""What can happen to consent, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class Category(StrEnum):
    TWO_WAY = "two_way"
    HEALTH_REMINDERS = "health_reminders"
    APPOINTMENT_CONFIRMATIONS = "appointment_confirmations"


ALL = tuple(Category)


class Source(StrEnum):
    """Who decided."""

    STAFF = "staff"
    CONTACT = "contact"
    CARRIER = "carrier"
    SYSTEM = "system"


class Ground(StrEnum):
    """Why a practice may text at all (GDPR, Article 6; PECR; TCPA)."""

    INBOUND_INITIATED = "inbound_initiated"
    LEGITIMATE_INTEREST = "legitimate_interest"
    EXPLICIT = "explicit"


class Cause(StrEnum):
    """The events of consent that are not a matter of choosing categories one by one."""

    STAFF_OPTS_OUT = "staff_opts_out"
    CONTACT_STOPS = "contact_stops"
    CONTACT_STOPS_AT_CARRIER = "contact_stops_at_carrier"
    CONTACT_WRITES = "contact_writes"
    CONTACT_STARTS = "contact_starts"
    CARRIER_REPORTS_OPT_OUT = "carrier_reports_opt_out"


@dataclass(frozen=True, slots=True)
class Effect:
    out: tuple[Category, ...] = ()
    back_in: tuple[Category, ...] = ()
    blocks: bool = False
    clears: bool = False


# STOP ends everything, wherever it was said: the carrier lets nothing through after it. Staff's button stays narrow.
# ..._AT_CARRIER: the keyword was one that the carrier itself acts on.
EFFECTS: Mapping[Cause, Effect] = MappingProxyType(
    {
        Cause.STAFF_OPTS_OUT: Effect(out=(Category.TWO_WAY,)),
        Cause.CONTACT_STOPS: Effect(out=ALL),
        Cause.CONTACT_STOPS_AT_CARRIER: Effect(out=ALL, blocks=True),
        Cause.CONTACT_WRITES: Effect(back_in=(Category.TWO_WAY,)),
        Cause.CONTACT_STARTS: Effect(back_in=ALL, clears=True),
        Cause.CARRIER_REPORTS_OPT_OUT: Effect(blocks=True),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentChange:
    """``contact_number`` is E.164. ``number_id``: our number it is about, which a block needs.

    ``reason``: a staff member's reason, or what a contact texted, as in "STOP". ``wording_version``: what they were shown.
    """

    contact_number: str
    source: Source
    categories: tuple[Category, ...] = ()
    actor_id: UUID | None = None
    reason: str = ""
    message_id: UUID | None = None
    number_id: UUID | None = None
    wording_version: str = ""

    def __post_init__(self) -> None:
        if self.source is Source.STAFF and self.actor_id is None:
            raise ValueError("what staff decide about consent carries the name of who decided")
