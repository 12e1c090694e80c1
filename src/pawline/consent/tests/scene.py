"""Northside's text number, Olive's phone, and short words for what happens to consent."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, insert, text

from pawline.consent.service import Category, Cause, ConsentChange, Denial, Source, may_send, opt_in, opt_out, record
from pawline.texting.models import Number
from tests.world import World

OLIVES_NUMBER = "+447700900123"
OTHER_NUMBER = "+12125550199"
_NUMBERS = (f"+1888555{number:04}" for number in count(100))


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    practice_id: UUID
    number_id: UUID
    number: str
    nora_id: UUID

    def change(self, **values: Any) -> ConsentChange:
        """By Olive, about Northside's number, unless told otherwise."""
        fields: dict[str, Any] = {"contact_number": OLIVES_NUMBER, "source": Source.CONTACT, "number_id": self.number_id}
        return ConsentChange(**fields | values)

    def by_nora(self, *categories: Category, reason: str = "") -> ConsentChange:
        return self.change(source=Source.STAFF, actor_id=self.nora_id, categories=categories, reason=reason)

    async def happens(self, cause: Cause, **values: Any) -> bool:
        async with self.world.product.database.transaction() as uow:
            return await record(uow, self.practice_id, cause, self.change(**values))

    async def nora_opts_out(self, *categories: Category) -> bool:
        async with self.world.product.database.transaction() as uow:
            return await opt_out(uow, self.practice_id, self.by_nora(*categories))

    async def nora_opts_in(self, *categories: Category, reason: str) -> bool:
        async with self.world.product.database.transaction() as uow:
            return await opt_in(uow, self.practice_id, self.by_nora(*categories, reason=reason))

    async def denial(
        self, category: Category = Category.TWO_WAY, *, number_id: UUID | None = None, to: str = OLIVES_NUMBER
    ) -> Denial | None:
        async with self.world.product.database.transaction() as uow:
            return await may_send(
                uow, self.practice_id, number_id=number_id or self.number_id, contact_number=to, category=category
            )

    async def denied(self) -> dict[str, str]:
        """The categories that may not be sent, each with the layer that says so."""
        denials = {category.value: await self.denial(category) for category in Category}
        return {category: denial.reason for category, denial in denials.items() if denial}

    async def rows(self, statement: str, **values: Any) -> list[Row[Any]]:
        async with self.world.product.database.transaction() as uow:
            found = await uow.execute(text(statement), {"practice_id": self.practice_id, **values})
            return list(found.all())


async def set_scene(world: World) -> Scene:
    practice_id, number = UUID(world.practice_id), next(_NUMBERS)
    return Scene(world, practice_id, await add_number(world, world.clinic_id, number), number, UUID(world.nora.id))


async def add_number(world: World, clinic_id: str, number: str) -> UUID:
    number_id, now = uuid4(), datetime.now(UTC)
    async with world.product.database.transaction() as uow:
        await uow.execute(
            insert(Number).values(
                practice_id=UUID(world.practice_id),
                id=number_id,
                clinic_id=UUID(clinic_id),
                kind="toll_free",
                state="enabled",
                number=number,
                carrier="simulator",
                policy_accepted_at=now,
                requested_by_id=UUID(world.ada.id),
                requested_at=now,
            )
        )
    return number_id
