"""An authenticator in software: what a phone does with a passkey, and what a forger would like it to do."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.world import Json

PRESENT, VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40


def base64url(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass
class SoftAuthenticator:
    """One credential (ES256). ``flags``: that somebody was there, and showed finger, face or PIN."""

    origin: str
    site: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    user_handle: str = ""
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: Json) -> Json:
        """The body of a request that adds the passkey."""
        self.user_handle = asked["user_id"]
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        credential = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + cbor2.dumps(cose)
        data = self._data(self.flags | HAS_CREDENTIAL) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return {
            "credential_id": base64url(self.credential_id),
            "client_data": base64url(self._client_data("webauthn.create", asked["challenge"])),
            "attestation": base64url(attestation),
        }

    def sign(self, asked: Json) -> Json:
        """The body of a request that signs in."""
        self.count += 1
        data, client_data = self._data(self.flags), self._client_data("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return {
            "credential_id": base64url(self.credential_id),
            "client_data": base64url(client_data),
            "authenticator_data": base64url(data),
            "signature": base64url(signature),
            "user_handle": self.user_handle,
        }

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()
