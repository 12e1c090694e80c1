"""Links to files: unguessable, and good only together with a session that may see the thread."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings

VARIANTS = ("file", "thumbnail")


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a link says, as it came in."""

    attachment_id: UUID
    variant: str
    signature: str


class Links(Protocol):
    """Where files are found."""

    def url(self, attachment_id: UUID, variant: str) -> str: ...


class FileLinks:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def url(self, attachment_id: UUID, variant: str) -> str:
        return f"/api/v1/files/{attachment_id}/{variant}/{self._signature(attachment_id, variant)}"

    def is_good(self, link: FileLink) -> bool:
        return link.variant in VARIANTS and is_same(self._signature(link.attachment_id, link.variant), link.signature)

    def _signature(self, attachment_id: UUID, variant: str) -> str:
        digest = keyed_hash(self._settings, "file link", str(attachment_id), variant)
        return urlsafe_b64encode(digest[:18]).decode()


def storage_key(attachment_id: UUID, variant: str) -> str:
    """Under which key the file store keeps it."""
    return f"attachments/{attachment_id}/{variant}"
