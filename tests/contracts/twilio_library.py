"""The carrier's own library, as far as the tests ask it. It is typed nowhere else, so its types are given here."""

from typing import Any, cast

from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs] - it ships none
from twilio.twiml import messaging_response, voice_response  # pyright: ignore[reportMissingTypeStubs]

VALIDATOR: Any = cast("Any", RequestValidator)
MESSAGING_RESPONSE: Any = cast("Any", messaging_response).MessagingResponse
VOICE_RESPONSE: Any = cast("Any", voice_response).VoiceResponse
DIAL: Any = cast("Any", voice_response).Dial

Pairs = list[tuple[str, str]]


class Fields(dict[str, str]):
    """Like the forms of web frameworks: a field may have several values."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def getall(self, name: str) -> list[str]:
        return [value for key, value in self._pairs if key == name]


def sign(secret: str, url: str, pairs: Pairs, *, algorithm: str) -> str:
    return str(VALIDATOR(secret).compute_signature(url, Fields(pairs), algorithm))


def takes(secret: str, url: str, body: Pairs | str, *, signature: str, algorithm: str = "HMAC_SHA1") -> bool:
    """``body``: a form's fields, or the text of anything else."""
    parameters = body if isinstance(body, str) else Fields(body)
    return bool(VALIDATOR(secret).validate(url, parameters, signature, algorithm))
