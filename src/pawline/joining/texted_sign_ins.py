"""Signing in with a mobile number on file: a texted code, and then the choice of who one is if several share the number."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text, update

from pawline.joining.desk import JoiningDesk
from pawline.joining.known_numbers import KnownContact, clinics_texting, contacts_with, number_on_file
from pawline.joining.limits import require_few_sign_ins
from pawline.joining.models import TextedSignIn
from pawline.joining.proving import MOST_TRIES, Prover
from pawline.joining.refusals import ChooseContact
from pawline.joining.secrets import sign_up_code, sign_up_code_hash
from pawline.joining.signing_up import CODE_LASTS
from pawline.joining.texted_codes import CodeToText, numbers_meant, text_code
from pawline.joining.texters import end_questions
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import FieldError, SignInFailed
from pawline.platform.ids import new_id
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings
from pawline.sign_in.contacts import start_contact_session
from pawline.sign_in.lockout import Try
from pawline.sign_in.sessions import Browser

_COUNT_TRY = text("""
UPDATE texted_sign_in i SET tries = i.tries + 1
WHERE i.id = :id AND i.used_at IS NULL AND i.expires_at > :now AND i.tries < :most_tries
RETURNING i.id, i.number, i.code_hash
""")


async def text_sign_in_code(desk: JoiningDesk, spelling: str, *, browser: Browser) -> UUID:
    """Text a code if the number is on file. Nobody learns here whether it is.

    Raises:
        Invalid: it cannot be texted, whoever has it.
        TooManyRequests: asked for too often, known or not.
    """
    numbers = numbers_meant(spelling)
    attempt_id, now = new_id(), clock.now()
    origin_hash = keyed_hash(desk.settings, "sign-up origin", browser.address)
    async with desk.database.transaction() as uow:
        await require_few_sign_ins(uow, numbers, origin_hash=origin_hash)
        known = await number_on_file(uow, numbers)
        statement = insert(TextedSignIn).values(
            id=attempt_id,
            number=known or numbers[0],
            origin_hash=origin_hash,
            code_hash=sign_up_code_hash(desk.settings, attempt_id, sign_up_code(desk.settings, attempt_id)),
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
        await uow.execute(statement)
        if known is not None:
            await _text_once(uow, desk, CodeToText(attempt_id, known, browser.language))
    return attempt_id


async def sign_in_by_text(desk: JoiningDesk, attempt_id: UUID, code: str, *, prover: Prover) -> str:
    """The secret of a new session.

    Raises:
        SignInFailed: another code, too old, or tried too often.
        ChooseContact: the code is right and good for another try, with ``contact_id``.
    """
    attempt = Try(account=f"texted sign-in {attempt_id}", address=prover.browser.address)
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        values = {"id": attempt_id, "now": clock.now(), "most_tries": MOST_TRIES}
        row: Any = (await uow.execute(_COUNT_TRY, values)).one_or_none()
        is_right = row is not None and is_same(row.code_hash, sign_up_code_hash(desk.settings, attempt_id, code.strip()))
        secret = await _enter(uow, row, prover) if is_right else None
    if secret is None:  # raised after the commit: the try itself must stay counted
        raise SignInFailed("This code is not right, or it is too old. Use the latest one, or ask for a new code.")
    await desk.lockout.forgive(attempt)
    return secret


async def use_texted_code(uow: UnitOfWork, settings: Settings, attempt_id: UUID, *, code: str) -> list[KnownContact]:
    """Whoever may sign in with the number that this code was texted to. Nobody when it is another; the try counts."""
    values = {"id": attempt_id, "now": clock.now(), "most_tries": MOST_TRIES}
    row: Any = (await uow.execute(_COUNT_TRY, values)).one_or_none()
    if row is None or not is_same(row.code_hash, sign_up_code_hash(settings, attempt_id, code.strip())):
        return []
    await uow.execute(update(TextedSignIn).where(TextedSignIn.id == row.id).values(used_at=clock.now()))
    return await contacts_with(uow, row.number)


async def _text_once(uow: UnitOfWork, desk: JoiningDesk, wanted: CodeToText) -> None:
    """One text, from the first clinic that knows the number and may text it."""
    for contact in await contacts_with(uow, wanted.to_number):
        for own_number in await clinics_texting(uow, contact):
            if await text_code(uow, desk.settings, own_number, wanted=wanted):
                return


async def _enter(uow: UnitOfWork, row: Any, prover: Prover) -> str | None:
    contacts = await contacts_with(uow, row.number)
    if not contacts:  # the practice has taken the number off file since
        return None
    chosen = _choose(contacts, prover.contact_id)
    for own_number in await clinics_texting(uow, chosen):
        await end_questions(uow, chosen.practice_id, own_number.clinic_id, contact_number=row.number)
    await uow.execute(update(TextedSignIn).where(TextedSignIn.id == row.id).values(used_at=clock.now()))
    return await start_contact_session(uow, chosen.practice_id, chosen.id, browser=prover.browser)


def _choose(contacts: Sequence[KnownContact], contact_id: UUID | None) -> KnownContact:
    if len(contacts) == 1:
        return contacts[0]
    chosen = next((contact for contact in contacts if contact.id == contact_id), None)
    if chosen is None:
        is_one_practice = len({contact.practice_id for contact in contacts}) == 1
        names = [contact.name if is_one_practice else f"{contact.name}, {contact.practice_name}" for contact in contacts]
        choices = [FieldError("contact_id", f"{contact.id} {name}") for contact, name in zip(contacts, names, strict=True)]
        raise ChooseContact("Several people share this number. Say which of them you are.", errors=choices)
    return chosen
