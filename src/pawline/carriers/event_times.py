"""When something happened, as carriers write it in ISO 8601."""

from datetime import UTC, datetime


def read_time(at: str | None) -> datetime | None:
    """A time in a spelling we do not know is no reason to lose a text."""
    try:
        time = datetime.fromisoformat(at or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
