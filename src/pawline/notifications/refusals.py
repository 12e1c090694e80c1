"""Addresses that take no e-mail: learned from the mail server, shown to the team, tried again if asked to."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import aiosmtplib
from sqlalchemy import select, text

from pawline.notifications.refusal_models import MailRefusal
from pawline.notifications.staff_refusals import TRY_TASK, mark_staff_refused
from pawline.notifications.views import ContactMailView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.lifted_refusals import lift_refusal
from pawline.texting.contacts import require_contact

_LONGEST_WORDS = 300
# RFC 3463: no such mailbox or domain, no address at all, moved away, takes no mail, switched off, no way to the domain. Others
# tell of a mailbox that is full, of whoever sends, like a server on a list of spammers, or of one that was not set up for us.
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_ABOUT_THE_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
# Without such a status: codes of an address that is none, unless the words tell of something else.
_NO_SUCH_ADDRESS = frozenset({550, 553})
_ANOTHER_MATTER = re.compile("relay|sender|block|black|policy|spam|authenti|full|quota", re.IGNORECASE)
_NOTE = text("""
INSERT INTO mail_refusal (practice_id, contact_id, email, refused_at, words)
SELECT c.practice_id, c.id, c.email, :now, :words
FROM contact c
WHERE c.practice_id = :practice_id AND c.email = :email
ON CONFLICT (practice_id, contact_id)
DO UPDATE SET email = excluded.email, refused_at = excluded.refused_at, words = excluded.words
""")


@dataclass(frozen=True, slots=True)
class RefusedAddress:
    """``words``: what the mail server said, its code first."""

    email: str
    words: str


def refused_addresses(error: Exception) -> list[RefusedAddress]:
    """Those for which the mail server will never take anything."""
    refusals = error.recipients if isinstance(error, aiosmtplib.SMTPRecipientsRefused) else []
    if isinstance(error, aiosmtplib.SMTPRecipientRefused):
        refusals = [error]
    return [
        RefusedAddress(each.recipient.lower(), f"{each.code} {each.message}")
        for each in refusals
        if is_about_the_address(each.code, each.message)
    ]


def is_about_the_address(code: int, words: str) -> bool:
    """Does a mail server's answer say that the address will never take anything? ``words`` begin with the status, if any."""
    status = _STATUS.match(words)
    if status is not None:
        return status.group() in _ABOUT_THE_ADDRESS
    return code in _NO_SUCH_ADDRESS and not _ANOTHER_MATTER.search(words)


@asynccontextmanager
async def noting_refusals(database: Database, practice_id: UUID) -> AsyncGenerator[None]:
    """Around a mail that lets somebody in. To refused addresses as well: that is how people show that theirs works again.

    What is refused for good is not worth another try, all else is raised.
    """
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as error:
        async with database.transaction() as uow:
            is_for_good = await note_refusals(uow, practice_id, error)
        if not is_for_good:
            raise


async def note_refusals(uow: UnitOfWork, practice_id: UUID, error: Exception) -> bool:
    """Mark the contacts and the team of the practice with these addresses. True: there was something to mark."""
    refused = refused_addresses(error)
    for each in refused:
        await mark_refused(uow, practice_id, each)
    return bool(refused)


async def mark_refused(uow: UnitOfWork, practice_id: UUID, refused: RefusedAddress) -> None:
    values = {"practice_id": practice_id, "email": refused.email, "words": refused.words[:_LONGEST_WORDS], "now": clock.now()}
    await uow.execute(_NOTE, values)
    await mark_staff_refused(uow, practice_id, values)


async def contact_mail(uow: UnitOfWork, actor: Actor, *, contact_id: UUID) -> ContactMailView:
    """
    Raises:
        NotFound: no such contact for this actor.
    """
    contact = await require_contact(uow, actor, contact_id)
    # Another address than the one that was refused may take e-mail.
    statement = select(MailRefusal.refused_at, MailRefusal.words).where(
        MailRefusal.practice_id == actor.practice_id,
        MailRefusal.contact_id == contact_id,
        MailRefusal.email == contact.email,
    )
    found = (await uow.execute(statement)).one_or_none()
    return ContactMailView(contact.email, found.refused_at if found else None, found.words if found else None)


async def try_address_again(uow: UnitOfWork, actor: Actor, *, contact_id: UUID) -> ContactMailView:
    """From now on e-mails go there again, until the mail server refuses one more time."""
    await require_contact(uow, actor, contact_id)
    await lift_refusal(uow, actor.practice_id, contact_id)
    return await contact_mail(uow, actor, contact_id=contact_id)


async def try_staff_address(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    """Send one e-mail there; what comes back marks the address."""
    await defer(uow, TRY_TASK, priority=SOMEBODY_WAITS, practice_id=str(practice_id), staff_id=str(staff_id))
