"""Reading all that the settings page shows of a clinic's texting."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.permissions import Permission
from pawline.platform.phone_numbers import format_for_people
from pawline.platform.portraits import portrait_url
from pawline.texting import policy
from pawline.texting.answering import build_answering
from pawline.texting.clinics import ClinicFacts, own_clinics, require_own_clinic
from pawline.texting.countries import COUNTRIES, no_texting_in
from pawline.texting.number_views import (
    Capabilities,
    ClinicLine,
    ClinicLines,
    ClinicTexting,
    KindOffer,
    NumberView,
    PolicyView,
    TextedClinic,
    TextingSettingsView,
    Verification,
)
from pawline.texting.numbers import current_number, obstacles_to_texting
from pawline.texting.settings import settings_of, standard_welcome
from pawline.texting.toll_free import TollFreeAnswers
from pawline.texting.wordings import AWAY, MEDIA


async def clinic_lines(uow: UnitOfWork, actor: Actor) -> ClinicLines:
    clinics = await own_clinics(uow, actor)
    return ClinicLines([_line(clinic, await current_number(uow, actor.practice_id, clinic.id)) for clinic in clinics])


async def clinic_texting(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, public_url: str) -> ClinicTexting:
    """Raises NotFound for a clinic at which the actor does not work."""
    clinic = await require_own_clinic(uow, actor, clinic_id)
    number = await current_number(uow, actor.practice_id, clinic_id)
    names = await _names(uow, actor.practice_id, number)
    return ClinicTexting(
        clinic=_clinic(clinic),
        owner_link=f"{public_url}/owner",
        capabilities=_capabilities(clinic),
        number=None if number is None else await _number(uow, clinic, number, names=names),
        settings=_settings(clinic, await settings_of(uow, actor.practice_id, clinic_id)),
        policy=_policy(number, names),
        can_manage_number=Permission.MANAGE_NUMBERS.allows(actor),
    )


def _line(clinic: ClinicFacts, number: Row[Any] | None) -> ClinicLine:
    return ClinicLine(clinic.id, clinic.name, clinic.country in COUNTRIES, None if number is None else number.state)


def _clinic(clinic: ClinicFacts) -> TextedClinic:
    return TextedClinic(
        id=clinic.id,
        name=clinic.name,
        practice_name=clinic.practice_name,
        country=clinic.country,
        timezone=clinic.timezone,
        phone=_shown(clinic.phone, clinic.country),
        emergency_number=_shown(clinic.emergency_number, clinic.country),
        street=clinic.street,
        city=clinic.city,
        region=clinic.region,
        postcode=clinic.postcode,
        is_app_chat_enabled=clinic.is_app_chat_enabled,
        is_chat_for_chosen=clinic.is_chat_for_chosen,
        mails_show_words=clinic.mails_show_words,
        brand_colour=clinic.brand_colour,
        logo=None if clinic.logo_id is None else portrait_url(clinic.logo_id),
        min_client_version=clinic.min_client_version,
    )


def _shown(number: str | None, country: str) -> str | None:
    return None if number is None else format_for_people(number, country)


def _capabilities(clinic: ClinicFacts) -> Capabilities:
    country = COUNTRIES.get(clinic.country)
    if country is None:
        return Capabilities(no_texting_in(clinic.country), [], "none", "")
    kinds = [KindOffer(kind.value, fee_cents) for kind, fee_cents in country.fees_cents.items()]
    return Capabilities("", kinds, country.media, country.media_words)


async def _number(uow: UnitOfWork, clinic: ClinicFacts, number: Row[Any], *, names: dict[UUID, str]) -> NumberView:
    is_verified = number.kind == "toll_free" and number.state in ("assigned", "enabled")
    return NumberView(
        id=number.id,
        kind=number.kind,
        state=number.state,
        number=None if number.number is None else format_for_people(number.number, clinic.country),
        words=number.words,
        fee_cents=number.fee_cents,
        requested_at=number.requested_at,
        requested_by=names[number.requested_by_id],
        assigned_at=number.assigned_at,
        enabled_at=number.enabled_at,
        obstacles=await obstacles_to_texting(uow, number.practice_id, clinic, number=number)
        if number.state == "assigned"
        else [],
        verification=_verification(number) if is_verified else None,
    )


def _verification(number: Row[Any]) -> Verification:
    form = None if number.verification_form is None else msgspec.convert(number.verification_form, TollFreeAnswers)
    return Verification(number.verification, number.verification_words, form)


def _policy(number: Row[Any] | None, names: dict[UUID, str]) -> PolicyView:
    is_accepted = number is not None and number.policy_version == policy.VERSION
    return PolicyView(
        version=policy.VERSION,
        points=list(policy.POINTS),
        consequence=policy.CONSEQUENCE,
        accepted_at=number.policy_accepted_at if number is not None and is_accepted else None,
        accepted_by=names[number.policy_accepted_by_id] if number is not None and is_accepted else None,
    )


def _settings(clinic: ClinicFacts, stored: dict[str, Any]) -> TextingSettingsView:
    answering = build_answering(clinic.country, stored)
    return TextingSettingsView(
        after_hours_number=answering.after_hours_number,
        away_words=answering.away_words,
        standard_away_words=AWAY,
        welcome_words=answering.welcome_words,
        standard_welcome_words=standard_welcome(clinic.country),
        media_words=answering.media_words,
        standard_media_words=MEDIA,
        answers_every_text=answering.answers_every_text,
        requires_names=answering.requires_names,
    )


async def _names(uow: UnitOfWork, practice_id: UUID, number: Row[Any] | None) -> dict[UUID, str]:
    """Of who asked for the number and who confirmed the policy."""
    if number is None:
        return {}
    ids = [each for each in (number.requested_by_id, number.policy_accepted_by_id) if each is not None]
    return {row.id: row.name for row in await uow.execute(_NAMES, {"practice_id": practice_id, "ids": ids})}


_NAMES = text("SELECT id, name FROM person WHERE practice_id = :practice_id AND id = ANY(:ids)")
