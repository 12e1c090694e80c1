"""What the API shows and takes of one's own duty."""

from datetime import datetime
from typing import Annotated

import msgspec


class DutyView(msgspec.Struct, frozen=True):
    """``until`` is missing on duty, and off duty until they say otherwise.

    The other times are what can be offered, by the clock of the first clinic they work at. ``opens_next_at`` null: it has no
    hours, or never opens.
    """

    is_off: bool
    until: datetime | None
    timezone: str
    day_ends_at: datetime
    opens_next_at: datetime | None


class DutyChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without ``until``, off duty lasts until they say otherwise."""

    is_off: bool
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
