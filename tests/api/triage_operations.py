"""The operations on what the team sets down with conversations, with requests that are in order."""

from datetime import UTC, datetime, timedelta

from tests.world import Json


def triage_bodies() -> dict[tuple[str, str], Json]:
    thread = "/threads/{thread_id}"
    conversation = f"{thread}/conversations/{{conversation_id}}"
    label = "/labels/{label_id}"
    in_two_days = (datetime.now(UTC) + timedelta(days=2)).replace(tzinfo=None, microsecond=0)
    return {
        ("POST", f"{thread}/mark-unread"): None,
        ("GET", "/threads/drafts"): None,
        ("GET", f"{thread}/drafts"): None,
        ("PUT", f"{thread}/drafts"): {"place": "text", "body": "Bring her"},
        ("PUT", f"{conversation}/urgency"): {"is_urgent": True},
        ("PUT", f"{conversation}/labels/{{label_id}}"): None,
        ("DELETE", f"{conversation}/labels/{{label_id}}"): None,
        ("GET", f"{conversation}/snooze-choices"): None,
        ("POST", f"{conversation}/snooze"): {"wall_clock": in_two_days.isoformat(), "seen_seq": 1},
        ("POST", f"{conversation}/wake"): None,
        ("GET", "/inbox/species"): None,
        ("GET", "/labels"): None,
        ("POST", "/labels"): {"name": "Refill", "colour": "teal"},
        ("PATCH", label): {"name": "Refills", "colour": "blue"},
        ("GET", f"{label}/use"): None,
        ("DELETE", label): None,
    }
