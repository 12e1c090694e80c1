"""The header by which the product knows that a request is ours (integrations, 1.5)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def build_signature(auth_token: str, url: str, fields: Mapping[str, str]) -> str:
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
