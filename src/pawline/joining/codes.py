"""The code of a clinic, which its link and poster carry: one that works at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from pawline.joining.models import ClinicCode
from pawline.joining.qr import qr_picture
from pawline.joining.refusals import CodeGone
from pawline.joining.secrets import clinic_code, read_clinic_code
from pawline.joining.views import ClinicLink, JoinPlace
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.security import hash_secret
from pawline.platform.settings import Settings
from pawline.practices.service import clinic_views
from pawline.texting.clinic_numbers import number_of_clinic
from pawline.texting.clinics import require_own_clinic

# tenancy: the code is what says which practice and clinic it belongs to.
_BY_CODE = text("""
SELECT c.practice_id, c.id, c.clinic_id, k.name AS clinic_name, k.country, y.name AS practice_name
FROM clinic_code c
JOIN clinic k ON k.practice_id = c.practice_id AND k.id = c.clinic_id
JOIN practice y ON y.id = c.practice_id
WHERE c.code_hash = :code_hash AND c.revoked_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Entrance:
    """The clinic behind a code that works; ``id`` is the code's. ``country`` has two letters."""

    practice_id: UUID
    id: UUID
    clinic_id: UUID
    clinic_name: str
    country: str
    practice_name: str


async def clinic_link(uow: UnitOfWork, settings: Settings, actor: Actor, *, clinic_id: UUID) -> ClinicLink:
    """Every clinic has one: it is made when it is first asked for."""
    await require_own_clinic(uow, actor, clinic_id, lock=True)
    return await ensure_link(uow, settings, actor.practice_id, clinic_id=clinic_id, made_by_id=actor.person_id)


async def ensure_link(uow: UnitOfWork, settings: Settings, practice_id: UUID, *, clinic_id: UUID, made_by_id: UUID) -> ClinicLink:
    """The caller holds the clinic's row, so that two who ask at once do not both make one."""
    live = await _live_code(uow, practice_id, clinic_id)
    if live is None:
        return await _make(uow, settings, practice_id, clinic_id=clinic_id, made_by_id=made_by_id)
    return _link(settings, live.id, live.created_at)


async def renew_clinic_link(uow: UnitOfWork, settings: Settings, actor: Actor, *, clinic_id: UUID) -> ClinicLink:
    """From now on the old code, on paper and on screens, leads nowhere. Who joined by it stays."""
    await require_own_clinic(uow, actor, clinic_id, lock=True)
    revoke = update(ClinicCode).where(
        ClinicCode.practice_id == actor.practice_id, ClinicCode.clinic_id == clinic_id, ClinicCode.revoked_at.is_(None)
    )
    await uow.execute(revoke.values(revoked_at=clock.now()))
    return await _make(uow, settings, actor.practice_id, clinic_id=clinic_id, made_by_id=actor.person_id)


async def entrance_of(uow: UnitOfWork, code: str) -> Entrance:
    """
    Raises:
        CodeGone: forged, mistyped, or replaced by a newer one.
    """
    row = (await uow.execute(_BY_CODE, {"code_hash": hash_secret(read_clinic_code(code))})).one_or_none()
    if row is None:
        raise CodeGone
    return msgspec.convert(row, Entrance, from_attributes=True)


async def join_place(uow: UnitOfWork, code: str) -> JoinPlace:
    entrance = await entrance_of(uow, code)
    [clinic] = await clinic_views(uow, entrance.practice_id, [entrance.clinic_id])
    number = await number_of_clinic(uow, entrance.practice_id, entrance.clinic_id)
    return JoinPlace(
        practice_id=entrance.practice_id,
        practice_name=entrance.practice_name,
        clinic=clinic,
        country=entrance.country,
        can_text=number is not None and number.is_enabled,
    )


async def _live_code(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> Any | None:
    statement = select(ClinicCode.id, ClinicCode.created_at).where(
        ClinicCode.practice_id == practice_id, ClinicCode.clinic_id == clinic_id, ClinicCode.revoked_at.is_(None)
    )
    return (await uow.execute(statement)).one_or_none()


async def _make(uow: UnitOfWork, settings: Settings, practice_id: UUID, *, clinic_id: UUID, made_by_id: UUID) -> ClinicLink:
    code_id, now = new_id(), clock.now()
    await uow.execute(
        insert(ClinicCode).values(
            practice_id=practice_id,
            id=code_id,
            clinic_id=clinic_id,
            code_hash=hash_secret(clinic_code(settings, code_id)),
            made_by_id=made_by_id,
            created_at=now,
        )
    )
    return _link(settings, code_id, now)


def _link(settings: Settings, code_id: UUID, made_at: datetime) -> ClinicLink:
    url = f"{settings.public_url}/c/{clinic_code(settings, code_id)}"
    poster_url = f"{url}?qr"
    return ClinicLink(url=url, poster_url=poster_url, qr=qr_picture(poster_url), made_at=made_at)
