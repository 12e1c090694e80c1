"""Whose a number is, at all practices together, and which clinic texts them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.texting.clinic_numbers import ClinicNumber, number_of_clinic

# Phone companies give a number that nobody uses any more to somebody else, who must not come in as our contact.
TRUSTED_FOR = timedelta(days=180)
MOST_TEXTS_A_DAY = 200

# Of ``k``, a number of the contact ``c``; with ``since`` from ``trusted_since``.
STILL_TRUSTED = """(
    k.created_at > :since
    OR EXISTS (SELECT FROM login_session s
               WHERE s.practice_id = c.practice_id AND s.person_id = c.id AND s.last_seen_at > :since)
    OR EXISTS (SELECT FROM inbound_event i JOIN number n ON n.practice_id = i.practice_id AND n.id = i.number_id
               WHERE n.practice_id = c.practice_id AND i.from_number = k.number AND i.received_at > :since))"""
_OWNERS = f"""
FROM contact_number k
JOIN contact c ON c.practice_id = k.practice_id AND c.id = k.contact_id AND c.role IN ('primary', 'secondary')
WHERE k.number = ANY(CAST(:numbers AS text[])) AND k.is_landline IS NOT TRUE AND {STILL_TRUSTED}
"""
# tenancy: a number may be on file at several practices; whoever proves that it is theirs chooses between its contacts.
_KNOWN_AS = text("SELECT DISTINCT k.number" + _OWNERS)
_CONTACTS = text(f"""
SELECT o.practice_id, o.id, o.family_id, o.is_guest, p.name, y.name AS practice_name
FROM (SELECT c.practice_id, c.id, c.family_id, c.is_guest, c.role, c.created_at {_OWNERS}) o
JOIN person p ON p.practice_id = o.practice_id AND p.id = o.id
JOIN practice y ON y.id = o.practice_id
ORDER BY y.name, o.practice_id, o.role = 'primary' DESC, o.created_at, o.id LIMIT 20
""")  # noqa: S608 - put together of constants
_CLINICS = text("""
SELECT n.clinic_id FROM number n
WHERE n.practice_id = :practice_id AND n.state = 'enabled' AND (
    EXISTS (SELECT FROM thread t
            WHERE t.practice_id = n.practice_id AND t.clinic_id = n.clinic_id AND t.family_id = :family_id)
    OR EXISTS (SELECT FROM connection x WHERE x.practice_id = n.practice_id AND x.clinic_id = n.clinic_id
               AND x.family_id = :family_id AND x.state = 'accepted'))
    AND (SELECT count(*) FROM delivery d WHERE d.practice_id = n.practice_id AND d.number_id = n.id
         AND d.category = 'sign_in' AND d.queued_at > now() - interval '1 day') < :most
ORDER BY n.clinic_id
""")


@dataclass(frozen=True, slots=True)
class KnownContact:
    practice_id: UUID
    id: UUID
    family_id: UUID
    is_guest: bool
    name: str
    practice_name: str


async def number_on_file(uow: UnitOfWork, numbers: Sequence[str]) -> str | None:
    """The first of the numbers (E.164) that somebody has and may still sign in with."""
    known = set((await uow.execute(_KNOWN_AS, _values(numbers))).scalars())
    return next((number for number in numbers if number in known), None)


async def contacts_with(uow: UnitOfWork, number: str) -> list[KnownContact]:
    """Everybody who may sign in with the number, practice by practice."""
    rows = await uow.execute(_CONTACTS, _values([number]))
    return [msgspec.convert(row, KnownContact, from_attributes=True) for row in rows]


async def clinics_texting(uow: UnitOfWork, contact: KnownContact) -> list[ClinicNumber]:
    """The numbers of the clinics that know the family, as long as they have not sent as many codes as anybody needs in a day."""
    values = {"practice_id": contact.practice_id, "family_id": contact.family_id, "most": MOST_TEXTS_A_DAY}
    clinic_ids = (await uow.execute(_CLINICS, values)).scalars().all()
    found = [await number_of_clinic(uow, contact.practice_id, clinic_id) for clinic_id in clinic_ids]
    return [number for number in found if number is not None]


def trusted_since() -> datetime:
    """A number by which nobody was heard of since then says nothing of whose it is."""
    return clock.now() - TRUSTED_FOR


def _values(numbers: Sequence[str]) -> dict[str, object]:
    return {"numbers": list(numbers), "since": trusted_since()}
