"""What the API shows of families, people and numbers that were found. Names come in pieces that say what of them was typed."""

from uuid import UUID

import msgspec

from pawline.platform.highlights import Part


class FoundContact(msgspec.Struct, frozen=True):
    """``email``: empty when nothing of it was typed."""

    id: UUID
    name: list[Part]
    email: list[Part]


class FoundPet(msgspec.Struct, frozen=True):
    id: UUID
    name: list[Part]
    species: str


class FamilyMatch(msgspec.Struct, frozen=True):
    """A family at one clinic. ``thread_id`` None: nobody has opened their thread yet."""

    family_id: UUID
    clinic_id: UUID
    thread_id: UUID | None
    name: list[Part]
    contacts: list[FoundContact]
    pets: list[FoundPet]


class FoundNumber(msgspec.Struct, frozen=True):
    """Who has the number; ``thread_id`` as with ``FamilyMatch``."""

    contact_id: UUID
    contact_name: str
    family_id: UUID
    family_name: str
    clinic_id: UUID
    thread_id: UUID | None
    number: list[Part]


class FamilyMatches(msgspec.Struct, frozen=True):
    """Numbers for digits, families for anything else. Those with the latest messages first; ``has_more``: type more of it."""

    families: list[FamilyMatch]
    numbers: list[FoundNumber]
    has_more: bool
