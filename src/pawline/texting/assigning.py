"""Getting the number that was asked for, step by step. Each step is recorded before the next, and all may be repeated."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

from pawline.carriers.interface import Carrier, CarrierFailed, HookUrls, HostingVerdict, NumberKind
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.texting.clinics import clinic_facts
from pawline.texting.desk import TextingDesk
from pawline.texting.models import Number
from pawline.texting.numbers import GONE, change_number

NO_CARRIER = (
    "No carrier is connected to this installation yet. Whoever runs Pawline has to connect one; "
    "the number is then assigned by itself."
)
NONE_FOR_SALE = "The carrier has no such number to offer at the moment. Pawline asks again every few minutes."
STILL_CHECKED = "The carrier is still checking whether this number can be used. Pawline asks again every few minutes."
TAKEN = "This number is used for texts by another clinic already. Ask for another number."
AGAIN = "Pawline tries again every few minutes."
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A request that is being worked on."""

    practice_id: UUID
    id: UUID
    kind: NumberKind
    country: str
    number: str | None
    carrier: Carrier


async def assign_number_now(desk: TextingDesk, practice_id: UUID, number_id: UUID) -> None:
    """Take a request as far as it goes today; what is left is tried again by look_after_numbers."""
    wanted = await _begin(desk, practice_id, number_id)
    if wanted is None:
        return
    try:
        if wanted.kind is NumberKind.HOSTED:
            await _check_own(desk, wanted)
        else:
            await _order(desk, wanted)
    except CarrierFailed as error:
        await _advance(desk, wanted, words=f"{error} {AGAIN}")


async def waiting_requests(uow: UnitOfWork) -> list[Row[Any]]:
    # tenancy: the job looks after the requests of all practices.
    statement = select(Number.practice_id, Number.id).where(Number.state.in_(("requested", "checking")))
    return list(await uow.execute(statement))


async def _begin(desk: TextingDesk, practice_id: UUID, number_id: UUID) -> _Wanted | None:
    async with desk.database.transaction() as uow:
        row = await _locked(uow, practice_id, number_id)
        if row is None or row.state not in ("requested", "checking"):
            return None
        name = row.carrier or next(iter(desk.carriers), "")
        carrier = desk.carriers.get(name)
        changed = {"words": NO_CARRIER} if carrier is None else {"state": "checking", "carrier": name}
        await change_number(uow, practice_id, number_id, **changed)
        if carrier is None:
            return None
        country = (await clinic_facts(uow, practice_id, row.clinic_id)).country
        return _Wanted(practice_id, number_id, NumberKind(row.kind), country, row.number, carrier)


async def _order(desk: TextingDesk, wanted: _Wanted) -> None:
    number = wanted.number or await _choose(desk, wanted)
    if number is None:
        return
    # A repeat after a crash asks for the same number again, so two are never paid for.
    ordered = await wanted.carrier.order_number(number, hooks=hook_urls(desk, wanted.carrier.name))
    await _assign(desk, wanted, number=ordered.number, carrier_number_id=ordered.carrier_number_id)


async def _choose(desk: TextingDesk, wanted: _Wanted) -> str | None:
    """Decide on a number and record it before anything is bought. Whoever decides first decides for all."""
    offered = await wanted.carrier.search_numbers(country=wanted.country, kind=wanted.kind)
    async with desk.database.transaction() as uow:
        row = await _locked(uow, wanted.practice_id, wanted.id)
        if row is None or row.state != "checking":
            return None
        if row.number is not None:
            return row.number
        numbers = [each.number for each in offered]
        taken = await _taken(uow, numbers)
        chosen = next((number for number in numbers if number not in taken), None)
        await change_number(uow, wanted.practice_id, wanted.id, number=chosen, words="" if chosen else NONE_FOR_SALE)
        return chosen


async def _check_own(desk: TextingDesk, wanted: _Wanted) -> None:
    number = wanted.number or ""
    hosting = await wanted.carrier.check_hosting(number)
    match hosting.verdict:
        case HostingVerdict.ELIGIBLE:
            await _assign(desk, wanted, number=number, carrier_number_id=number)
        case HostingVerdict.NOT_ELIGIBLE:
            await _advance(desk, wanted, state="not_eligible", words=hosting.words or "The carrier does not say why.")
        case HostingVerdict.PENDING:
            await _advance(desk, wanted, words=STILL_CHECKED)


async def _assign(desk: TextingDesk, wanted: _Wanted, *, number: str, carrier_number_id: str) -> None:
    values = {"number": number, "carrier_number_id": carrier_number_id, "assigned_at": clock.now(), "words": ""}
    try:
        is_assigned = await _advance(desk, wanted, state="assigned", **values)
    except IntegrityError:
        await _advance(desk, wanted, state="not_eligible", words=TAKEN)
        return
    if not is_assigned:
        _log.warning("number_without_request", number_id=str(wanted.id), carrier=wanted.carrier.name)


async def _advance(desk: TextingDesk, wanted: _Wanted, **values: Any) -> bool:
    """False: somebody else has finished or withdrawn the request meanwhile, and nothing is changed."""
    async with desk.database.transaction() as uow:
        row = await _locked(uow, wanted.practice_id, wanted.id)
        if row is None or row.state != "checking":
            return False
        await change_number(uow, wanted.practice_id, wanted.id, **values)
        return True


def hook_urls(desk: TextingDesk, carrier: str) -> HookUrls:
    at = f"{desk.settings.public_url}/hooks/{carrier}"
    # Each text names a receipt address of its own, so the number's own is only ever asked about calls.
    return HookUrls(text=f"{at}/text", voice=f"{at}/voice", receipt=f"{at}/voice/done")


async def _taken(uow: UnitOfWork, numbers: list[str]) -> set[str]:  # tenancy: what any practice has chosen is not for sale
    statement = select(Number.number).where(Number.number.in_(numbers), Number.state.not_in(GONE))
    return set((await uow.execute(statement)).scalars())


async def _locked(uow: UnitOfWork, practice_id: UUID, number_id: UUID) -> Row[Any] | None:
    statement = select(Number.__table__).where(Number.practice_id == practice_id, Number.id == number_id).with_for_update()
    return (await uow.execute(statement)).one_or_none()
