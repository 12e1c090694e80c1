"""HTTP of what is known of a pet."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Router, patch, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.known_pets import change_known_pet, say_died
from pawline.threads.own_pets_routes import own_pets_router
from pawline.threads.picture_routes import pictures_router
from pawline.threads.portrait_routes import portraits_router

Line = Annotated[str, msgspec.Meta(max_length=200)]


class PetChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is missing stays as it is: somebody else may have corrected it meanwhile."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    species: Line | msgspec.UnsetType = msgspec.UNSET
    breed: Line | msgspec.UnsetType = msgspec.UNSET
    born_on: date | msgspec.UnsetType | None = msgspec.UNSET
    weight_grams: Annotated[int, msgspec.Meta(gt=0, le=20_000_000)] | msgspec.UnsetType | None = msgspec.UNSET

    def given(self) -> dict[str, Any]:
        return {field: value for field, value in msgspec.structs.asdict(self).items() if value is not msgspec.UNSET}


class PetDeath(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``died_on`` null: it lives, and was said to have died by mistake."""

    died_on: date | None


@patch("/pets/{pet_id:uuid}", guards=[requires(Permission.CHANGE_PET)], status_code=204, summary="Correct what is known of a pet")
async def change_profile(
    pet_id: FromPath[UUID], data: JSONBody[PetChange], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> None:
    async with desk.database.transaction() as uow:
        await change_known_pet(uow, actor, pet_id, change=data.given())


@put(
    "/pets/{pet_id:uuid}/death",
    guards=[requires(Permission.SAY_PET_DIED)],
    status_code=204,
    summary="Say when a pet has died, correct the day, or take it back",
)
async def set_death(
    pet_id: FromPath[UUID], data: JSONBody[PetDeath], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> None:
    async with desk.database.transaction() as uow:
        await say_died(uow, actor, pet_id, died_on=data.died_on)


known_pets_router = Router(path="/api/v1", route_handlers=[change_profile, set_death], tags=["pets"])
pets_router = Router(path="/", route_handlers=[known_pets_router, own_pets_router, pictures_router, portraits_router])
