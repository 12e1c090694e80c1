"""The one place that reads the clock, so that tests and the demo can move time."""

from collections.abc import Callable
from datetime import UTC, datetime


def _system_now() -> datetime:
    return datetime.now(UTC)


_now: Callable[[], datetime] = _system_now


def now() -> datetime:
    """Aware UTC."""
    return _now()


def set_clock(read: Callable[[], datetime] | None) -> None:
    """Let ``read`` tell the time from now on; None returns to the system's clock."""
    global _now
    _now = read or _system_now
