"""The exact words that would go out, for whoever changes them."""

from collections.abc import Callable
from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.texting.clinics import ClinicFacts, require_own_clinic
from pawline.texting.media_out import TOKEN_LENGTH, link_to
from pawline.texting.segments import count_segments
from pawline.texting.settings import (
    TextingSettingsDraft,
    clean_after_hours_number,
    clean_away_words,
    clean_media_words,
    clean_welcome_words,
    standard_welcome,
)
from pawline.texting.wordings import AWAY, MEDIA, fill_away, fill_media, fill_welcome

EXAMPLE_SUBJECT = "Pixel's check-up"
# As long as a real one, so that the segments are counted as they are paid for.
EXAMPLE_TOKEN = ("Example" * TOKEN_LENGTH)[:TOKEN_LENGTH]
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
        media=_preview(lambda: _media(draft, public_url)),
    )


def _away(clinic: ClinicFacts, draft: TextingSettingsDraft) -> str:
    words = clean_away_words(draft.away_words) or AWAY
    return fill_away(words, clean_after_hours_number(clinic, draft.after_hours_number))


def _welcome(clinic: ClinicFacts, draft: TextingSettingsDraft) -> str:
    words = clean_welcome_words(clinic, draft.welcome_words) or standard_welcome(clinic.country)
    return fill_welcome(words, practice=clinic.practice_name, subject=EXAMPLE_SUBJECT)


def _media(draft: TextingSettingsDraft, public_url: str) -> str:
    return fill_media(clean_media_words(draft.media_words) or MEDIA, link_to(public_url, EXAMPLE_TOKEN))


def _preview(words_of: Callable[[], str]) -> PreviewedText:
    try:
        words = words_of()
    except Invalid as problem:
        error = problem.errors[0]
        return PreviewedText(None, 0, f"{_NAMES.get(error.field, 'The text')} {error.message}.")
    return PreviewedText(words, count_segments(words).count, None)
