"""The operations of notifications and of duty, with requests that are in order."""

from uuid import uuid4

from tests.world import Json

# A browser's public key, out of the example of RFC 8291.
PUSH_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"


def notification_bodies() -> dict[tuple[str, str], Json]:
    keys = {"p256dh": PUSH_KEY, "auth": "c2l4dGVlbiBieXRlcyBpdA"}
    return {
        ("GET", "/notifications"): None,
        ("GET", "/duty"): None,
        ("PUT", "/duty"): {"is_off": True},
        ("GET", "/team-browser"): None,
        ("PUT", "/team-browser"): {"endpoint": f"https://push.example.org/{uuid4().hex}", "keys": keys},
        ("PATCH", "/team-browser"): {"only_on_duty": False},
        ("DELETE", "/team-browser"): None,
        ("PUT", "/notifications"): {"is_mailed": True},
        ("PUT", "/notifications/browser"): {"endpoint": f"https://push.example.org/{uuid4().hex}", "keys": keys},
        ("DELETE", "/notifications/browser"): None,
    }
