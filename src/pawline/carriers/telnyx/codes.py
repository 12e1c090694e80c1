"""What the carrier's numbers mean to us.

Source: developers.telnyx.com, "Messaging Error Code Reference" and "API error codes". A number that is not here is UNKNOWN.
"""

from pawline.carriers.interface import FailureReason

FAILURES = {
    "10001": FailureReason.INVALID_NUMBER,
    "10002": FailureReason.INVALID_NUMBER,
    "10007": FailureReason.CARRIER_TROUBLE,
    "10009": FailureReason.ACCOUNT_REFUSED,
    "10010": FailureReason.ACCOUNT_REFUSED,
    "10011": FailureReason.TOO_MANY,
    "10016": FailureReason.INVALID_NUMBER,
    "20002": FailureReason.ACCOUNT_REFUSED,
    "20016": FailureReason.ACCOUNT_REFUSED,
    "20017": FailureReason.ACCOUNT_REFUSED,
    "20100": FailureReason.ACCOUNT_REFUSED,  # no money left
    "40001": FailureReason.LANDLINE,
    "40002": FailureReason.FILTERED,
    "40003": FailureReason.FILTERED,
    "40004": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "40005": FailureReason.EXPIRED,
    "40006": FailureReason.UNREACHABLE,
    "40008": FailureReason.REFUSED_BY_PHONE_COMPANY,  # at delivery; see OPTED_OUT_AT_SEND
    "40009": FailureReason.CONTENT_REFUSED,
    "40010": FailureReason.SENDER_NOT_READY,
    "40011": FailureReason.TOO_MANY,
    "40012": FailureReason.INVALID_NUMBER,
    "40013": FailureReason.SENDER_NOT_READY,
    "40014": FailureReason.EXPIRED,
    "40015": FailureReason.FILTERED,
    "40016": FailureReason.TOO_MANY,
    "40017": FailureReason.FILTERED,
    "40018": FailureReason.TOO_MANY,
    "40100": FailureReason.SENDER_NOT_READY,
    "40150": FailureReason.SENDER_NOT_READY,
    "40151": FailureReason.SENDER_NOT_READY,
    "40302": FailureReason.CONTENT_REFUSED,
    "40304": FailureReason.CONTENT_REFUSED,
    "40305": FailureReason.SENDER_NOT_READY,
    "40306": FailureReason.SENDER_NOT_READY,
    "40308": FailureReason.SENDER_NOT_READY,
    "40309": FailureReason.REGION_NOT_ENABLED,
    "40310": FailureReason.INVALID_NUMBER,
    "40311": FailureReason.ACCOUNT_REFUSED,
    "40312": FailureReason.ACCOUNT_REFUSED,
    "40313": FailureReason.ACCOUNT_REFUSED,
    "40314": FailureReason.ACCOUNT_REFUSED,
    "40315": FailureReason.SENDER_NOT_READY,
    "40316": FailureReason.CONTENT_REFUSED,
    "40317": FailureReason.PICTURES_REFUSED,
    "40318": FailureReason.TOO_MANY,
    "40320": FailureReason.SENDER_NOT_READY,
    "40321": FailureReason.SENDER_NOT_READY,
    "40322": FailureReason.FILTERED,
    "40328": FailureReason.CONTENT_REFUSED,
    "40329": FailureReason.SENDER_NOT_READY,  # toll-free number not verified
    "40333": FailureReason.ACCOUNT_REFUSED,  # spending limit reached
}
# Two pages of the vendor name two different numbers for a text that is refused because of a STOP.
OPTED_OUT_AT_SEND = {"40300", "40008"}
STATUSES = {401: FailureReason.ACCOUNT_REFUSED, 402: FailureReason.ACCOUNT_REFUSED, 403: FailureReason.ACCOUNT_REFUSED}


def reason_at_send(code: str, status: int) -> FailureReason:
    if status == 429:
        return FailureReason.TOO_MANY
    if code in OPTED_OUT_AT_SEND:
        return FailureReason.OPTED_OUT
    return FAILURES.get(code) or STATUSES.get(status, FailureReason.UNKNOWN)


def reason_of_delivery(code: str, explanation: str) -> FailureReason:
    """After a text was accepted, 40300 and 40008 stand for a STOP only if ``explanation`` says so."""
    if code in OPTED_OUT_AT_SEND and any(word in explanation.lower() for word in ("stop message", "block rule", "opted out")):
        return FailureReason.OPTED_OUT
    return FAILURES.get(code, FailureReason.UNKNOWN)
