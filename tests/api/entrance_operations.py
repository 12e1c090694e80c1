"""The operations of the ways in for owners, with requests that are in order."""

from uuid import uuid4

from tests.world import Json


def entrance_bodies(*, attempt_id: str, contact_id: str) -> dict[tuple[str, str], Json]:
    signed = {"credential_id": "AAAA", "client_data": "e30"}
    proof = {**signed, "authenticator_data": "AAAA", "signature": "AAAA", "user_handle": "AAAA"}
    invitations = "/families/{family_id}/invitations"
    return {
        # Reserved for fiction, and on file nowhere.
        ("POST", "/session/owner/text"): {"number": "+1 415 555 0199"},
        ("POST", "/session/owner/text/verify"): {"attempt_id": attempt_id, "code": "12345x", "contact_id": contact_id},
        ("POST", "/session/owner/passkey/challenge"): None,
        ("POST", "/session/owner/passkey"): proof,
        ("POST", "/session/staff/passkey/challenge"): None,
        ("POST", "/session/staff/passkey"): {"proof": proof, "is_shared": True},
        ("POST", "/session/unlock/passkey"): proof,
        ("GET", "/own-passkeys"): None,
        ("POST", "/own-passkeys/challenge"): {"password": "a sentence that is long enough"},
        ("POST", "/own-passkeys"): {"name": "Laptop", "made": {**signed, "attestation": "AAAA"}},
        ("POST", "/own-passkeys/{passkey_id}/remove"): {"proof": proof},
        ("POST", "/session/owner/proof/passkey"): proof,
        ("POST", "/session/owner/proof/code"): None,
        ("POST", "/session/owner/proof"): {"attempt_id": attempt_id, "code": "12345x"},
        ("GET", "/passkeys"): None,
        ("POST", "/passkeys/challenge"): None,
        ("POST", "/passkeys"): {**signed, "attestation": "AAAA"},
        ("DELETE", "/passkeys/{passkey_id}"): None,
        ("GET", invitations): None,
        ("POST", invitations): {"email": f"{uuid4().hex}@example.org", "contact_id": None, "name": "Wes Lund"},
        ("DELETE", f"{invitations}/{{invitation_id}}"): None,
    }
