"""The operations of ending conversations, of transcripts, payments and e-mail to clients, with requests that are in order."""

from tests.world import Json


def ending_bodies(*, thread_id: str, conversation_id: str, contact_id: str) -> dict[tuple[str, str], Json]:
    chosen = {"thread_id": thread_id, "conversation_id": conversation_id, "seen_revision": 1}
    conversation = "/threads/{thread_id}/conversations/{conversation_id}"
    payment = "/threads/{thread_id}/messages/{message_id}/payment"
    return {
        **{("POST", f"{payment}/{verb}"): None for verb in ("checkout", "check", "cancel")},
        ("GET", "/day-end-mail"): None,
        ("PUT", "/day-end-mail"): {"is_mailed": True},
        ("GET", "/contacts/{contact_id}/mail"): None,
        ("POST", "/contacts/{contact_id}/mail/try-again"): None,
        ("POST", "/threads/conversations/end"): {"conversations": [chosen]},
        ("POST", "/threads/conversations/restart"): {"conversations": [chosen]},
        ("GET", f"{conversation}/transcript"): None,
        ("GET", f"{conversation}/transcript.pdf"): None,
        ("POST", f"{conversation}/transcript-mails"): {"contact_id": contact_id},
    }
