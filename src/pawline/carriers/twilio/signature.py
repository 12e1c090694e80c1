"""Was a request signed by this carrier? Source: their page on webhook security; the same result as their own library's.

Signed are the address and, of a form, every field: names in order, each followed by its values, the same value once. A body
that is not a form is covered by its hash in the address.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, parse_qsl, urlsplit

from pawline.carriers.interface import WebhookRequest
from pawline.carriers.twilio.account import Account
from pawline.carriers.twilio.api import TRY_AGAIN

SIGNATURE = "x-twilio-signature"
SIGNATURE_SETTINGS = "x-twilio-webhooks-signature-settings"
DIGESTS = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
DEFAULT_PORTS = {"https": 443, "http": 80}


def is_genuine(account: Account, request: WebhookRequest) -> bool:
    signature = request.headers.get(SIGNATURE, "").encode()
    settings = _read_settings(request.headers.get(SIGNATURE_SETTINGS, ""))
    digest = DIGESTS.get(settings.get("algorithm", "HMAC_SHA1").upper())
    if not signature or digest is None or not _is_body_covered(request):
        return False
    fields = _signed_fields(request)
    # Not any(): every secret takes its time, whichever fits.
    matches = [
        hmac.compare_digest(_sign(secret, address + fields, digest), signature)
        for secret in _secrets(account, settings)
        for address in _spellings(request.url)
    ]
    return True in matches


def _read_settings(header: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in header.split(","))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _secrets(account: Account, settings: dict[str, str]) -> Sequence[str]:
    """A request that names its key is checked with that key alone."""
    if "key" not in settings:
        return account.webhook_tokens
    secret = account.shared_keys.get(settings["key"])
    return () if secret is None else (secret,)


def _is_form(request: WebhookRequest) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


def _is_body_covered(request: WebhookRequest) -> bool:
    if _is_form(request) or not request.body:
        return True
    stated = parse_qs(urlsplit(request.url).query).get("bodySHA256", [""])[0]
    return hmac.compare_digest(hashlib.sha256(request.body).hexdigest().encode(), stated.encode())


def _signed_fields(request: WebhookRequest) -> str:
    if not _is_form(request):
        return ""
    fields = set(parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True))
    return "".join(name + value for name, value in sorted(fields))


def _spellings(url: str) -> Iterator[str]:
    """The address as we know it, with and without a port, and with the part that stayed at the carrier."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}")
    for netloc in (host, f"{host}:{parts.port or DEFAULT_PORTS.get(parts.scheme, 443)}"):
        plain = parts._replace(netloc=netloc).geturl()
        yield plain
        yield plain + TRY_AGAIN


def _sign(secret: str, signed: str, digest: str) -> bytes:
    return base64.b64encode(hmac.digest(secret.encode(), signed.encode(), digest))
