"""How a clinic's texts are worded, with the standard words where it has none of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pawline.platform.db import UnitOfWork
from pawline.texting.clinic_numbers import ClinicNumber
from pawline.texting.countries import COUNTRIES, require_country
from pawline.texting.settings import settings_of, standard_welcome
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
    """Raises Conflict in a country where texting is not available."""
    require_country(number.country)
    return build_answering(number.country, await settings_of(uow, number.practice_id, number.clinic_id))


def build_answering(country: str, stored: Mapping[str, Any]) -> Answering:
    """``stored``: the columns of the clinic's settings, none of them while nothing was ever chosen."""
    is_usual = country in COUNTRIES and COUNTRIES[country].requires_names
    requires_names = stored.get("requires_names")
    return Answering(
        after_hours_number=stored.get("after_hours_number", ""),
        away_words=stored.get("away_words") or AWAY,
        welcome_words=stored.get("welcome_words") or standard_welcome(country),
        media_words=stored.get("media_words") or MEDIA,
        answers_every_text=stored.get("answers_every_text", False),
        requires_names=is_usual if requires_names is None else requires_names,
    )
