"""Where the next page of a list begins that is ordered by a moment and an id."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pawline.platform.errors import Invalid


def cut_page(
    rows: Sequence[Any], limit: int, *, place: Callable[[Any], tuple[datetime, UUID]]
) -> tuple[Sequence[Any], str | None]:
    """The rows of one page and the cursor of the next, from a list that was read one row further. ``place``: what orders it."""
    shown = rows[:limit]
    return shown, write_cursor(*place(shown[-1])) if len(rows) > limit else None


def write_cursor(at: datetime, identity: UUID) -> str:
    return urlsafe_b64encode(f"{at.isoformat()} {identity}".encode()).decode()


def read_cursor(cursor: str) -> tuple[datetime, UUID]:
    """Raises Invalid for what no list has given."""
    try:
        moment, _, identity = urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise ValueError(moment)
        return at, UUID(identity)
    except (Base64Error, ValueError) as error:
        raise Invalid.field("cursor", "is not a next_cursor of this list; start again without it") from error
