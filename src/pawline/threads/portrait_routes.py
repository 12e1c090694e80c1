"""HTTP of the pictures that pets and clinics are known by."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from pawline.platform.actor import Actor
from pawline.platform.file_response import Asked, file_response
from pawline.platform.permissions import Permission
from pawline.platform.portraits import portrait_url
from pawline.sign_in.gate import Gate, requires
from pawline.threads.desk import Desk
from pawline.threads.portraits import drop_clinic_logo, drop_pet_portrait, open_portrait, set_clinic_logo, set_pet_portrait


class KeptPortrait(msgspec.Struct, frozen=True):
    url: str


@put(
    "/pets/{pet_id:uuid}/portrait",
    guards=[requires(Permission.CHANGE_PET)],
    summary="Choose the picture a pet is known by; the body is the picture itself",
    request_max_body_size=None,  # receiving a file bounds it while it streams
)
async def choose_portrait(
    pet_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk], request: Request[Any, Any, Any]
) -> KeptPortrait:
    return KeptPortrait(portrait_url(await set_pet_portrait(desk, actor, pet_id, chunks=request.stream())))


@delete(
    "/pets/{pet_id:uuid}/portrait/{portrait_id:uuid}",
    guards=[requires(Permission.CHANGE_PET)],
    summary="Take away the picture that a pet is known by",
)
async def drop_portrait(
    pet_id: FromPath[UUID], portrait_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> None:
    await drop_pet_portrait(desk, actor, pet_id, portrait_id=portrait_id)


@put(
    "/clinics/{clinic_id:uuid}/logo",
    guards=[requires(Permission.MANAGE_CLINIC)],
    summary="Choose the logo on a clinic's e-mails and papers; the body is the picture itself",
    request_max_body_size=None,
)
async def choose_logo(
    clinic_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk], request: Request[Any, Any, Any]
) -> KeptPortrait:
    return KeptPortrait(portrait_url(await set_clinic_logo(desk, actor, clinic_id, chunks=request.stream())))


@delete(
    "/clinics/{clinic_id:uuid}/logo/{portrait_id:uuid}",
    guards=[requires(Permission.MANAGE_CLINIC)],
    summary="Take away a clinic's logo",
)
async def drop_logo(
    clinic_id: FromPath[UUID], portrait_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> None:
    await drop_clinic_logo(desk, actor, clinic_id, portrait_id=portrait_id)


@get("/portraits/{portrait_id:uuid}", summary="The picture of a pet one knows, or the logo of a clinic of one's practice")
async def portrait(
    portrait_id: FromPath[UUID], request: Request[Any, Any, Any], gate: NamedDependency[Gate], desk: NamedDependency[Desk]
) -> Stream:
    actors = await gate.actors_of(request.cookies)
    return file_response(*await open_portrait(desk, actors, portrait_id, asked=Asked.by(request.headers)))


portraits_router = Router(
    path="/api/v1", route_handlers=[choose_portrait, drop_portrait, choose_logo, drop_logo, portrait], tags=["portraits"]
)
