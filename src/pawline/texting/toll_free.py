"""The form that phone companies want before texts from a toll-free number go through: filling in, handing in, the verdict."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from sqlalchemy import Row, select

from pawline.carriers.interface import CarrierFailed, TollFreeForm, Verification, VerificationState
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, FieldError, Invalid
from pawline.platform.jobs import defer
from pawline.platform.phone_numbers import require_e164
from pawline.platform.text import clean_email, clean_line
from pawline.texting.clinics import require_own_clinic
from pawline.texting.desk import TextingDesk
from pawline.texting.models import Number
from pawline.texting.numbers import change_number, current_number

SUBMIT_TASK = "submit_toll_free_form"
COUNTRIES = ("US", "CA")
LONGEST_LINE, LONGEST_SUMMARY = 120, 500
_ZIP = re.compile(r"\d{5}(-\d{4})?")
_CANADIAN_CODE = re.compile(r"[A-Z]\d[A-Z] ?\d[A-Z]\d")
_CHOICES = {name: get_args(kind) for name, kind in get_type_hints(TollFreeForm).items() if get_origin(kind) is Literal}
_SITES = ("business_website", "privacy_policy_url", "terms_url")
_LINES = ("business_name", "street", "city", "region", "contact_first_name", "contact_last_name")
_REGISTRATION = ("registration_number", "registration_authority", "registration_country")


class TollFreeAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The form as somebody fills it in: everything may still be missing or wrong."""

    business_name: str = ""
    business_website: str = ""
    business_type: str = ""
    registration_number: str = ""
    registration_authority: str = ""
    registration_country: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    contact_first_name: str = ""
    contact_last_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    use_case_summary: str = ""
    message_sample: str = ""
    opt_in_kind: str = ""
    opt_in_image_urls: list[str] = []
    monthly_volume: str = ""
    privacy_policy_url: str = ""
    terms_url: str = ""


async def save_form(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, answers: TollFreeAnswers) -> None:
    """Take in a form that is in order, and hand it in.

    Raises:
        Invalid: with every problem at once.
        Conflict: there is no toll-free number, or it is cleared or being looked at.
    """
    await require_own_clinic(uow, actor, clinic_id)
    number = await current_number(uow, actor.practice_id, clinic_id, lock=True)
    if number is None or number.kind != "toll_free" or number.state not in ("assigned", "enabled"):
        raise Conflict("Only an assigned toll-free number is verified. This clinic has none.")
    if number.verification == VerificationState.APPROVED:
        raise Conflict("This number is verified already; nothing has to be handed in.")
    if number.verification == VerificationState.PENDING:
        raise Conflict("The form is being looked at. It can be corrected if it is turned down.")
    form = build_form(answers)
    await change_number(
        uow,
        number.practice_id,
        number.id,
        verification=VerificationState.PENDING,
        verification_words="",
        carrier_verification_id=None,
        verification_form=msgspec.to_builtins(form),
    )
    await defer(uow, SUBMIT_TASK, practice_id=str(number.practice_id), number_id=str(number.id))


def build_form(answers: TollFreeAnswers) -> TollFreeForm:
    """Raises Invalid with every problem at once."""
    errors: list[FieldError] = []
    clean: dict[str, Any] = {}
    for name, read in _readers(answers):
        try:
            clean[name] = read()
        except Invalid as problem:
            errors += problem.errors
    if errors:
        raise Invalid.fields(errors)
    return TollFreeForm(**clean)


def _readers(answers: TollFreeAnswers) -> Iterator[tuple[str, Callable[[], Any]]]:
    """How each field is read."""
    given = msgspec.structs.asdict(answers)
    country = given["country"]
    home = country if country in COUNTRIES else "US"
    for name in _LINES:
        yield name, lambda name=name: clean_line(name, given[name], longest=LONGEST_LINE)
    for name, choices in _CHOICES.items():
        yield name, lambda name=name, choices=choices: _choice(name, given[name], choices)
    for name in _SITES:
        yield name, lambda name=name: _address(name, given[name])
    for name in _REGISTRATION:
        yield name, lambda name=name: _registration(name, given[name], answers.business_type)
    yield "country", lambda: _choice("country", country, COUNTRIES)
    yield "postal_code", lambda: _postal_code(given["postal_code"], country)
    yield "contact_email", lambda: clean_email("contact_email", given["contact_email"])
    yield "contact_phone", lambda: require_e164("contact_phone", given["contact_phone"], home)
    yield "use_case_summary", lambda: clean_line("use_case_summary", given["use_case_summary"], longest=LONGEST_SUMMARY)
    yield "message_sample", lambda: _sample(given["message_sample"])
    yield "opt_in_image_urls", lambda: _images(given["opt_in_image_urls"])


def _choice(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise Invalid.field(name, "is not chosen; choose one of the list")
    return value


def _address(name: str, value: str) -> str:
    address = clean_line(name, value, longest=500)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or "." not in parts.netloc.strip(".") or " " in address:
        raise Invalid.field(name, "is not a web address; write it in full, like https://northside.example/privacy")
    return address


def _registration(name: str, value: str, business_type: str) -> str:
    if business_type == "sole_proprietor" and not value.strip():
        return ""  # the only ones without a number in a register
    line = clean_line(name, value, longest=60)
    if name == "registration_country" and line not in COUNTRIES:
        raise Invalid.field(name, "is not chosen; choose one of the list")
    return line


def _postal_code(value: str, country: str) -> str:
    code = clean_line("postal_code", value, longest=12).upper()
    if country == "US" and not _ZIP.fullmatch(code):
        raise Invalid.field("postal_code", "is not a ZIP code; write five digits, like 13202")
    if country == "CA" and not _CANADIAN_CODE.fullmatch(code):
        raise Invalid.field("postal_code", "is not a Canadian postal code; write it like K1A 0B1")
    return code


def _sample(value: str) -> str:
    sample = clean_line("message_sample", value, longest=LONGEST_SUMMARY)
    if "STOP" not in sample:
        raise Invalid.field("message_sample", "does not say how to stop the texts; end it with: Reply STOP to opt out")
    return sample


def _images(values: list[str]) -> list[str]:
    addresses = [value for value in values if value.strip()]
    if not 1 <= len(addresses) <= 5:
        raise Invalid.field("opt_in_image_urls", "needs one to five web addresses of pictures that show how clients agree")
    return [_address("opt_in_image_urls", value) for value in addresses]


async def submit_form_now(desk: TextingDesk, practice_id: UUID, number_id: UUID) -> None:
    """Hand in a form that waits. Safe to repeat, but for a crash between the carrier's answer and our record of it:
    then the carrier gets the form twice, and refuses the second."""
    async with desk.database.transaction() as uow:
        number = await _number(uow, practice_id, number_id)
    if number is None or number.verification != VerificationState.PENDING or number.carrier_verification_id is not None:
        return
    carrier = desk.carriers.get(number.carrier)
    if carrier is None:
        return
    form = msgspec.convert(number.verification_form, TollFreeForm)
    try:
        filed = await carrier.verify_toll_free(number.carrier_number_id, form=form)
    except CarrierFailed as error:
        filed = Verification("", VerificationState.REJECTED, f"The form could not be handed in. {error}")
    await _record(desk, number, filed)


async def read_verdict_now(desk: TextingDesk, practice_id: UUID, number_id: UUID) -> None:
    async with desk.database.transaction() as uow:
        number = await _number(uow, practice_id, number_id)
    if number is None or number.verification != VerificationState.PENDING or number.carrier_verification_id is None:
        return
    carrier = desk.carriers.get(number.carrier)
    if carrier is not None:
        await _record(desk, number, await carrier.read_verification(number.carrier_verification_id))


async def pending_verifications(uow: UnitOfWork) -> list[Row[Any]]:
    # tenancy: the job asks for the verdicts on the numbers of all practices.
    statement = select(Number.practice_id, Number.id, Number.carrier_verification_id)
    return list(await uow.execute(statement.where(Number.verification == VerificationState.PENDING)))


async def _record(desk: TextingDesk, number: Row[Any], verification: Verification) -> None:
    async with desk.database.transaction() as uow:
        now = await _number(uow, number.practice_id, number.id)
        if now is None or now.verification_form != number.verification_form or now.verification != VerificationState.PENDING:
            return  # another form has taken its place
        await change_number(
            uow,
            number.practice_id,
            number.id,
            verification=verification.state,
            verification_words=verification.rejection,
            carrier_verification_id=verification.carrier_verification_id or None,
        )


async def _number(uow: UnitOfWork, practice_id: UUID, number_id: UUID) -> Row[Any] | None:
    statement = select(Number.__table__).where(Number.practice_id == practice_id, Number.id == number_id).with_for_update()
    return (await uow.execute(statement)).one_or_none()
