"""Who may use the carrier's API: the account itself, or one of its keys (HTTP Basic)."""

import base64
import binascii
import hmac
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from pawline.carriers.simulator.refusals import BAD_CREDENTIALS, NOT_FOUND, Refused
from pawline.carriers.simulator.settings import SimulatorSettings


class CredentialsGuard:
    def __init__(self, settings: SimulatorSettings) -> None:
        self._settings = settings
        self._known = (
            f"{settings.account_sid}:{settings.auth_token}".encode(),
            f"{settings.api_key}:{settings.api_key_secret}".encode(),
        )

    def __call__(self, connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        """Raises Refused."""
        given = _decoded(connection.headers.get("authorization", ""))
        if not any(hmac.compare_digest(given, known) for known in self._known):
            raise Refused(BAD_CREDENTIALS)
        if connection.path_params.get("account", self._settings.account_sid) != self._settings.account_sid:
            raise Refused(NOT_FOUND, connection.url.path)


def _decoded(header: str) -> bytes:
    scheme, _, value = header.partition(" ")
    try:
        return base64.b64decode(value, validate=True) if scheme.lower() == "basic" else b""
    except binascii.Error:
        return b""
