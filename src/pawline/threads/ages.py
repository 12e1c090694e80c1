"""How long ago something was, in words."""

from datetime import datetime

from pawline.platform import clock


def ago(at: datetime) -> str:
    seconds = max(0, round((clock.now() - at).total_seconds()))
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return _counted(seconds // size, name)
    return _counted(seconds, "second") if seconds else "just now"


def _counted(count: int, name: str) -> str:
    return f"{count} {name} ago" if count == 1 else f"{count} {name}s ago"
