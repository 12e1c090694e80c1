"""How a clinic's texts are worded, with the standard words where it has none of its own."""

from dataclasses import dataclass

from sqlalchemy import select

from pawline.platform.db import UnitOfWork
from pawline.texting.clinic_numbers import ClinicNumber
from pawline.texting.countries import require_country
from pawline.texting.models import TextingSettings
from pawline.texting.wordings import AWAY, MEDIA


@dataclass(frozen=True, slots=True)
class Answering:
    """``after_hours_number`` empty: none is set, so nothing can be said about closed hours."""

    after_hours_number: str
    away_words: str
    welcome_words: str
    media_words: str
    answers_every_text: bool
    requires_names: bool


async def answering_of(uow: UnitOfWork, number: ClinicNumber) -> Answering:
    statement = select(TextingSettings.__table__).where(
        TextingSettings.practice_id == number.practice_id, TextingSettings.clinic_id == number.clinic_id
    )
    row = (await uow.execute(statement)).one_or_none()
    country = require_country(number.country)
    if row is None:
        return Answering("", AWAY, country.welcome, MEDIA, answers_every_text=False, requires_names=country.requires_names)
    return Answering(
        row.after_hours_number,
        row.away_words or AWAY,
        row.welcome_words or country.welcome,
        row.media_words or MEDIA,
        answers_every_text=row.answers_every_text,
        requires_names=country.requires_names if row.requires_names is None else row.requires_names,
    )
