"""Files in texts: not as MMS, but as a link to a page of ours. A link is unguessable, expires, and can be revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from sqlalchemy import insert, text, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.security import hash_secret, new_secret
from pawline.platform.settings import Settings
from pawline.texting.answering import answering_of
from pawline.texting.clinic_numbers import ClinicNumber
from pawline.texting.countries import require_country
from pawline.texting.models import MediaLink
from pawline.texting.wordings import fill_media
from pawline.threads.drafts import MessageDraft
from pawline.threads.file_rows import files_to_send
from pawline.threads.queries import one_message, visible_to

LASTS = timedelta(days=30)
PDF = "application/pdf"
TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """A text on its way out; its files are those that the author has uploaded for it."""

    draft: MessageDraft
    message_id: UUID
    author_id: UUID


class SharedKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    PDF = "pdf"


class LinkGone(NotFound):
    """The link leads nowhere any more; whoever has it may know whom to ask."""

    def __init__(self, clinic_name: str, clinic_phone: str | None) -> None:
        super().__init__()
        self.clinic_name = clinic_name
        self.clinic_phone = clinic_phone


@dataclass(frozen=True, slots=True)
class SharedFile:
    """What a good link leads to. Sizes in pixels are missing for a PDF."""

    practice_id: UUID
    attachment_id: UUID
    media_type: str
    file_name: str
    size_bytes: int
    width: int | None
    height: int | None
    has_thumbnail: bool
    practice_name: str
    clinic_name: str
    clinic_phone: str | None
    timezone: str
    expires_at: datetime

    @property
    def kind(self) -> SharedKind:
        kinds = {"image": SharedKind.PHOTO, "video": SharedKind.VIDEO}
        return kinds.get(self.media_type.partition("/")[0], SharedKind.PDF)


async def texted_body(uow: UnitOfWork, settings: Settings, number: ClinicNumber, *, outgoing: OutgoingText) -> str:
    """The words that reach the phone: what was written, then a link for each file.

    Raises:
        Invalid: files cannot be sent by text in the clinic's country, or one of them is not there.
    """
    draft = outgoing.draft
    if not draft.attachment_ids:
        return draft.body
    if require_country(number.country).media != "link":
        raise Invalid.field("attachment_ids", "cannot go by text in your country; ask the client to continue in the app")
    files = await files_to_send(uow, number.practice_id, draft.attachment_ids, uploader_id=outgoing.author_id)
    if len(files) < len(draft.attachment_ids):
        raise Invalid.field("attachment_ids", "names a file that is not there or was sent already; upload it again")
    words = (await answering_of(uow, number)).media_words
    lines: list[str] = []
    for file in files:
        link = link_to(settings.public_url, await _new_token(uow, number, file.id, message_id=outgoing.message_id))
        lines.append(f"{file.file_name} {link}" if file.media_type == PDF else fill_media(words, link))
    return "\n".join([draft.body.strip(), *lines] if draft.body.strip() else lines)


def link_to(public_url: str, token: str) -> str:
    return f"{public_url}/f/{token}"


async def shared_file(uow: UnitOfWork, token: str) -> SharedFile:
    """What the link with this token leads to.

    Raises:
        LinkGone: nowhere any more: it has expired or was revoked, or its message was deleted.
        NotFound: there never was such a link.
    """
    if len(token) != TOKEN_LENGTH:
        raise NotFound
    row = (await uow.execute(_BY_TOKEN, {"token": hash_secret(token), "now": clock.now()})).one_or_none()
    if row is None:
        raise NotFound
    if not row.is_good:
        raise LinkGone(row.clinic_name, row.clinic_phone)
    return msgspec.convert(row, SharedFile, from_attributes=True)


async def count_opening(uow: UnitOfWork, file: SharedFile, token: str) -> None:
    statement = update(MediaLink).where(MediaLink.practice_id == file.practice_id, MediaLink.token_sha256 == hash_secret(token))
    await uow.execute(statement.values(times_opened=MediaLink.times_opened + 1, opened_at=clock.now()))


async def revoke_links_of(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> int:
    """``revoke_links`` for whoever of the team sees the message; repeating it changes nothing.

    Raises:
        NotFound: no such message, or the actor may not see it, or is not of the team.
    """
    if not actor.is_staff:
        raise NotFound
    await visible_to(uow.connection, actor, thread_id)
    await one_message(uow.connection, actor, thread_id, message_id=message_id)
    return await revoke_links(uow, actor.practice_id, message_id)


async def revoke_links(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> int:
    """From now on no link of this message leads anywhere; says how many there were."""
    statement = (
        update(MediaLink)
        .where(MediaLink.practice_id == practice_id, MediaLink.message_id == message_id, MediaLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(MediaLink.id)
    )
    return len((await uow.execute(statement)).all())


async def _new_token(uow: UnitOfWork, number: ClinicNumber, attachment_id: UUID, *, message_id: UUID) -> str:
    """Of a new link; only a hash of it is stored."""
    token = new_secret()
    now = clock.now()
    values = {"attachment_id": attachment_id, "message_id": message_id, "clinic_id": number.clinic_id}
    await uow.execute(
        insert(MediaLink).values(
            practice_id=number.practice_id,
            id=new_id(),
            token_sha256=hash_secret(token),
            created_at=now,
            expires_at=now + LASTS,
            **values,
        )
    )
    return token


# tenancy: whoever has the token may see this one file; the token is what says which practice it belongs to.
_BY_TOKEN = text("""
SELECT l.practice_id, l.attachment_id, a.media_type, a.file_name, a.size_bytes, a.width, a.height,
    a.thumbnail_width IS NOT NULL AS has_thumbnail, y.name AS practice_name, k.name AS clinic_name, k.phone AS clinic_phone,
    k.timezone, l.expires_at, l.revoked_at IS NULL AND l.expires_at > :now AND m.deleted_at IS NULL AS is_good
FROM media_link l
JOIN attachment a ON a.practice_id = l.practice_id AND a.id = l.attachment_id
JOIN message m ON m.practice_id = l.practice_id AND m.id = l.message_id
JOIN clinic k ON k.practice_id = l.practice_id AND k.id = l.clinic_id
JOIN practice y ON y.id = l.practice_id
WHERE l.token_sha256 = :token
""")
