"""Who we are to push services (VAPID, RFC 8292)."""

from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from pawline.platform import clock
from pawline.platform.base64url import write_base64url
from pawline.platform.security import keyed_hash
from pawline.platform.settings import Settings

# The order of the group of P-256 (SEC 2): private keys are the numbers from 1 to below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# Push services take a day at most.
_VALID_FOR = timedelta(hours=12)


class PushIdentity:
    """A key pair made of the installation's secret: the same in every process, and nothing more to keep."""

    def __init__(self, settings: Settings) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - 8 MiB, for what web processes seldom do

        seed = int.from_bytes(keyed_hash(settings, "web push key"), "big")
        self._key = ec.derive_private_key(seed % (_ORDER - 1) + 1, ec.SECP256R1())
        self._contact = f"mailto:{parseaddr(settings.mail_from)[1]}"

    @property
    def public_key(self) -> str:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - as above

        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return write_base64url(point)

    def authorization(self, endpoint: str) -> str:
        """The header that lets us push to this endpoint's service, and to no other."""
        import jwt  # noqa: PLC0415 - as above

        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((clock.now() + _VALID_FOR).timestamp()),
            "sub": self._contact,
        }
        return f"vapid t={jwt.encode(claims, self._key, algorithm='ES256')},k={self.public_key}"


def require_point(browser_key: bytes) -> None:
    """Raises ValueError for what is no point of the curve that browsers use."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser_key)
