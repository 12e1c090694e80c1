"""No automatic text at night, where the recipient is. Answers of people are free of this."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pawline.platform.phone_numbers import time_zones_of
from pawline.platform.wall_clock import instant_of

# The hours of 47 CFR 64.1200(c)(1), which binds advertising; informing by machine does well to keep them too.
BEGINS_AT = time(8)
ENDS_AT = time(21)


def next_allowed(at: datetime, *, contact_number: str, clinic_zone: str) -> datetime:
    """The first moment from ``at`` on (aware UTC) when an automatic text may go to this number (E.164).

    A number from the clinic's surroundings is taken to be there. Any other has to be inside the hours in every zone that its
    digits allow. Where the digits tell nothing, or it is never day in all of those, the clinic's zone decides.
    """
    zones = time_zones_of(contact_number)
    if zones and clinic_zone not in zones:
        common = _next_common(at, [ZoneInfo(zone) for zone in zones])
        if common is not None:
            return common
    return _next_in(at, ZoneInfo(clinic_zone))


def _next_common(at: datetime, zones: list[ZoneInfo]) -> datetime | None:
    """Days repeat, so what is not found within three of them does not exist."""
    moment = at.astimezone(UTC)
    while moment - at < timedelta(days=3):
        latest = max(_next_in(moment, zone) for zone in zones)
        if latest == moment:
            return moment
        moment = latest
    return None


def _next_in(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    if BEGINS_AT <= local.time() < ENDS_AT:
        return at.astimezone(UTC)
    day = local.date() if local.time() < BEGINS_AT else local.date() + timedelta(days=1)
    return instant_of(day, BEGINS_AT, zone)
