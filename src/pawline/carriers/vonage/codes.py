"""What the carrier's numbers mean to us.

Source: developer.vonage.com, "API Errors", Messages API and generic errors. A number that is not here is UNKNOWN.
"""

from pawline.carriers.interface import FailureReason

FAILURES = {
    "1000": FailureReason.TOO_MANY,
    "1030": FailureReason.CARRIER_TROUBLE,
    "1040": FailureReason.INVALID_NUMBER,
    "1050": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1060": FailureReason.ACCOUNT_REFUSED,
    "1070": FailureReason.ACCOUNT_REFUSED,  # no money left
    "1080": FailureReason.ACCOUNT_REFUSED,
    "1090": FailureReason.CONTENT_REFUSED,
    "1100": FailureReason.CARRIER_TROUBLE,
    "1110": FailureReason.ACCOUNT_REFUSED,
    "1120": FailureReason.SENDER_NOT_READY,
    "1140": FailureReason.ACCOUNT_REFUSED,
    "1160": FailureReason.REGION_NOT_ENABLED,  # a trial account texts to numbers on a list alone
    "1170": FailureReason.INVALID_NUMBER,
    "1180": FailureReason.UNREACHABLE,
    "1190": FailureReason.INVALID_NUMBER,
    "1200": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1210": FailureReason.FILTERED,
    "1220": FailureReason.UNREACHABLE,
    "1230": FailureReason.UNREACHABLE,
    "1240": FailureReason.OPTED_OUT,
    "1241": FailureReason.TOO_MANY,
    "1250": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1260": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1270": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1280": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1290": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1300": FailureReason.INVALID_NUMBER,
    "1310": FailureReason.REFUSED_BY_PHONE_COMPANY,
    "1330": FailureReason.UNKNOWN,
    "1360": FailureReason.EXPIRED,
    "1430": FailureReason.INVALID_NUMBER,
    # Generic errors have a name in place of a number.
    "account-suspended": FailureReason.ACCOUNT_REFUSED,
    "forbidden": FailureReason.ACCOUNT_REFUSED,
    "invalid-api-key": FailureReason.ACCOUNT_REFUSED,
    "jwt-expired": FailureReason.ACCOUNT_REFUSED,
    "jwt-revoked": FailureReason.ACCOUNT_REFUSED,
    "low-balance": FailureReason.ACCOUNT_REFUSED,
    "unauthorized": FailureReason.ACCOUNT_REFUSED,
    "unprovisioned": FailureReason.ACCOUNT_REFUSED,
}
STATUSES = {401: FailureReason.ACCOUNT_REFUSED, 402: FailureReason.ACCOUNT_REFUSED, 403: FailureReason.ACCOUNT_REFUSED}


def reason_at_send(code: str, status: int) -> FailureReason:
    if status == 429:
        return FailureReason.TOO_MANY
    return FAILURES.get(code) or STATUSES.get(status, FailureReason.UNKNOWN)


def reason_of_delivery(code: str) -> FailureReason:
    return FAILURES.get(code, FailureReason.UNKNOWN)
