"""What a browser says that its authenticator has done, and whether that is so."""

import struct
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from pawline.passkeys.site import passkey_origin, site_of
from pawline.platform.errors import Invalid, SignInFailed
from pawline.platform.settings import Settings

ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
REFUSED = "This passkey was not accepted. Try again, or ask for a code instead."
# What the library and those below it say to bytes that no authenticator ever made.
_MALFORMED = (
    WebAuthnException, UnsupportedAlgorithm, ValueError, TypeError, LookupError, AttributeError, EOFError, struct.error,
    RecursionError,
)  # fmt: skip


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


def read_base64url(field: str, value: str) -> bytes:
    try:
        return base64url_to_bytes(value)
    except ValueError:
        raise Invalid.field(field, "is not base64url; send what the browser's passkey says") from None


def prove_made(settings: Settings, made: MadeCredential, *, challenge: bytes) -> StoredKey:
    """
    Raises:
        SignInFailed: made for another site, without asking for fingerprint, face or PIN, or not as the standard says.
    """
    response = AuthenticatorAttestationResponse(client_data_json=made.client_data, attestation_object=made.attestation)
    credential = RegistrationCredential(bytes_to_base64url(made.credential_id), made.credential_id, response)
    with _refused():
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site_of(settings),
            expected_origin=passkey_origin(settings),
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
        if verified.credential_id != made.credential_id:
            raise SignInFailed(REFUSED)
    return StoredKey(verified.credential_public_key, verified.sign_count)


def prove_use(settings: Settings, assertion: Assertion, stored: StoredKey, *, challenge: bytes) -> int:
    """The authenticator's new count.

    Raises:
        SignInFailed: signed by another key, for another site, without fingerprint, face or PIN, or by a copy with an old count.
    """
    response = AuthenticatorAssertionResponse(
        client_data_json=assertion.client_data, authenticator_data=assertion.authenticator_data, signature=assertion.signature
    )
    credential = AuthenticationCredential(bytes_to_base64url(assertion.credential_id), assertion.credential_id, response)
    with _refused():
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site_of(settings),
            expected_origin=passkey_origin(settings),
            credential_public_key=stored.public_key,
            credential_current_sign_count=stored.sign_count,
            require_user_verification=True,
        )
    return verified.new_sign_count


@contextmanager
def _refused() -> Generator[None]:
    try:
        yield
    except _MALFORMED:
        raise SignInFailed(REFUSED) from None
