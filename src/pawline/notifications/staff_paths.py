"""Where a staff member opens a thread."""

from uuid import UUID


def staff_path(role: str, thread_id: UUID) -> str:
    """Basic staff have no inbox: they read the families of their day."""
    place = "day" if role == "basic" else "threads"
    return f"/staff/{place}/{thread_id}"
