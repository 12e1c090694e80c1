"""A code on its way to a phone: through deliveries like every text, and part of no conversation."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers

from pawline.deliveries.service import SIGN_IN, DeliveryDraft, TextRefused, enqueue
from pawline.joining.secrets import sign_up_code
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.languages import Language
from pawline.platform.phone_numbers import is_textable, require_e164, to_e164
from pawline.platform.settings import Settings
from pawline.texting.clinic_numbers import ClinicNumber, number_of_clinic
from pawline.texting.countries import COUNTRIES
from pawline.texting.segments import count_segments, plain

# In Spanish without the accents that the short alphabet of texts lacks: one of them would make two texts of one.
_SENTENCES: dict[Language, str] = {
    "en": "{code} is your code for {clinic}. It is good for 15 minutes. Nobody from the clinic will ask for it.",
    "es": "{code} es su clave para {clinic}. Vale durante 15 minutos. Nadie del equipo se la va a pedir.",
}


@dataclass(frozen=True, slots=True)
class CodeToText:
    """``id``: the attempt that the code belongs to; ``to_number`` is E.164."""

    id: UUID
    to_number: str
    language: Language


async def text_code(uow: UnitOfWork, settings: Settings, number: ClinicNumber, *, wanted: CodeToText) -> bool:
    """Whether the number may be texted. It is for nobody outside to learn, and nobody is texted who said stop."""
    code = sign_up_code(settings, wanted.id)
    sentence = _SENTENCES[wanted.language].format(code=code, clinic=number.clinic_name)
    # The last line lets the phone offer the code by itself (WebOTP: wicg.github.io/sms-one-time-codes).
    body = plain(f"{sentence}\n\n@{urlsplit(settings.public_url).hostname} #{code}")
    draft = DeliveryDraft(
        number=number.row,
        to_number=wanted.to_number,
        body=body,
        segments=count_segments(body).count,
        category=SIGN_IN,
        request_key=wanted.id,
    )
    try:
        await enqueue(uow, number.practice_id, draft)
    except TextRefused:
        return False
    return True


async def number_to_text_from(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> ClinicNumber:
    number = await number_of_clinic(uow, practice_id, clinic_id)
    if number is None or not number.is_enabled:
        raise Invalid.field("number", "cannot be used here, because this clinic does not text; give your e-mail instead")
    return number


def read_mobile(spelling: str, country: str) -> str:
    """E.164. Far-away numbers are left out: texts there cost whoever sends them, and pay whoever asks for them."""
    number = require_e164("number", spelling, country)
    if not is_textable(number):
        raise Invalid.field("number", "is a landline, which gets no texts; give a mobile number or your e-mail")
    if not _is_near(number, country):
        raise Invalid.field("number", "is abroad, where this clinic does not text; give your e-mail instead")
    return number


def numbers_meant(spelling: str) -> list[str]:
    """E.164. A number without its country's code is read as one of each country where clinics text.

    Raises:
        Invalid: by its shape alone, whoever has it.
    """
    found = list(dict.fromkeys(number for country in COUNTRIES if (number := to_e164(spelling, country))))
    if not found:
        raise Invalid.field("number", "is not a phone number; write it with its area code, or with + and the country")
    near = [number for number in found if is_textable(number) and any(_is_near(number, country) for country in COUNTRIES)]
    if not near:
        raise Invalid.field("number", "is one that we cannot text; use your e-mail instead")
    return near


def _is_near(number: str, country: str) -> bool:
    parsed = phonenumbers.parse(number, None)
    # None: a number that no list knows, such as one reserved for fiction.
    region = phonenumbers.region_code_for_number(parsed)
    return parsed.country_code == phonenumbers.country_code_for_region(country) and (region is None or region in COUNTRIES)
