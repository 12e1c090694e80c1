"""How a clinic's texts are answered by themselves: reading, changing, and trying the words out."""

import re
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import FieldError, Invalid
from pawline.platform.phone_numbers import format_for_people, require_e164
from pawline.platform.text import require_storable
from pawline.texting.clinics import ClinicFacts, require_own_clinic
from pawline.texting.countries import COUNTRIES
from pawline.texting.models import TextingSettings
from pawline.texting.wordings import AWAY, LINK, MEDIA, PHONE_NUMBER, PRACTICE, SUBJECT, WELCOME, require_away_words

# Four segments of plain letters: more than that nobody reads on a phone, and each is paid for.
LONGEST_WORDS = 612
_PLACEHOLDER = re.compile(r"<[^<>]*>|\{[^{}]*\}")


class TextingSettingsDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``after_hours_number`` in any spelling. Words that are null or empty: the standard ones. ``requires_names`` null: as is
    usual in the clinic's country."""

    after_hours_number: str = ""
    away_words: str | None = None
    welcome_words: str | None = None
    media_words: str | None = None
    answers_every_text: bool = False
    requires_names: bool | None = None


async def save_settings(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, draft: TextingSettingsDraft) -> None:
    """Raises Invalid with every problem at once, NotFound for a clinic of others."""
    clinic = await require_own_clinic(uow, actor, clinic_id)
    values = clean_settings(clinic, draft)
    key = {"practice_id": actor.practice_id, "clinic_id": clinic_id}
    statement = upsert(TextingSettings).values(**key, **values)
    await uow.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


async def settings_of(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> dict[str, Any]:
    """The columns; none of them while nothing was ever chosen."""
    statement = select(TextingSettings.__table__).where(
        TextingSettings.practice_id == practice_id, TextingSettings.clinic_id == clinic_id
    )
    return dict[str, Any]((await uow.execute(statement)).mappings().one_or_none() or {})


def clean_settings(clinic: ClinicFacts, draft: TextingSettingsDraft) -> dict[str, Any]:
    """The columns to store. Raises Invalid with every problem at once."""
    errors: list[FieldError] = []
    values: dict[str, Any] = {"answers_every_text": draft.answers_every_text, "requires_names": draft.requires_names}
    readers: dict[str, Callable[[], str | None]] = {
        "after_hours_number": lambda: clean_after_hours_number(clinic, draft.after_hours_number),
        "away_words": lambda: clean_away_words(draft.away_words),
        "welcome_words": lambda: clean_welcome_words(clinic, draft.welcome_words),
        "media_words": lambda: clean_media_words(draft.media_words),
    }
    for name, read in readers.items():
        try:
            values[name] = read()
        except Invalid as problem:
            errors += problem.errors
    if errors:
        raise Invalid.fields(errors)
    return values


def clean_after_hours_number(clinic: ClinicFacts, spelling: str) -> str:
    """As it stands in a text: the way it is dialled in the clinic's country."""
    if not spelling.strip():
        raise Invalid.field("after_hours_number", "is missing; clients are told to call it in an emergency, so fill it in")
    return format_for_people(require_e164("after_hours_number", spelling, clinic.country), clinic.country)


def clean_away_words(words: str | None) -> str | None:
    cleaned = _clean("away_words", words, standard=AWAY, known={PHONE_NUMBER})
    return cleaned if cleaned is None else require_away_words("away_words", cleaned)


def clean_welcome_words(clinic: ClinicFacts, words: str | None) -> str | None:
    cleaned = _clean("welcome_words", words, standard=standard_welcome(clinic.country), known={PRACTICE, SUBJECT})
    if cleaned is not None and PRACTICE not in cleaned:
        raise Invalid.field("welcome_words", f"does not contain {PRACTICE}; put it where your name belongs")
    if cleaned is not None and "STOP" not in cleaned:
        raise Invalid.field("welcome_words", "does not say how to stop the texts; add: Reply STOP to stop these texts")
    return cleaned


def clean_media_words(words: str | None) -> str | None:
    cleaned = _clean("media_words", words, standard=MEDIA, known={LINK})
    if cleaned is not None and LINK not in cleaned:
        raise Invalid.field("media_words", f"does not contain {LINK}; put it where the link belongs")
    return cleaned


def standard_welcome(country: str) -> str:
    return COUNTRIES[country].welcome if country in COUNTRIES else WELCOME


def _clean(field: str, words: str | None, *, standard: str, known: Collection[str]) -> str | None:
    """None: the standard words."""
    cleaned = (words or "").strip()
    require_storable(field, cleaned)
    if cleaned in ("", standard):
        return None
    if len(cleaned) > LONGEST_WORDS:
        raise Invalid.field(field, f"is longer than {LONGEST_WORDS} characters; shorten it")
    for placeholder in _PLACEHOLDER.findall(cleaned):
        if placeholder not in known:
            message = (
                f"contains {placeholder[:40]}, which nothing is put in for; only {' and '.join(sorted(known))} can be filled"
            )
            raise Invalid.field(field, message)
    return cleaned
