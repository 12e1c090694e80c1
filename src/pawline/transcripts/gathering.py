"""What stands in a transcript: looked up as the reader it is for may see it, page by page, and written down for the printer.

A conversation of years is never whole in memory.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text

from pawline.moderation.deleted_messages import record_readings
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.languages import Language
from pawline.platform.money import format_money
from pawline.platform.portraits import portrait_key
from pawline.threads.access import FAMILY_KINDS, visible_kinds
from pawline.threads.conversation_messages import ConversationPart
from pawline.threads.deleted_words import with_deleted_words
from pawline.threads.file_links import FileLinks, storage_key
from pawline.threads.queries import message_views, visible_to
from pawline.threads.sealed_files import find_sealed_thumbnail
from pawline.threads.sealing import key_of_sealed_file
from pawline.threads.views import AttachmentView, MessageView, PaymentView
from pawline.transcripts.sheet import Entry, Fact, FileLine, Head
from pawline.transcripts.words import WORDS, Words

PAGE = 100
# A picture is 20 kB. More of them are a photo album, which e-mail servers refuse.
MOST_PICTURES = 150
_HEAD = text("""
SELECT y.name AS practice_name, k.name AS clinic_name, k.timezone, k.logo_id, f.name AS family_name,
    c.title, c.opened_at, c.ended_at,
    ARRAY(SELECT n.name FROM contact g JOIN person n ON n.practice_id = g.practice_id AND n.id = g.id
          WHERE g.practice_id = t.practice_id AND g.family_id = t.family_id
          ORDER BY g.role = 'primary' DESC, g.created_at, g.id) AS contact_names,
    ARRAY(SELECT a.id FROM pet a WHERE a.practice_id = t.practice_id AND a.family_id = t.family_id ORDER BY a.name, a.id)
        AS pet_ids,
    ARRAY(SELECT a.name FROM pet a WHERE a.practice_id = t.practice_id AND a.family_id = t.family_id ORDER BY a.name, a.id)
        AS pet_names
FROM conversation c
JOIN thread t ON t.practice_id = c.practice_id AND t.id = c.thread_id
JOIN practice y ON y.id = t.practice_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
WHERE c.practice_id = :practice_id AND c.id = :conversation_id AND c.thread_id = :thread_id
""")


class Shelf(Protocol):
    """Where messages and their files are."""

    @property
    def database(self) -> Database: ...

    @property
    def files(self) -> FileStore: ...

    @property
    def links(self) -> FileLinks: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversation, up to which message of its thread, in which language.

    ``with_notes``: and whether with what only the team sees; ``with_deleted``: with what deleted messages said.
    """

    thread_id: UUID
    conversation_id: UUID
    up_to_seq: int
    language: Language = "en"
    with_notes: bool = False
    with_deleted: bool = False


def file_name(language: Language, family: str, moment: datetime) -> str:
    """``moment`` is in the clinic's zone."""
    # A family is a part of the name here, and must not lead anywhere.
    return f"{WORDS[language].title} {family.replace('/', '-')} {moment:%Y-%m-%d}.pdf"


class Gathering:
    """One transcript for one reader; ``folder`` takes what the printer needs."""

    def __init__(self, shelf: Shelf, reader: Actor, wanted: Wanted) -> None:
        self._database = shelf.database
        self._files = shelf.files
        self._links = shelf.links
        # A block is for reading in peace; a record that leaves somebody out is none. A family's own is as each of them reads it.
        self._reader = replace(reader, blocked=()) if reader.is_staff else reader
        self._wanted = wanted
        self._words: Words = WORDS[wanted.language]
        self._pictures = 0
        kinds = visible_kinds(reader) if wanted.with_notes else FAMILY_KINDS
        self._part = ConversationPart(wanted.thread_id, wanted.conversation_id, kinds, wanted.up_to_seq)

    async def write_to(self, folder: Path) -> Path:
        """
        Raises:
            NotFound: the reader may not see the thread.
        """
        sheet = folder / "sheet"
        facts = await self._facts()
        encode = msgspec.json.Encoder().encode_lines
        with sheet.open("wb") as file:
            file.write(encode([await self._head(facts, folder)]))
            async for views in self._pages():
                file.write(encode([await self._entry(view, facts, folder) for view in views]))
        return sheet

    async def _facts(self) -> Any:
        key = {"practice_id": self._reader.practice_id, "thread_id": self._wanted.thread_id}
        async with self._database.single_statements() as connection:
            await visible_to(connection, self._reader, self._wanted.thread_id)
            return (await connection.execute(_HEAD, {**key, "conversation_id": self._wanted.conversation_id})).one()

    async def _head(self, facts: Any, folder: Path) -> Head:
        words, zone = self._words, ZoneInfo(facts.timezone)
        ended = words.day_and_time(facts.ended_at.astimezone(zone)) if facts.ended_at else words.still_open
        lines = [
            Fact(words.family, f"{facts.family_name}: {', '.join(facts.contact_names)}"),
            Fact(words.pets, ", ".join(facts.pet_names)),
            Fact(words.wrote, ", ".join(await self._authors())),
            Fact(words.begun, words.day_and_time(facts.opened_at.astimezone(zone))),
            Fact(words.ended, ended),
        ]
        return Head(
            language=self._wanted.language,
            practice=facts.practice_name,
            clinic=facts.clinic_name,
            title=facts.title,
            facts=[line for line in lines if line.value],
            times=words.times.format(clinic=facts.clinic_name, zone=facts.timezone),
            warning=words.warning(with_notes=self._wanted.with_notes, with_deleted=self._wanted.with_deleted),
            logo=await self._picture(portrait_key(facts.logo_id), "logo", folder) if facts.logo_id else None,
        )

    async def _authors(self) -> Sequence[str]:
        async with self._database.single_statements() as connection:
            return (await connection.execute(self._part.authors(self._reader))).scalars().all()

    async def _pages(self) -> AsyncIterator[Sequence[MessageView]]:
        after = 0
        while True:
            async with self._database.single_statements() as connection:
                rows = list(await connection.execute(self._part.page(self._reader, after=after, limit=PAGE)))
                views = await message_views(connection, self._links, rows, for_team=self._reader.is_staff)
                if self._wanted.with_deleted:
                    views = await with_deleted_words(connection, self._links, rows, views=views)
            if views:
                await self._record(views)
                yield views
                after = views[-1].seq
            if len(rows) < PAGE:
                return

    async def _record(self, views: Sequence[MessageView]) -> None:
        """Before any of it goes out: with deleted messages, a transcript is a reading of each."""
        deleted = [view.id for view in views if view.deleted_at is not None and view.erased_at is None]
        if self._wanted.with_deleted and deleted:
            async with self._database.transaction() as uow:
                await record_readings(uow, self._reader, deleted, in_transcript=True)

    async def _entry(self, view: MessageView, facts: Any, folder: Path) -> Entry:
        words, zone = self._words, ZoneInfo(facts.timezone)
        local = view.created_at.astimezone(zone)
        is_note = view.kind != "text"
        return Entry(
            day=words.day(local),
            time=f"{local:%H:%M}",
            author=view.author_name if view.kind != "system" else words.system,
            how=" · ".join(part for part in (self._way(view), self._about(view, facts), self._taken_back(view)) if part),
            body=self._body(view, zone),
            files=[await self._file(view, each, folder) for each in view.attachments],
            is_of_team=view.author_kind == "staff",
            is_note=is_note,
            is_deleted=view.deleted_at is not None,
        )

    def _body(self, view: MessageView, zone: ZoneInfo) -> str:
        if view.erased_at is not None:
            erased_on = self._words.day(view.erased_at.astimezone(zone))
            return self._words.erased.format(name=view.erased_by_name, day=erased_on)
        if view.deleted_at is not None and not self._wanted.with_deleted:
            return self._tombstone(view)
        return view.body if view.payment is None else f"{view.body}\n{self._payment(view.payment, zone)}"

    def _taken_back(self, view: MessageView) -> str:
        is_shown = view.deleted_at is not None and view.erased_at is None and self._wanted.with_deleted
        return self._tombstone(view) if is_shown else ""

    def _tombstone(self, view: MessageView) -> str:
        return self._words.removed if view.is_removed else self._words.deleted.format(name=view.author_name)

    def _payment(self, payment: PaymentView, zone: ZoneInfo) -> str:
        words = self._words
        amount = format_money(payment.amount_minor, payment.currency, self._wanted.language)
        state = words.paid[payment.state].format(at=words.day_and_time(payment.changed_at.astimezone(zone)))
        return f"{words.payment.format(amount=amount)} · {state}"

    def _way(self, view: MessageView) -> str:
        words = self._words
        if view.kind != "text":
            return {"note": words.note, "reminder_copy": words.reminder}.get(view.kind, "")
        if view.channel == "app":
            return words.in_app
        return f"{words.by_text}, {words.written[view.delivery.state]}" if view.delivery else words.by_text

    def _about(self, view: MessageView, facts: Any) -> str:
        names = dict(zip(facts.pet_ids, facts.pet_names, strict=True))
        pets = ", ".join(names[pet_id] for pet_id in view.pet_ids if pet_id in names)
        return self._words.about.format(pets=pets) if pets else ""

    async def _file(self, view: MessageView, attachment: AttachmentView, folder: Path) -> FileLine:
        if attachment.thumbnail_url is None:
            return FileLine(attachment.file_name)
        self._pictures += 1
        if self._pictures > MOST_PICTURES:
            more = f" ({self._words.more_pictures})" if self._pictures == MOST_PICTURES + 1 else ""
            return FileLine(attachment.file_name + more)
        return FileLine(attachment.file_name, await self._thumbnail(view, attachment.id, folder))

    async def _thumbnail(self, view: MessageView, attachment_id: UUID, folder: Path) -> str | None:
        if view.deleted_at is not None:
            async with self._database.single_statements() as connection:
                key = await key_of_sealed_file(connection, self._reader.practice_id, attachment_id)
            if key is not None:
                return _kept(await find_sealed_thumbnail(self._files, attachment_id, key), str(attachment_id), folder)
        return await self._picture(storage_key(attachment_id, "thumbnail"), str(attachment_id), folder)

    async def _picture(self, key: str, name: str, folder: Path) -> str | None:
        return _kept(await self._files.find(key), name, folder)


def _kept(picture: bytes | None, name: str, folder: Path) -> str | None:
    if picture is None:  # the words matter more than a small picture
        return None
    (folder / name).write_bytes(picture)
    return name
