"""Signing up: a name and an address, and a code that goes there. What it leads to is decided when the code comes back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from pawline.joining.codes import Entrance, entrance_of
from pawline.joining.desk import JoiningDesk
from pawline.joining.limits import Ask, require_few
from pawline.joining.models import SignUp
from pawline.joining.secrets import sign_up_code, sign_up_code_hash
from pawline.joining.texted_codes import CodeToText, number_to_text_from, read_mobile, text_code
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.ids import new_id
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.mail_queue import PRACTICE_LOGO
from pawline.platform.security import keyed_hash
from pawline.platform.text import clean_email, clean_line
from pawline.sign_in.sessions import Browser

CODE_LASTS = timedelta(minutes=15)
MAIL_TASK = "send_sign_up_mail"

_MAIL_FACTS = text(f"""
SELECT s.email, s.language, y.name AS practice_name, {PRACTICE_LOGO} AS logo_id
FROM sign_up s JOIN practice y ON y.id = s.practice_id
WHERE s.practice_id = :practice_id AND s.id = :sign_up_id AND s.used_at IS NULL AND s.expires_at > :now AND s.email IS NOT NULL
""")  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """As typed; exactly one of ``email`` and ``number`` is given."""

    first_name: str
    last_name: str
    email: str | None = None
    number: str | None = None


async def start_at_clinic(desk: JoiningDesk, code: str, applicant: Applicant, *, browser: Browser) -> UUID:
    """Send a code to whoever came by a clinic's link or poster. Returns the attempt that it belongs to.

    Raises:
        CodeGone, Invalid, TooManyRequests: nothing was sent.
    """
    async with desk.database.transaction() as uow:
        entrance = await entrance_of(uow, code)
        if (applicant.email is None) == (applicant.number is None):
            raise Invalid.field("email", "or a mobile number is needed; give one of them")
        if applicant.number is not None:
            return await _start_by_text(uow, desk, entrance, applicant=applicant, browser=browser)
        return await start_by_mail(
            uow, desk, {"clinic_code_id": entrance.id, "practice_id": entrance.practice_id}, applicant=applicant, browser=browser
        )


async def start_by_mail(
    uow: UnitOfWork, desk: JoiningDesk, place: dict[str, UUID], *, applicant: Applicant, browser: Browser
) -> UUID:
    """``place``: columns that say through what they sign up."""
    row = _row(desk, place, applicant, browser=browser)
    row["email"] = clean_email("email", applicant.email or "")
    await _keep(uow, row)
    await defer(uow, MAIL_TASK, priority=SOMEBODY_WAITS, practice_id=str(row["practice_id"]), sign_up_id=str(row["id"]))
    return row["id"]


async def sign_up_mail_facts(uow: UnitOfWork, practice_id: UUID, sign_up_id: UUID) -> Any | None:
    """To whom the mail of a code goes; None when it is used or expired by now."""
    values = {"practice_id": practice_id, "sign_up_id": sign_up_id, "now": clock.now()}
    return (await uow.execute(_MAIL_FACTS, values)).one_or_none()


async def _start_by_text(
    uow: UnitOfWork, desk: JoiningDesk, entrance: Entrance, *, applicant: Applicant, browser: Browser
) -> UUID:
    own_number = await number_to_text_from(uow, entrance.practice_id, entrance.clinic_id)
    row = _row(desk, {"clinic_code_id": entrance.id, "practice_id": entrance.practice_id}, applicant, browser=browser)
    row["number"] = read_mobile(applicant.number or "", entrance.country)
    await _keep(uow, row)
    await text_code(uow, desk.settings, own_number, wanted=CodeToText(row["id"], row["number"], browser.language))
    return row["id"]


def _row(desk: JoiningDesk, place: dict[str, UUID], applicant: Applicant, *, browser: Browser) -> dict[str, Any]:
    sign_up_id, now = new_id(), clock.now()
    return {
        **place,
        "id": sign_up_id,
        "first_name": clean_line("first_name", applicant.first_name, longest=60),
        "last_name": clean_line("last_name", applicant.last_name, longest=60),
        "language": browser.language,
        "origin_hash": keyed_hash(desk.settings, "sign-up origin", browser.address),
        "code_hash": sign_up_code_hash(desk.settings, sign_up_id, sign_up_code(desk.settings, sign_up_id)),
        "created_at": now,
        "expires_at": now + CODE_LASTS,
    }


async def _keep(uow: UnitOfWork, row: dict[str, Any]) -> None:
    ask = Ask(
        practice_id=row["practice_id"],
        place_id=row.get("clinic_code_id") or row["family_invitation_id"],
        email=row.get("email"),
        number=row.get("number"),
        origin_hash=row["origin_hash"],
    )
    await require_few(uow, ask)
    await uow.execute(insert(SignUp).values(**row))  # tenancy: the row names its practice_id
