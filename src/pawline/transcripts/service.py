"""Transcripts: a conversation to download, or to send to a contact of the family by e-mail."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.clashes import note_replay
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.idempotency import another_request
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import ADDRESS_TAKES_MAIL, waits_from
from pawline.platform.permissions import Permission
from pawline.threads.assigning import conversation_view
from pawline.threads.desk import Desk
from pawline.threads.queries import visible_to
from pawline.transcripts.gathering import Gathering, Wanted, file_name
from pawline.transcripts.models import TranscriptMail
from pawline.transcripts.printing import Printer
from pawline.transcripts.views import Recipient, TranscriptChoices, TranscriptMailView

_ABOUT = text("""
SELECT f.name AS family_name, k.timezone
FROM family f, clinic k
WHERE f.practice_id = :practice_id AND f.id = :family_id AND k.practice_id = :practice_id AND k.id = :clinic_id
""")
# Who may read the conversation in the app, at an address that takes e-mail: a copy tells nobody what they could not see.
_RECIPIENTS = text(f"""
SELECT c.id AS contact_id, n.name, c.email
FROM contact c
JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
WHERE c.practice_id = :practice_id AND c.family_id = :family_id AND c.role IN ('primary', 'secondary') AND c.email IS NOT NULL
    AND {ADDRESS_TAKES_MAIL}
ORDER BY c.role = 'primary' DESC, c.created_at, c.id
""")  # noqa: S608 - made of constants


class NoAddress(Conflict):
    code = "no_address"


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """``with_notes``: with all that only the team sees; ``with_deleted``: with what deleted messages said."""

    thread_id: UUID
    conversation_id: UUID
    with_notes: bool = False
    with_deleted: bool = False


async def transcript_choices(desk: Desk, actor: Actor, asked: ConversationRef) -> TranscriptChoices:
    async with desk.database.transaction() as uow:
        thread = await _require(uow, actor, asked)
        return TranscriptChoices(
            recipients=await _recipients(uow, thread),
            may_include_notes=Permission.TAKE_TEAM_TRANSCRIPT.allows(actor),
            may_include_deleted=Permission.READ_DELETED.allows(actor),
            file_name=await _file_name(uow, thread),
        )


async def print_transcript(desk: Desk, printer: Printer, actor: Actor, *, asked: ConversationRef) -> tuple[str, bytes]:
    """The name of the file, and the PDF."""
    if asked.with_notes:
        Permission.TAKE_TEAM_TRANSCRIPT.require(actor)
    if asked.with_deleted:
        Permission.READ_DELETED.require(actor)
    async with desk.database.transaction() as uow:
        thread = await _require(uow, actor, asked)
        name = await _file_name(uow, thread)
    await desk.openings.record(desk.database, actor, asked.thread_id)
    wanted = Wanted(
        asked.thread_id,
        asked.conversation_id,
        thread.last_seq,
        with_notes=asked.with_notes,
        with_deleted=asked.with_deleted,
    )
    return name, await printer.print(Gathering(desk, actor, wanted), desk.settings.data)


async def mail_transcript(desk: Desk, actor: Actor, asked: ConversationRef, *, contact_id: UUID, key: UUID) -> TranscriptMailView:
    """Queue an e-mail to this contact with what has been written so far. Safe to repeat with the same ``key``.

    Raises:
        NotFound: no such contact of the family.
        NoAddress: nobody knows an address of theirs, or they may not read the conversation.
        Conflict: the key was of another conversation or contact.
    """
    async with desk.database.transaction() as uow:
        thread = await _require(uow, actor, asked)
        recipient = await _recipient(uow, thread, contact_id)
        state = await _queue(uow, thread, asked, request=TranscriptRequest(contact_id, actor.person_id, key))
        # Whoever has it sent lets the words out as if they had read them.
        await desk.openings.record_in(uow, actor, asked.thread_id)
        return TranscriptMailView(state.id, recipient.email, state.state)


@dataclass(frozen=True, slots=True)
class TranscriptRequest:
    contact_id: UUID
    asked_by_id: UUID
    key: UUID


async def _queue(uow: UnitOfWork, thread: Any, asked: ConversationRef, *, request: TranscriptRequest) -> Any:
    row = {
        "practice_id": thread.practice_id,
        "id": new_id(),
        "thread_id": thread.id,
        "conversation_id": asked.conversation_id,
        "contact_id": request.contact_id,
        "asked_by_id": request.asked_by_id,
        "request_key": request.key,
        "first_seq": 1,
        "up_to_seq": thread.last_seq,
        **waits_from(clock.now()),
    }
    await uow.execute(insert(TranscriptMail).values(row).on_conflict_do_nothing())
    stored = select(TranscriptMail.__table__).where(
        TranscriptMail.practice_id == thread.practice_id,
        TranscriptMail.asked_by_id == request.asked_by_id,
        TranscriptMail.request_key == request.key,
    )
    mail = (await uow.execute(stored)).one()
    if (mail.conversation_id, mail.contact_id) != (asked.conversation_id, request.contact_id):
        raise another_request()
    if mail.id != row["id"]:
        note_replay()
    return mail


async def _require(uow: UnitOfWork, actor: Actor, asked: ConversationRef) -> Any:
    thread = await visible_to(uow.connection, actor, asked.thread_id)
    await conversation_view(uow, thread, asked.conversation_id)
    return thread


async def _recipients(uow: UnitOfWork, thread: Any) -> list[Recipient]:
    rows = await uow.execute(_RECIPIENTS, {"practice_id": thread.practice_id, "family_id": thread.family_id})
    return [msgspec.convert(row, Recipient, from_attributes=True) for row in rows]


async def _recipient(uow: UnitOfWork, thread: Any, contact_id: UUID) -> Recipient:
    for recipient in await _recipients(uow, thread):
        if recipient.contact_id == contact_id:
            return recipient
    known = text("SELECT FROM contact WHERE practice_id = :practice_id AND family_id = :family_id AND id = :contact_id")
    key = {"practice_id": thread.practice_id, "family_id": thread.family_id, "contact_id": contact_id}
    if (await uow.execute(known, key)).one_or_none() is None:
        raise NotFound
    raise NoAddress("There is no e-mail address on file for this contact that takes e-mail and may get a transcript.")


async def _file_name(uow: UnitOfWork, thread: Any) -> str:
    key = {"practice_id": thread.practice_id, "family_id": thread.family_id, "clinic_id": thread.clinic_id}
    about = (await uow.execute(_ABOUT, key)).one()
    return file_name("en", about.family_name, clock.now().astimezone(ZoneInfo(about.timezone)))
