"""Addresses that switch somebody's e-mails off and on again: in each of them, and only good for that (RFC 8058)."""

from email.message import EmailMessage
from uuid import UUID

from pawline.platform.errors import NotFound
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings

_SIGNATURE_CHARACTERS = 32
_ID_CHARACTERS = 32
_UNREAD = "unread mails off"
_DAY_END = "day end mails off"


def off_url(settings: Settings, practice_id: UUID, contact_id: UUID) -> str:
    return f"{settings.public_url}/mails/off/{_token(settings, _UNREAD, practice_id, person_id=contact_id)}"


def day_end_off_url(settings: Settings, practice_id: UUID, staff_id: UUID) -> str:
    return f"{settings.public_url}/mails/day-end/{_token(settings, _DAY_END, practice_id, person_id=staff_id)}"


def read_off_token(settings: Settings, token: str) -> tuple[UUID, UUID]:
    """Practice and contact. Raises NotFound when we did not make it."""
    return _read(settings, _UNREAD, token)


def read_day_end_token(settings: Settings, token: str) -> tuple[UUID, UUID]:
    """Practice and staff member. Raises NotFound when we did not make it."""
    return _read(settings, _DAY_END, token)


def add_one_click(mail: EmailMessage, url: str) -> None:
    """The mail program posts there by itself."""
    mail["List-Unsubscribe"] = f"<{url}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _token(settings: Settings, purpose: str, practice_id: UUID, *, person_id: UUID) -> str:
    ids = practice_id.hex + person_id.hex
    return ids + _signature(settings, purpose, ids)


def _read(settings: Settings, purpose: str, token: str) -> tuple[UUID, UUID]:
    ids, signature = token[: 2 * _ID_CHARACTERS], token[2 * _ID_CHARACTERS :]
    if not token.isascii() or not is_same(signature, _signature(settings, purpose, ids)):
        raise NotFound
    return UUID(ids[:_ID_CHARACTERS]), UUID(ids[_ID_CHARACTERS:])


def _signature(settings: Settings, purpose: str, ids: str) -> str:
    return keyed_hash(settings, purpose, ids).hex()[:_SIGNATURE_CHARACTERS]
