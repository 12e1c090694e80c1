"""What this carrier's numbers and words mean to us. A code that is not here is UNKNOWN and not tried again.

Source: the carrier's error reference (https://www.twilio.com/docs/api/errors), read in November 2026.
"""

from pawline.carriers.interface import FailureReason, ReceiptState

FAILURES = {
    14107: FailureReason.TOO_MANY,  # 30 replies within 30 seconds between two numbers
    20003: FailureReason.ACCOUNT_REFUSED,  # wrong credentials
    20005: FailureReason.ACCOUNT_REFUSED,  # the account is not active
    20403: FailureReason.ACCOUNT_REFUSED,
    20404: FailureReason.ACCOUNT_REFUSED,  # no such account
    20429: FailureReason.TOO_MANY,
    20500: FailureReason.CARRIER_TROUBLE,
    20503: FailureReason.CARRIER_TROUBLE,
    21211: FailureReason.INVALID_NUMBER,
    21212: FailureReason.SENDER_NOT_READY,  # not a number they can send from
    21217: FailureReason.INVALID_NUMBER,
    21264: FailureReason.SENDER_NOT_READY,
    21265: FailureReason.INVALID_NUMBER,  # a short code
    21408: FailureReason.REGION_NOT_ENABLED,
    21601: FailureReason.SENDER_NOT_READY,
    21602: FailureReason.CONTENT_REFUSED,  # no content at all
    21603: FailureReason.SENDER_NOT_READY,  # no sender
    21604: FailureReason.INVALID_NUMBER,  # no recipient
    21605: FailureReason.CONTENT_REFUSED,
    21606: FailureReason.SENDER_NOT_READY,
    21608: FailureReason.SENDER_NOT_READY,  # a trial account, or no approved profile of the business
    21610: FailureReason.OPTED_OUT,
    21611: FailureReason.TOO_MANY,  # more than ten hours of texts wait at this sender
    21612: FailureReason.REFUSED_BY_PHONE_COMPANY,  # no way from this sender to that number
    21614: FailureReason.LANDLINE,
    21617: FailureReason.CONTENT_REFUSED,  # more than 1600 characters
    21619: FailureReason.CONTENT_REFUSED,
    21620: FailureReason.PICTURES_REFUSED,
    21623: FailureReason.PICTURES_REFUSED,
    21635: FailureReason.LANDLINE,
    21659: FailureReason.SENDER_NOT_READY,  # the sender is not a number of this account
    21660: FailureReason.SENDER_NOT_READY,
    30001: FailureReason.TOO_MANY,
    30002: FailureReason.ACCOUNT_REFUSED,  # suspended
    30003: FailureReason.UNREACHABLE,
    30004: FailureReason.REFUSED_BY_PHONE_COMPANY,
    30005: FailureReason.INVALID_NUMBER,  # unknown or no longer in use
    30006: FailureReason.LANDLINE,
    30007: FailureReason.FILTERED,
    30008: FailureReason.UNKNOWN,
    30010: FailureReason.CONTENT_REFUSED,  # dearer than the price cap
    30011: FailureReason.PICTURES_REFUSED,
    30017: FailureReason.CARRIER_TROUBLE,  # the phone company's network is congested
    30019: FailureReason.PICTURES_REFUSED,
    30022: FailureReason.TOO_MANY,
    30023: FailureReason.TOO_MANY,  # the daily limit of a phone company
    30024: FailureReason.SENDER_NOT_READY,
    30032: FailureReason.SENDER_NOT_READY,  # toll-free and not verified
    30034: FailureReason.SENDER_NOT_READY,  # not registered with the phone companies
    30036: FailureReason.EXPIRED,
    30410: FailureReason.CARRIER_TROUBLE,  # the phone company took too long
    30450: FailureReason.FILTERED,  # taken for number pumping
    30500: FailureReason.CARRIER_TROUBLE,
    30610: FailureReason.FILTERED,  # their own quiet hours
    30640: FailureReason.FILTERED,  # a person known for lawsuits
    63038: FailureReason.TOO_MANY,  # the account's daily limit
}

STATES = {
    "accepted": ReceiptState.ACCEPTED,
    "scheduled": ReceiptState.ACCEPTED,
    "queued": ReceiptState.ACCEPTED,
    "sending": ReceiptState.ACCEPTED,
    "sent": ReceiptState.SENT,
    "partially_delivered": ReceiptState.SENT,
    "delivered": ReceiptState.DELIVERED,
    "read": ReceiptState.DELIVERED,
    "undelivered": ReceiptState.FAILED,
    "failed": ReceiptState.FAILED,
    "canceled": ReceiptState.FAILED,
}


def reason_for(code: int | None) -> FailureReason:
    return FailureReason.UNKNOWN if code is None else FAILURES.get(code, FailureReason.UNKNOWN)


def is_refusal(code: int | None) -> bool:
    """Is it certain that nothing goes out? Trouble at the carrier may strike after it took the text."""
    return code in FAILURES and FAILURES[code] is not FailureReason.CARRIER_TROUBLE
