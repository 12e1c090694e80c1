"""The numbers of the account, and the toll-free verifications it asked for."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from pawline.carriers.simulator.dialling_plan import NumberType, type_of
from pawline.carriers.simulator.ledger import now
from pawline.carriers.simulator.refusals import INVALID_PARAMETER, Refused
from pawline.carriers.simulator.sids import new_sid

REQUIRED = (
    "BusinessName",
    "BusinessWebsite",
    "NotificationEmail",
    "UseCaseCategories",
    "UseCaseSummary",
    "ProductionMessageSample",
    "OptInImageUrls",
    "OptInType",
    "MessageVolume",
    "TollfreePhoneNumberSid",
)
_CHOICES = {
    "OptInType": {"VERBAL", "WEB_FORM", "PAPER_FORM", "VIA_TEXT", "MOBILE_QR_CODE", "IMPORT", "IMPORT_PLEASE_REPLACE"},
    "BusinessType": {"PRIVATE_PROFIT", "PUBLIC_PROFIT", "SOLE_PROPRIETOR", "NON_PROFIT", "GOVERNMENT"},
}


class OwnNumber(msgspec.Struct, kw_only=True):
    """``name``: whose it is, for the phones. ``is_verified``: by hand or from the start.

    A toll-free number becomes it by an approved verification too.
    """

    sid: str
    number: str
    name: str = ""
    text_url: str = ""
    voice_url: str = ""
    receipt_url: str = ""
    is_verified: bool = False
    at: datetime = msgspec.field(default_factory=now)


class OwnNumberChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str = ""
    text_url: str = ""
    voice_url: str = ""
    is_verified: bool = True


class Verification(msgspec.Struct, kw_only=True):
    sid: str
    number_sid: str
    number: str
    fields: dict[str, list[str]]
    at: datetime
    decided_at: datetime

    @property
    def status(self) -> str:
        if now() < self.decided_at:
            return "PENDING_REVIEW"
        return "TWILIO_REJECTED" if self.rejection else "TWILIO_APPROVED"

    @property
    def rejection(self) -> str:
        """Reviewers open the website. One of a domain that cannot exist is the way to see a rejection."""
        host = urlsplit(self.fields["BusinessWebsite"][0]).hostname or ""
        return "Website is not reachable" if host.endswith(".invalid") else ""


class OwnNumbers:
    def __init__(self) -> None:
        self.numbers: dict[str, OwnNumber] = {}
        self.verifications: dict[str, Verification] = {}

    def __iter__(self) -> Iterator[OwnNumber]:
        return iter(self.numbers.values())

    def find(self, number: str) -> OwnNumber | None:
        return self.numbers.get(number)

    def find_by_sid(self, sid: str) -> OwnNumber | None:
        return next((own for own in self if own.sid == sid), None)

    def own(self, number: str) -> OwnNumber:
        """The account's number of this spelling, from now on if it was not before."""
        return self.numbers.setdefault(number, OwnNumber(sid=new_sid("PN"), number=number))

    def may_send(self, own: OwnNumber) -> bool:
        if own.is_verified or type_of(own.number) is not NumberType.TOLL_FREE:
            return True
        asked = [verification for verification in self.verifications.values() if verification.number == own.number]
        return any(verification.status == "TWILIO_APPROVED" for verification in asked)

    def verify(self, fields: Mapping[str, list[str]], *, takes_seconds: float) -> Verification:
        """Raises Refused for a form that reviewers would never see."""
        missing = [name for name in REQUIRED if not any(fields.get(name, ()))]
        wrong = [name for name, choices in _CHOICES.items() if not set(fields.get(name, ())) <= choices]
        if missing or wrong:
            raise Refused(INVALID_PARAMETER, ", ".join(missing + wrong))
        own = self.find_by_sid(fields["TollfreePhoneNumberSid"][0])
        if own is None or type_of(own.number) is not NumberType.TOLL_FREE:
            raise Refused(INVALID_PARAMETER, "TollfreePhoneNumberSid")
        verification = Verification(
            sid=new_sid("HH"),
            number_sid=own.sid,
            number=own.number,
            fields={name: list(values) for name, values in fields.items()},
            at=now(),
            decided_at=now() + timedelta(seconds=takes_seconds),
        )
        self.verifications[verification.sid] = verification
        return verification
