"""Why a text did not go out or did not arrive, whatever carrier says so."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Meaning:
    """``words`` are for the staff member who sent the text."""

    is_retryable: bool
    words: str


class FailureReason(Enum):
    """Why a text did not go out or did not arrive: a closed set. ``name.lower()`` is what the database keeps."""

    INVALID_NUMBER = Meaning(False, "This is not a phone number that can be reached. Check it with the client.")
    LANDLINE = Meaning(False, "This is a landline, which cannot receive texts. Call instead, or ask for a mobile number.")
    OPTED_OUT = Meaning(False, "The client stopped texts from this number. They can text START to get them again.")
    UNREACHABLE = Meaning(True, "The phone is switched off or has no signal.")
    REFUSED_BY_PHONE_COMPANY = Meaning(False, "The client's phone company refused the text. Call the client instead.")
    FILTERED = Meaning(False, "The phone company took the text for spam. Reword it without links, or call.")
    CONTENT_REFUSED = Meaning(False, "The carrier cannot send this content. Shorten or reword the text.")
    PICTURES_REFUSED = Meaning(False, "The carrier cannot send this file. Send it as a link.")
    SENDER_NOT_READY = Meaning(False, "Your text number is not cleared by the carrier yet. Ask an administrator to look at it.")
    REGION_NOT_ENABLED = Meaning(False, "Texts to this country are not enabled for your practice.")
    ACCOUNT_REFUSED = Meaning(True, "The carrier does not accept your practice's account. Ask an administrator to look at it.")
    TOO_MANY = Meaning(True, "The carrier asks to send more slowly. The text goes out a little later.")
    CARRIER_TROUBLE = Meaning(True, "The carrier has trouble at the moment. The text goes out a little later.")
    EXPIRED = Meaning(False, "The text could not be delivered in time.")
    UNKNOWN = Meaning(False, "The text was not delivered, and the carrier does not say why. Try again, or call.")

    @property
    def is_retryable(self) -> bool:
        return self.value.is_retryable

    @property
    def words(self) -> str:
        return self.value.words
