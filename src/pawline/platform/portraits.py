"""Where the picture is that a pet or a clinic is known by. A new picture has a new id, so its bytes never change."""

from uuid import UUID


def portrait_url(portrait_id: UUID) -> str:
    return f"/api/v1/portraits/{portrait_id}"


def portrait_key(portrait_id: UUID) -> str:
    """Under which key the file store keeps it; always JPEG."""
    return f"portraits/{portrait_id}"
