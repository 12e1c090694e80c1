"""Why somebody could read, from when until when, put together from what they were one span of the day after the other. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from pawline.inbox.access_views import AccessReason, CouldRead


def could_read_of(spans: Sequence[Any], ways: Sequence[AccessReason]) -> CouldRead:
    """``spans``: of one staff member, in order, with their role; ``ways``: what basic staff had of the family that day.

    Their role is the last one they had that day.
    """
    last = spans[-1]
    reasons = [reason for span in _joined(spans) for reason in _reasons_in(span, ways)]
    return CouldRead(last.id, last.name, last.role, reasons)


def _joined(spans: Sequence[Any]) -> Iterator[tuple[bool, AccessReason]]:
    """Whether they were basic staff, and from when until when: a change in between that left them so ends nothing."""
    open_span: tuple[bool, AccessReason] | None = None
    for span in spans:
        is_basic = span.role == "basic"
        if open_span is not None and open_span[0] == is_basic and open_span[1].until == span.since:
            open_span = (is_basic, msgspec.structs.replace(open_span[1], until=span.until))
            continue
        if open_span is not None:
            yield open_span
        open_span = (is_basic, AccessReason("role", span.since, span.until))
    if open_span is not None:
        yield open_span


def _reasons_in(span: tuple[bool, AccessReason], ways: Sequence[AccessReason]) -> Iterator[AccessReason]:
    is_basic, whole = span
    if not is_basic:
        yield whole
        return
    for way in ways:
        since, until = max(way.since, whole.since), min(way.until, whole.until)
        if since < until:
            yield msgspec.structs.replace(way, since=since, until=until)
