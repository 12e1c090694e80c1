"""What a browser says that its authenticator has done; whether it is so, `proofs.py` finds out."""

from dataclasses import dataclass

from pawline.platform.base64url import read_base64url
from pawline.platform.errors import Invalid

# EdDSA, ECDSA and RSA with SHA-256, as COSE numbers them.
ALGORITHMS = (-8, -7, -257)
REFUSED = "This passkey was not accepted. Try again, or ask for a code instead."


@dataclass(frozen=True, slots=True)
class MadeCredential:
    credential_id: bytes
    client_data: bytes
    attestation: bytes


@dataclass(frozen=True, slots=True)
class Assertion:
    """``user_handle``: the id of the contact, as the passkey has it."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes
    user_handle: bytes


@dataclass(frozen=True, slots=True)
class StoredKey:
    public_key: bytes
    sign_count: int


def read_bytes(field: str, value: str) -> bytes:
    try:
        return read_base64url(value)
    except ValueError:
        raise Invalid.field(field, "is not base64url; send what the browser's passkey says") from None
