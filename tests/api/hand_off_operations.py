"""The operations of handing off, with requests that are in order."""

from tests.world import Json


def hand_off_bodies(*, staff_id: str) -> dict[tuple[str, str], Json]:
    conversation = "/threads/{thread_id}/conversations/{conversation_id}"
    return {
        ("GET", "/threads/{thread_id}/hand-off-choices"): None,
        ("GET", "/threads/{thread_id}/team"): None,
        ("GET", "/threads/{thread_id}/beside"): None,
        ("GET", "/threads/{thread_id}/access"): None,
        ("GET", "/threads/{thread_id}/access.csv"): None,
        ("POST", f"{conversation}/take"): {"seen_revision": 2**40},
        ("POST", f"{conversation}/hand-off"): {"seen_revision": 2**40, "staff_id": staff_id, "note": "Please call Olive"},
        ("POST", f"{conversation}/give-back"): {"seen_revision": 2**40},
    }
