"""The exact words that would go out, for whoever changes them."""

from collections.abc import Callable
from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.texting.clinics import ClinicFacts, require_own_clinic
from pawline.texting.segments import count_segments
from pawline.texting.settings import (
    PRACTICE,
    SUBJECT,
    TextingSettingsDraft,
    clean_after_hours_number,
    clean_away_words,
    clean_media_words,
    clean_welcome_words,
    standard_welcome,
)
from pawline.texting.wordings import AWAY, LINK, MEDIA, fill_away

EXAMPLE_SUBJECT = "Pixel's check-up"
_NAMES = {"after_hours_number": "The after-hours number"}


class PreviewedText(msgspec.Struct, frozen=True):
    """``words`` null: nothing can be sent, and ``problem`` says why, in a sentence."""

    words: str | None
    segments: int
    problem: str | None


class WordingsPreview(msgspec.Struct, frozen=True):
    away: PreviewedText
    welcome: PreviewedText
    media: PreviewedText


async def preview_wordings(
    uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, draft: TextingSettingsDraft, public_url: str
) -> WordingsPreview:
    """Nothing is stored."""
    clinic = await require_own_clinic(uow, actor, clinic_id)
    return WordingsPreview(
        away=_preview(lambda: _away(clinic, draft)),
        welcome=_preview(lambda: _welcome(clinic, draft)),
        media=_preview(lambda: (clean_media_words(draft.media_words) or MEDIA).replace(LINK, f"{public_url}/m/example")),
    )


def _away(clinic: ClinicFacts, draft: TextingSettingsDraft) -> str:
    words = clean_away_words(draft.away_words) or AWAY
    return fill_away(words, clean_after_hours_number(clinic, draft.after_hours_number))


def _welcome(clinic: ClinicFacts, draft: TextingSettingsDraft) -> str:
    words = clean_welcome_words(clinic, draft.welcome_words) or standard_welcome(clinic)
    return words.replace(PRACTICE, clinic.practice_name).replace(SUBJECT, EXAMPLE_SUBJECT)


def _preview(words_of: Callable[[], str]) -> PreviewedText:
    try:
        words = words_of()
    except Invalid as problem:
        error = problem.errors[0]
        return PreviewedText(None, 0, f"{_NAMES.get(error.field, 'The text')} {error.message}.")
    return PreviewedText(words, count_segments(words).count, None)
