"""Who could read a thread on a day and who did, as a table for a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from pawline.inbox.access_views import AccessOfDay, AccessReason

_HEAD = ("What", "Name", "Role", "Why", "From", "Until")
# A spreadsheet takes a cell that begins with one of these for a formula, and names are whatever people typed. Where numbers have
# commas in them, cells end at semicolons.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[=+\-@\t\r\n])")
_ROLES = {"basic": "Basic", "senior": "Senior", "administrator": "Administrator", "practice_owner": "Practice owner"}


def build_access_csv(access: AccessOfDay) -> bytes:
    """With the mark by which spreadsheets know UTF-8. Times are the clinic's."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_HEAD)
    for row in _rows(access):
        table.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(access: AccessOfDay) -> Iterator[tuple[str, ...]]:
    zone = ZoneInfo(access.timezone)
    for member in access.could_read:
        for reason in member.reasons:
            span = (_at(reason.since, zone), _at(reason.until, zone))
            yield ("Could read", member.name, _ROLES[member.role], _why(reason, zone), *span)
    for person in access.opened:
        who = "Team" if person.kind == "staff" else "Family"
        yield ("Opened it", person.name, who, "", _at(person.first_at, zone), _at(person.last_at, zone))
    for read in access.read_deleted:
        way = ", in a transcript" if read.in_transcript else ""
        why = f"Message of {read.author_name}, {_at(read.written_at, zone)}{way}"
        yield ("Read a deleted message", read.name, "Team", why, _at(read.first_at, zone), _at(read.last_at, zone))


def _why(reason: AccessReason, zone: ZoneInfo) -> str:
    if reason.through == "role":
        return "By their role"
    if reason.appointment_at is not None:
        return f"Appointment at {reason.appointment_at.astimezone(zone):%H:%M}"
    return f"Handed over by {reason.granted_by}"


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _harmless(cell: str) -> str:
    return _FORMULA.sub("'", cell)
