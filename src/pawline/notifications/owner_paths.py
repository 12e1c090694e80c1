"""Where a pet owner opens a thread."""

from uuid import UUID


def owner_path(thread_id: UUID, pet_id: UUID | None) -> str:
    """With a pet, what is written there is about it."""
    path = f"/owner/threads/{thread_id}"
    return path if pet_id is None else f"{path}/pets/{pet_id}"
