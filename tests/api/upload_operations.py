"""Files in parts; what they carry is no JSON."""

from tests.world import Json


def upload_bodies() -> dict[tuple[str, str], Json]:
    return {
        ("POST", "/threads/{thread_id}/uploads"): None,
        ("PATCH", "/uploads/{upload_key}"): None,
        ("DELETE", "/uploads/{upload_key}"): None,
        ("POST", "/uploads/{upload_key}/attachment"): None,
    }
