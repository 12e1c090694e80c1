"""The operations on the team and its shared front desks, with requests that are in order."""

from uuid import uuid4

from tests.world import Json


def team_bodies(*, clinic_id: str) -> dict[tuple[str, str], Json]:
    member = {"name": "Nia Bell", "email": f"{uuid4().hex}@example.org", "role": "basic", "job_title": "Groomer"}
    return {
        ("GET", "/team"): None,
        ("POST", "/team"): {**member, "clinic_ids": [clinic_id]},
        ("POST", "/team/{staff_id}/password-link"): None,
        ("POST", "/team/{staff_id}/mail/try-again"): None,
        ("PATCH", "/team/{staff_id}"): {"revision": 2**20, "job_title": "Groomer"},
        ("POST", "/team/{staff_id}/end-access"): None,
        ("PUT", "/team/{staff_id}/address"): {"email": f"{uuid4().hex}@example.org"},
        ("DELETE", "/team/{staff_id}/address"): None,
        ("GET", "/own-profile"): None,
        ("PATCH", "/own-profile"): {"revision": 2**20, "job_title": "Groomer"},
        ("PUT", "/own-profile/address"): {"email": f"{uuid4().hex}@example.org", "password": "nine brown dogs sleep"},
        ("DELETE", "/own-profile/address"): None,
        ("POST", "/staff-address"): {"token": "f" * 64},
        ("POST", "/team/{staff_id}/let-back-in"): {},
        ("POST", "/team/{staff_id}/remove-second-step"): None,
        ("GET", "/own-authenticator"): None,
        ("POST", "/own-authenticator"): {"password": "a sentence that is long enough"},
        ("POST", "/own-authenticator/confirm"): {"code": "402817"},
        ("POST", "/own-authenticator/recovery-codes"): {"password": "a sentence that is long enough", "code": "402817"},
        ("POST", "/own-authenticator/off"): {"password": "a sentence that is long enough", "code": "402817"},
        ("POST", "/session/staff/code"): {"attempt": "f" * 43, "code": "402817"},
        ("PUT", "/sessions/{session_id}/shared"): {"is_shared": False},
        ("POST", "/session/touch"): {"idle_seconds": 0},
        ("POST", "/session/lock"): None,
        ("POST", "/session/unlock"): {"pin": "402817"},
        ("POST", "/session/unlock/password"): {"password": "a sentence that is long enough"},
        ("PUT", "/session/pin"): {"password": "a sentence that is long enough", "pin": "402817"},
    }
