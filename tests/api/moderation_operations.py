"""The operations of reporting and blocking, with requests that are in order."""

from tests.world import Json


def moderation_bodies(*, number: str) -> dict[tuple[str, str], Json]:
    person, contact = "/people/{person_id}/block", "/contacts/{contact_id}/practice-block"
    return {
        ("POST", "/threads/{thread_id}/messages/{message_id}/report"): {"reason": "spam", "words": "Not for us"},
        ("POST", "/threads/{thread_id}/messages/{message_id}/deleted-readings"): None,
        ("POST", "/threads/{thread_id}/messages/{message_id}/erasure"): {"confirmation": "ERASE", "reason": "By her own wish"},
        ("POST", "/families/{family_id}/erasure"): {"family_name": "Hart family", "reason": "By their own wish"},
        ("GET", "/families/{family_id}/erasure"): None,
        ("GET", "/deleted-readings/{reading_id}/files/{attachment_id}/{variant}"): None,
        ("GET", "/reports"): None,
        ("POST", "/reports/{report_id}/resolve"): {"outcome": "no_action", "words": "A mistake"},
        ("GET", "/blocks"): None,
        ("POST", person): None,
        ("DELETE", person): None,
        ("GET", "/practice-blocks"): None,
        ("POST", "/practice-blocks"): {"contact_number": number, "reason": "Threatened the nurse"},
        ("DELETE", "/practice-blocks/{block_id}"): None,
        ("GET", "/practice-blocks/{block_id}/held"): None,
        ("POST", contact): {"reason": "Threatened the nurse"},
        ("DELETE", contact): None,
    }
