"""A clinic's text number, from the request to being switched on. States only go forward, but for the switch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from pawline.carriers.interface import NumberKind
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid
from pawline.platform.ids import new_id
from pawline.platform.jobs import defer
from pawline.platform.phone_numbers import require_e164
from pawline.texting import policy
from pawline.texting.clinics import ClinicFacts, require_own_clinic
from pawline.texting.countries import COUNTRIES, Country, no_texting_in, require_country
from pawline.texting.models import Number, TextingSettings

ASSIGN_TASK = "assign_number"
GONE = ("not_eligible", "released")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRequest:
    """``own_number``: the one to host, in any spelling. ``accepted_fee_cents``: what the person was shown and agreed to pay."""

    kind: NumberKind
    own_number: str = ""
    accepted_fee_cents: int | None = None


async def request_numbers(uow: UnitOfWork, actor: Actor, clinic_ids: Sequence[UUID], *, request: NumberRequest) -> list[UUID]:
    """Ask for a text number for each of the clinics; a job sees to the rest.

    Raises:
        NotFound: one of the clinics is not the actor's.
        Conflict: no texting in that country, a number is asked for already, or the fee is another one than agreed to.
        Invalid: this kind cannot be had there, or the own number is none.
    """
    if request.kind is NumberKind.HOSTED and len(clinic_ids) > 1:
        raise Invalid.field("also_clinic_ids", "has to be empty: a number of your own belongs to one clinic")
    # In one order, so that two requests never wait for each other.
    return [await _request(uow, actor, clinic_id, request=request) for clinic_id in sorted(set(clinic_ids))]


async def _request(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, request: NumberRequest) -> UUID:
    clinic = await require_own_clinic(uow, actor, clinic_id, lock=True)
    country = require_country(clinic.country)
    fee_cents = _agreed_fee(clinic, country, request)
    own = require_e164("own_number", request.own_number, clinic.country) if request.kind is NumberKind.HOSTED else None
    number_id, now = new_id(), clock.now()
    values = {
        "clinic_id": clinic.id,
        "kind": request.kind,
        "state": "requested",
        "number": own,
        "carrier": "",
        "fee_cents": fee_cents,
        "fee_accepted_at": now if fee_cents else None,
        "segments_per_second": country.segments_per_second,
        "requested_by_id": actor.person_id,
        "requested_at": now,
        "words": "",
        "policy_version": "",
        "verification_words": "",
    }
    try:
        await uow.execute(insert(Number).values(practice_id=actor.practice_id, id=number_id, **values))
    except IntegrityError as error:
        raise Conflict(f"{clinic.name} has a text number already, or one is on its way. Each clinic has one.") from error
    await defer(uow, ASSIGN_TASK, practice_id=str(actor.practice_id), number_id=str(number_id))
    return number_id


def _agreed_fee(clinic: ClinicFacts, country: Country, request: NumberRequest) -> int:
    fee_cents = country.fees_cents.get(request.kind)
    if fee_cents is None:
        raise Invalid.field("kind", f"cannot be had in {country.name}, where {clinic.name} is; choose another one")
    if fee_cents and request.accepted_fee_cents != fee_cents:
        raise Conflict(f"Hosting your own number costs {fee_cents / 100:,g} US dollars once. Confirm this fee first.")
    return fee_cents


async def current_number(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, lock: bool = False) -> Row[Any] | None:
    """The clinic's number or the request for one; the latest refused one when there is nothing else."""
    statement = (
        select(Number.__table__)
        .where(Number.practice_id == practice_id, Number.clinic_id == clinic_id, Number.state != "released")
        .order_by(Number.state == "not_eligible", Number.requested_at.desc())
        .limit(1)
    )
    return (await uow.execute(statement.with_for_update() if lock else statement)).one_or_none()


async def withdraw_request(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> None:
    """Give up a request that has not led to a number, so that another one can be made."""
    number = await _require_number(uow, actor, clinic_id)
    if number.state in ("assigned", "enabled"):
        raise Conflict("The number is assigned already, so the request cannot be withdrawn.")
    await _change(uow, number, state="released")


async def accept_policy(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, version: str) -> None:
    """Record who has read which version of the texting policy, and when."""
    if version != policy.VERSION:
        raise Conflict("The texting policy has changed since you opened this page. Reload it and read the policy again.")
    number = await _require_number(uow, actor, clinic_id)
    if number.policy_version != version:
        by = {"policy_accepted_by_id": actor.person_id, "policy_accepted_at": clock.now()}
        await _change(uow, number, policy_version=version, **by)


async def enable_texting(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> None:
    """Raises Conflict with everything that stands in the way."""
    clinic = await require_own_clinic(uow, actor, clinic_id)
    number = await _require_number(uow, actor, clinic_id)
    if number.state == "enabled":
        return
    if number.state != "assigned":
        raise Conflict("The clinic has no text number yet. Texting can be switched on once one is assigned.")
    if obstacles := await obstacles_to_texting(uow, actor.practice_id, clinic, number=number):
        raise Conflict(" ".join(obstacles))
    await _change(uow, number, state="enabled", enabled_at=clock.now())


async def disable_texting(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> None:
    """Nothing is sent or taken in from now on. Texts that wait stay where they are until texting is on again."""
    number = await _require_number(uow, actor, clinic_id)
    if number.state == "enabled":
        await _change(uow, number, state="assigned", enabled_at=None)


async def obstacles_to_texting(uow: UnitOfWork, practice_id: UUID, clinic: ClinicFacts, *, number: Row[Any]) -> list[str]:
    """Why texting cannot be switched on, a sentence or two each; empty when nothing stands in the way."""
    if clinic.country not in COUNTRIES:
        return [no_texting_in(clinic.country)]
    obstacles: list[str] = []
    if not clinic.is_app_chat_enabled:
        obstacles.append("App chat is off for this clinic. Texting works beside it, so app chat has to be on first.")
    if not await _has_after_hours_number(uow, practice_id, clinic.id):
        obstacles.append(
            "The after-hours number is missing. Clients who text outside your hours are told to call it in an emergency; "
            "fill it in under Automatic replies."
        )
    if number.policy_version != policy.VERSION:
        obstacles.append("Nobody has confirmed the texting policy yet. Read it and confirm it under Texting policy.")
    return obstacles


async def _has_after_hours_number(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> bool:
    statement = select(TextingSettings.after_hours_number).where(
        TextingSettings.practice_id == practice_id, TextingSettings.clinic_id == clinic_id
    )
    return bool((await uow.execute(statement)).scalar_one_or_none())


async def _require_number(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> Row[Any]:
    """Locked, so that two who press at once come one after the other."""
    await require_own_clinic(uow, actor, clinic_id)
    number = await current_number(uow, actor.practice_id, clinic_id, lock=True)
    if number is None:
        raise Conflict("This clinic has not asked for a text number yet.")
    if number.state in GONE:
        raise Conflict("Your own number could not be used for texts. Ask for another number first.")
    return number


async def change_number(uow: UnitOfWork, practice_id: UUID, number_id: UUID, **values: Any) -> None:
    await uow.execute(update(Number).where(Number.practice_id == practice_id, Number.id == number_id).values(**values))


async def _change(uow: UnitOfWork, number: Row[Any], **values: Any) -> None:
    await change_number(uow, number.practice_id, number.id, **values)
