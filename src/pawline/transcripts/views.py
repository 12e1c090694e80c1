"""What the API shows and takes of transcripts."""

from typing import Literal
from uuid import UUID

import msgspec


class Recipient(msgspec.Struct, frozen=True):
    """A contact of the family with an e-mail address on file, who may read the conversation anyway."""

    contact_id: UUID
    name: str
    email: str


class TranscriptChoices(msgspec.Struct, frozen=True):
    """``may_include_notes``, ``may_include_deleted``: for a copy that stays with the practice. ``file_name``: of the download."""

    recipients: list[Recipient]
    may_include_notes: bool
    may_include_deleted: bool
    file_name: str


class TranscriptMailRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    contact_id: UUID


class TranscriptMailView(msgspec.Struct, frozen=True):
    """``state`` is "queued" until the mail server took it."""

    id: UUID
    email: str
    state: Literal["queued", "sending", "sent", "skipped", "failed"]
