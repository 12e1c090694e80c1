"""Whether it is so what a browser says that its authenticator has done.

Brings 5 MiB of libraries, which a process that nobody shows a passkey to does without: import it where it is called.
"""

import struct
from collections.abc import Generator
from contextlib import contextmanager

from cryptography.exceptions import UnsupportedAlgorithm
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from pawline.passkeys.claims import ALGORITHMS, REFUSED, Assertion, MadeCredential, StoredKey
from pawline.passkeys.site import passkey_origin, site_of
from pawline.platform.base64url import write_base64url
from pawline.platform.errors import SignInFailed
from pawline.platform.settings import Settings

# What the library and those below it say to bytes that no authenticator ever made.
_MALFORMED = (
    WebAuthnException, UnsupportedAlgorithm, ValueError, TypeError, LookupError, AttributeError, EOFError, struct.error,
    RecursionError,
)  # fmt: skip


def answered_challenge(client_data: bytes) -> bytes:
    """Nothing when these are not the words of a browser."""
    try:
        return parse_client_data_json(client_data).challenge
    except _MALFORMED:
        return b""


def prove_made(settings: Settings, made: MadeCredential, *, challenge: bytes) -> StoredKey:
    """
    Raises:
        SignInFailed: made for another site, without asking for fingerprint, face or PIN, or not as the standard says.
    """
    response = AuthenticatorAttestationResponse(client_data_json=made.client_data, attestation_object=made.attestation)
    credential = RegistrationCredential(write_base64url(made.credential_id), made.credential_id, response)
    with _refused():
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site_of(settings),
            expected_origin=passkey_origin(settings),
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(number) for number in ALGORITHMS],
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
    credential = AuthenticationCredential(write_base64url(assertion.credential_id), assertion.credential_id, response)
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
