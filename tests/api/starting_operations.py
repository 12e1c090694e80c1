"""The operations of searching and of starting a conversation, with requests that are in order."""

from tests.world import Json


def starting_bodies(*, contact_id: str, clinic_id: str) -> dict[tuple[str, str], Json]:
    disabled = "/contacts/{contact_id}/disabled-chat"
    chosen = "/clinics/{clinic_id}/chosen-contacts"
    return {
        ("GET", "/clinics/{clinic_id}/starting"): None,
        ("GET", "/search/messages"): None,
        ("GET", "/search/families"): None,
        ("GET", "/chat-candidates"): None,
        ("GET", "/text-candidates"): None,
        ("POST", "/app-conversations"): {"contact_id": contact_id, "clinic_id": clinic_id, "title": "Check-up"},
        ("GET", "/disabled-chats"): None,
        ("PUT", disabled): None,
        ("DELETE", disabled): None,
        ("GET", chosen): None,
        ("PUT", f"{chosen}/{{contact_id}}"): None,
        ("DELETE", f"{chosen}/{{contact_id}}"): None,
    }
