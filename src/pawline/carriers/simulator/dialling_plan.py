"""Numbers: which there are, of what kind, and what each kind can do."""

import re
from collections.abc import Iterator
from enum import StrEnum

TOLL_FREE_CODES = ("800", "833", "844", "855", "866", "877", "888")
# Not the whole of Canada, but a code of each kind of caller the product has to tell apart.
CANADIAN_CODES = ("204", "403", "416", "514", "604", "613", "647", "780", "902")

_NORTH_AMERICAN = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")
_BRITISH = re.compile(r"\+44[1-9]\d{8,9}")
_E164 = re.compile(r"\+[1-9]\d{7,14}")


class NumberType(StrEnum):
    TOLL_FREE = "toll_free"
    LOCAL = "local"
    UK = "uk"


# Integrations, 1.9: segments a second that a carrier passes on for one sender.
SEGMENTS_A_SECOND = {NumberType.TOLL_FREE: 3.0, NumberType.LOCAL: 1.0, NumberType.UK: 10.0}


def read_number(text: str) -> str:
    """Digits with a plus before them. In a query string an unescaped plus arrives as a space."""
    return "+" + re.sub(r"\D", "", text)


def is_number(number: str) -> bool:
    if number.startswith("+1"):
        return _NORTH_AMERICAN.fullmatch(number) is not None
    if number.startswith("+44"):
        return _BRITISH.fullmatch(number) is not None
    return _E164.fullmatch(number) is not None


def country_of(number: str) -> str:
    """Two letters; empty for a country the account is not enabled for."""
    if number.startswith("+44"):
        return "GB"
    if number.startswith("+1"):
        return "CA" if number[2:5] in CANADIAN_CODES else "US"
    return ""


def type_of(number: str) -> NumberType:
    if country_of(number) == "GB":
        return NumberType.UK
    return NumberType.TOLL_FREE if number[2:5] in TOLL_FREE_CODES else NumberType.LOCAL


def carries_pictures(*numbers: str) -> bool:
    """MMS works inside the United States and Canada only."""
    return all(country_of(number) in {"US", "CA"} for number in numbers)


def for_sale(country: str, kind: str, area: str) -> Iterator[str]:
    """Fictional numbers without end. ``kind`` is the last word of the search's path."""
    if country == "GB":
        yield from (f"+447700900{last:03}" for last in range(200, 1000))
    elif kind == "TollFree":
        codes = (area,) if area in TOLL_FREE_CODES else TOLL_FREE_CODES[::-1]
        yield from (f"+1{code}555{last:04}" for last in range(142, 200) for code in codes)
    else:
        code = area or ("416" if country == "CA" else "415")
        yield from (f"+1{code}555{last:04}" for last in range(150, 200))
