"""Addresses that switch a contact's e-mails off: in each of them, and only good for that (RFC 8058)."""

from uuid import UUID

from pawline.platform.errors import NotFound
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings

_SIGNATURE_CHARACTERS = 32
_ID_CHARACTERS = 32


def off_url(settings: Settings, practice_id: UUID, contact_id: UUID) -> str:
    ids = practice_id.hex + contact_id.hex
    return f"{settings.public_url}/mails/off/{ids}{_signature(settings, ids)}"


def read_off_token(settings: Settings, token: str) -> tuple[UUID, UUID]:
    """Practice and contact. Raises NotFound when we did not make it."""
    ids, signature = token[: 2 * _ID_CHARACTERS], token[2 * _ID_CHARACTERS :]
    if not token.isascii() or not is_same(signature, _signature(settings, ids)):
        raise NotFound
    return UUID(ids[:_ID_CHARACTERS]), UUID(ids[_ID_CHARACTERS:])


def _signature(settings: Settings, ids: str) -> str:
    return keyed_hash(settings, "unread mails off", ids).hex()[:_SIGNATURE_CHARACTERS]
