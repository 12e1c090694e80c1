"""The carrier's refusals: its codes with the words and the HTTP status it gives them."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

BAD_CREDENTIALS = 20003
NOT_FOUND = 20404
TOO_MANY = 20429
SERVER_TROUBLE = 20500
INVALID_PARAMETER = 20001
INVALID_TO = 21211
REGION_NOT_ENABLED = 21408
NUMBER_NOT_AVAILABLE = 21422
BODY_REQUIRED = 21602
FROM_REQUIRED = 21603
TO_REQUIRED = 21604
FROM_NOT_OURS = 21606
OPTED_OUT = 21610
QUEUE_FULL = 21611
PAIR_NOT_POSSIBLE = 21612
NOT_A_MOBILE = 21614
BODY_TOO_LONG = 21617
TOO_MUCH_MEDIA = 21623

# What a receipt says about a text that was taken and then not delivered.
PHONE_OFF = 30003
LANDLINE = 30006
NOT_VERIFIED = 30032

_STATUS = {BAD_CREDENTIALS: 401, NOT_FOUND: 404, TOO_MANY: 429, SERVER_TROUBLE: 503}
_WORDS = {
    BAD_CREDENTIALS: "Authenticate",
    NOT_FOUND: "The requested resource {} was not found",
    TOO_MANY: "Too Many Requests",
    SERVER_TROUBLE: "An internal server error has occurred",
    INVALID_PARAMETER: "Missing or invalid parameter: {}",
    INVALID_TO: "The 'To' number {} is not a valid phone number.",
    REGION_NOT_ENABLED: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}.",
    NUMBER_NOT_AVAILABLE: "PhoneNumber {} is not available.",
    BODY_REQUIRED: "Message body is required.",
    FROM_REQUIRED: "A 'From' phone number is required.",
    TO_REQUIRED: "A 'To' phone number is required.",
    FROM_NOT_OURS: "The From phone number {} is not a valid, SMS-capable inbound phone number for your account.",
    OPTED_OUT: "Attempt to send to unsubscribed recipient",
    QUEUE_FULL: "This 'From' number {} has exceeded the maximum number of queued messages",
    PAIR_NOT_POSSIBLE: "Message cannot be sent with the current combination of 'To' and/or 'From' parameters: {}.",
    NOT_A_MOBILE: "'To' number {} is not a mobile number",
    BODY_TOO_LONG: "The concatenated message body exceeds the 1600 character limit.",
    TOO_MUCH_MEDIA: "Number of media files exceeds allowed limit.",
}


class Refused(Exception):
    def __init__(self, code: int, about: str = "") -> None:
        super().__init__(_WORDS[code].format(about))
        self.code = code

    @property
    def status(self) -> int:
        return _STATUS.get(self.code, 400)

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "message": str(self),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def on_refused(_: Request[Any, Any, Any], refused: Refused) -> Response[dict[str, object]]:
    return Response(refused.as_json(), status_code=refused.status)


def on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, object]]:
    """An address or method the carrier does not have, or a body it cannot read."""
    code = NOT_FOUND if error.status_code in {404, 405} else INVALID_PARAMETER
    return on_refused(request, Refused(code, request.url.path))
