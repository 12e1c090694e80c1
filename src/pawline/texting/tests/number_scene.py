"""Getting a clinic its text number: the owner asks, and the worker's jobs run against a carrier with numbers to sell."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text

from pawline.carriers.fake import FakeCarrier
from pawline.carriers.interface import (
    AvailableNumber,
    Carrier,
    CarrierFailed,
    HookUrls,
    Hosting,
    HostingVerdict,
    NumberKind,
    OrderedNumber,
    TollFreeForm,
    Verification,
    VerificationState,
)
from pawline.texting.desk import TextingDesk
from pawline.texting.models import Number
from pawline.texting.number_jobs import NumberJobs
from tests.world import Caller, Json, World

AFTER_HOURS = {"after_hours_number": "315 555 0199"}


def new_number() -> str:
    """Nobody else's: a number belongs to one clinic, and all tests share a database."""
    return f"+18885{secrets.randbelow(1_000_000):06}"


@dataclass
class Shop(FakeCarrier):
    """Sells numbers, and remembers what was asked of it. ``trouble`` is raised by whatever is asked next."""

    offers: list[str] = field(default_factory=lambda: [new_number(), new_number()])
    orders: list[tuple[str, HookUrls]] = field(default_factory=list[tuple[str, HookUrls]])
    forms: list[TollFreeForm] = field(default_factory=list[TollFreeForm])
    hosting: Hosting = field(default_factory=lambda: Hosting(HostingVerdict.ELIGIBLE))
    verdict: Verification = field(default_factory=lambda: Verification("v1", VerificationState.PENDING))
    trouble: BaseException | None = None

    def _struggle(self) -> None:
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble

    async def search_numbers(self, *, country: str, kind: NumberKind, area: str = "") -> Sequence[AvailableNumber]:
        return [AvailableNumber(number, f"{country} {kind} {area}") for number in self.offers]

    async def order_number(self, number: str, *, hooks: HookUrls) -> OrderedNumber:
        self.orders.append((number, hooks))
        self._struggle()
        return OrderedNumber(number, f"id of {number}")

    async def check_hosting(self, number: str) -> Hosting:
        self._struggle()
        return self.hosting if number else Hosting(HostingVerdict.NOT_ELIGIBLE)

    async def verify_toll_free(self, number_id: str, *, form: TollFreeForm) -> Verification:
        assert number_id
        self.forms.append(form)
        self._struggle()
        return self.verdict

    async def read_verification(self, carrier_verification_id: str) -> Verification:
        if carrier_verification_id != self.verdict.carrier_verification_id:  # of another test, in the same database
            return Verification(carrier_verification_id, VerificationState.PENDING)
        self._struggle()
        return self.verdict


class Crash(BaseException):
    """The worker is gone in the middle of it."""


@dataclass
class NumberScene:
    world: World
    shop: Shop = field(default_factory=Shop)

    @property
    def path(self) -> str:
        return f"/clinics/{self.world.clinic_id}"

    @property
    def jobs(self) -> NumberJobs:
        return self.jobs_with({"fake": self.shop})

    def jobs_with(self, carriers: Mapping[str, Carrier]) -> NumberJobs:
        return NumberJobs(TextingDesk(self.world.product.settings, self.world.product.database, carriers))

    async def ask(self, kind: str = "toll_free", *, by: Caller | None = None, at: str | None = None, **values: Any) -> Any:
        path = f"/clinics/{at or self.world.clinic_id}/number-request"
        key = {"Idempotency-Key": str(uuid4())}
        return await (by or self.world.helen).send("POST", path, {"kind": kind, **values}, headers=key)

    async def work(self) -> None:
        """What the worker does for the numbers of this practice."""
        for number in await self.rows():
            ids = {"practice_id": str(number.practice_id), "number_id": str(number.id)}
            await self.jobs.assign(**ids)
            await self.jobs.submit_form(**ids)

    async def rows(self) -> Sequence[Any]:
        async with self.world.product.database.transaction() as uow:
            statement = select(Number.__table__).where(Number.practice_id == UUID(self.world.practice_id))
            return (await uow.execute(statement.order_by(Number.requested_at))).all()

    async def page(self, *, at: str | None = None) -> Json:
        response = await self.world.helen.get(f"/clinics/{at or self.world.clinic_id}/texting")
        assert 200 == response.status_code, response.text
        return response.json()

    async def number(self, *, at: str | None = None) -> Json:
        return (await self.page(at=at))["number"]

    async def act(self, method: str, path: str, body: Json = None, *, by: Caller | None = None) -> Any:
        return await (by or self.world.helen).send(method, self.path + path, body)

    async def assign(self) -> Json:
        """A toll-free number, ready to be switched on but for what the clinic has to say."""
        assert 201 == (await self.ask()).status_code
        await self.work()
        return await self.number()

    async def prepare(self) -> None:
        """The after-hours number, and the policy read."""
        assert 200 == (await self.act("PUT", "/texting", AFTER_HOURS)).status_code
        version = (await self.page())["policy"]["version"]
        assert 200 == (await self.act("PUT", "/number/policy", {"version": version})).status_code

    async def change_clinic(self, **values: Any) -> None:
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        async with self.world.product.database.transaction() as uow:
            statement = text(f"UPDATE clinic SET {assignments} WHERE id = :clinic_id")  # noqa: S608 - names of the test's own
            await uow.execute(statement, {**values, "clinic_id": UUID(self.world.clinic_id)})


def carrier_trouble() -> CarrierFailed:
    return CarrierFailed("The carrier does not answer.")
