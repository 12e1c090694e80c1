"""What a browser says that its authenticator has done; whether it is so, `proofs.py` finds out."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from pawline.platform.base64url import read_base64url
from pawline.platform.errors import Invalid

# EdDSA, ECDSA and RSA with SHA-256, as COSE numbers them.
ALGORITHMS = (-8, -7, -257)
REFUSED = "This passkey was not accepted. Try again, or ask for a code instead."


Short = Annotated[str, msgspec.Meta(max_length=2_000)]
Long = Annotated[str, msgspec.Meta(max_length=20_000)]


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


class NewPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser's new credential says, as base64url."""

    credential_id: Short
    client_data: Long
    attestation: Long

    def read(self) -> MadeCredential:
        return MadeCredential(
            read_bytes("credential_id", self.credential_id),
            read_bytes("client_data", self.client_data),
            read_bytes("attestation", self.attestation),
        )


class PasskeyProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser's credential says to the challenge, as base64url."""

    credential_id: Short
    client_data: Long
    authenticator_data: Long
    signature: Long
    user_handle: Short

    def read(self) -> Assertion:
        return Assertion(
            read_bytes("credential_id", self.credential_id),
            read_bytes("client_data", self.client_data),
            read_bytes("authenticator_data", self.authenticator_data),
            read_bytes("signature", self.signature),
            read_bytes("user_handle", self.user_handle),
        )


def read_bytes(field: str, value: str) -> bytes:
    try:
        return read_base64url(value)
    except ValueError:
        raise Invalid.field(field, "is not base64url; send what the browser's passkey says") from None
