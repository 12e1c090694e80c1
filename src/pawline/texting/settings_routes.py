"""HTTP of a clinic's settings: what it tells of itself, its text number, automatic words and conversation hours."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Router, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from pawline.carriers.interface import NumberKind
from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.practices.hours import hours_of, set_hours
from pawline.practices.service import ClinicChange, change_clinic
from pawline.schedule.zone_change import follow_zone
from pawline.sign_in.gate import requires
from pawline.texting.clinics import require_own_clinic
from pawline.texting.hours_form import ConversationHours, read_hours, write_hours
from pawline.texting.number_page import clinic_lines, clinic_texting
from pawline.texting.number_views import ClinicLines, ClinicTexting
from pawline.texting.numbers import (
    NumberRequest,
    accept_policy,
    disable_texting,
    enable_texting,
    request_numbers,
    withdraw_request,
)
from pawline.texting.previews import WordingsPreview, preview_wordings
from pawline.texting.settings import TextingSettingsDraft, save_settings
from pawline.texting.toll_free import TollFreeAnswers, save_form
from pawline.threads.desk import Desk

SEES = requires(Permission.MANAGE_TEXTING)
OWNS = requires(Permission.MANAGE_NUMBERS)
Words = Annotated[str, QueryParameter(max_length=2_000)]


class NewNumberRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``own_number`` is the one to host. ``accepted_fee_cents``: the fee that was shown and agreed to.

    ``also_clinic_ids``: further clinics that shall have a number of their own.
    """

    kind: Literal["toll_free", "hosted", "local"]
    own_number: Annotated[str, msgspec.Meta(max_length=40)] = ""
    accepted_fee_cents: int | None = None
    also_clinic_ids: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []


class AcceptedPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: Annotated[str, msgspec.Meta(max_length=20)]


class Requested(msgspec.Struct, frozen=True):
    ids: list[UUID]


@get("/clinics", guards=[SEES], summary="The clinics one works at, and how far texting is there")
async def clinics(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ClinicLines:
    async with desk.database.transaction() as uow:
        return await clinic_lines(uow, actor)


@patch(
    "/clinics/{clinic_id:uuid}",
    guards=[requires(Permission.MANAGE_CLINIC)],
    summary="Change a clinic's name and numbers, and whether app chat is on",
)
async def change_information(
    clinic_id: FromPath[UUID], data: JSONBody[ClinicChange], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await change_clinic(uow, actor, clinic_id, change=data)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@get("/clinics/{clinic_id:uuid}/texting", guards=[SEES], summary="The text number of a clinic and all around it")
async def texting(clinic_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@put("/clinics/{clinic_id:uuid}/texting", guards=[SEES], summary="Change how texts are answered by themselves")
async def change_settings(
    clinic_id: FromPath[UUID],
    data: JSONBody[TextingSettingsDraft],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await save_settings(uow, actor, clinic_id, draft=data)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@get("/clinics/{clinic_id:uuid}/wordings/preview", guards=[SEES], summary="The exact words that would be sent; stores nothing")
async def preview(
    clinic_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    after_hours_number: Annotated[str, QueryParameter(max_length=60)] = "",
    away_words: Words = "",
    welcome_words: Words = "",
    media_words: Words = "",
) -> WordingsPreview:
    draft = TextingSettingsDraft(
        after_hours_number=after_hours_number, away_words=away_words, welcome_words=welcome_words, media_words=media_words
    )
    async with desk.database.transaction() as uow:
        return await preview_wordings(uow, actor, clinic_id, draft=draft, public_url=desk.settings.public_url)


@post("/clinics/{clinic_id:uuid}/number-request", guards=[OWNS], summary="Ask for a text number")
async def ask_for_number(
    clinic_id: FromPath[UUID],
    data: JSONBody[NewNumberRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> Requested:
    request = NumberRequest(kind=NumberKind(data.kind), own_number=data.own_number, accepted_fee_cents=data.accepted_fee_cents)
    async with desk.database.transaction() as uow:

        async def ask() -> Requested:
            return Requested(await request_numbers(uow, actor, [clinic_id, *data.also_clinic_ids], request=request))

        return await once(uow, KeyedRequest(actor, idempotency_key, (clinic_id, data)), ask, form=Requested)


@post(
    "/clinics/{clinic_id:uuid}/number-request/withdraw",
    guards=[OWNS],
    status_code=200,
    summary="Give up a request that has not led to a number",
)
async def withdraw(clinic_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await withdraw_request(uow, actor, clinic_id)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@put("/clinics/{clinic_id:uuid}/number/policy", guards=[OWNS], summary="Confirm that the texting policy has been read")
async def confirm_policy(
    clinic_id: FromPath[UUID], data: JSONBody[AcceptedPolicy], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await accept_policy(uow, actor, clinic_id, version=data.version)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@post("/clinics/{clinic_id:uuid}/number/enable", guards=[OWNS], status_code=200, summary="Switch texting on")
async def enable(clinic_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await enable_texting(uow, actor, clinic_id)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@post("/clinics/{clinic_id:uuid}/number/disable", guards=[OWNS], status_code=200, summary="Switch texting off, both ways")
async def disable(clinic_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await disable_texting(uow, actor, clinic_id)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@put("/clinics/{clinic_id:uuid}/toll-free-form", guards=[OWNS], summary="Hand in the verification form of a toll-free number")
async def hand_in_form(
    clinic_id: FromPath[UUID], data: JSONBody[TollFreeAnswers], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ClinicTexting:
    async with desk.database.transaction() as uow:
        await save_form(uow, actor, clinic_id, answers=data)
        return await clinic_texting(uow, actor, clinic_id, public_url=desk.settings.public_url)


@get("/clinics/{clinic_id:uuid}/hours", guards=[SEES], summary="When the clinic answers messages")
async def hours(clinic_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ConversationHours:
    async with desk.database.transaction() as uow:
        await require_own_clinic(uow, actor, clinic_id)
        return write_hours(await hours_of(uow, actor.practice_id, clinic_id))


@put("/clinics/{clinic_id:uuid}/hours", guards=[SEES], summary="Change when the clinic answers messages")
async def change_hours(
    clinic_id: FromPath[UUID], data: JSONBody[ConversationHours], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ConversationHours:
    rules = read_hours(data)
    async with desk.database.transaction() as uow:
        await require_own_clinic(uow, actor, clinic_id)
        await set_hours(uow, actor.practice_id, clinic_id, rules)
        await follow_zone(uow, actor.practice_id, clinic_id, zone=rules.zone)
        return write_hours(await hours_of(uow, actor.practice_id, clinic_id))


settings_router = Router(
    path="/api/v1",
    route_handlers=[
        clinics,
        change_information,
        texting,
        change_settings,
        preview,
        ask_for_number,
        withdraw,
        confirm_policy,
        enable,
        disable,
        hand_in_form,
        hours,
        change_hours,
    ],
    tags=["settings"],
)
