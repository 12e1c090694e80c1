"""Phone numbers: typed in any spelling, kept as E.164, shown as people write them."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult
from phonenumbers.timezone import time_zones_for_geographical_number, time_zones_for_number

from pawline.platform.errors import Invalid

_E164 = re.compile(r"\+[1-9][0-9]{5,14}")
# Stands for no country at all, so that every number is shown with its country's code.
ABROAD = "ZZ"
_NO_ZONE = ("Etc/Unknown",)
_EXAMPLES = {"US": "(212) 555-0142", "CA": "(416) 555-0142", "GB": "07700 900123"}


def to_e164(spelling: str, country: str) -> str | None:
    """The number in E.164, or None when it cannot be one. ``country``: two letters, for numbers without their country's code.

    Only the length is checked: numbering plans grow faster than any list of them, and numbers reserved for fiction count too.
    An extension falls off, as no text can reach it.
    """
    try:
        number = phonenumbers.parse(spelling, country)
    except NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None  # among them numbers that only work inside their own town
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return e164 if _E164.fullmatch(e164) else None


def require_e164(field: str, spelling: str, country: str) -> str:
    number = to_e164(spelling, country)
    if number is None:
        example = example_number(country)
        raise Invalid.field(
            field, f"is not a phone number; write it with its area code, like {example}, or with + and the country"
        )
    return number


def example_number(country: str) -> str:
    """As it is typed there."""
    return _EXAMPLES.get(country, "+1 212 555 0142")


def is_textable(number: str, *, is_landline: bool | None = None) -> bool:
    """``is_landline``: what a carrier's refusal taught us of this number; None while nobody knows, which lets it pass."""
    return is_landline is not True and not is_fixed_line(number)


def is_fixed_line(number: str) -> bool:
    """By numbering plan. In North America the plan does not tell, so False there."""
    parsed = _read(number)
    return parsed is not None and phonenumbers.number_type(parsed) == PhoneNumberType.FIXED_LINE


def format_for_people(number: str, country: str) -> str:
    """As it is written in ``country``: without the country's code if it is theirs."""
    parsed = _read(number)
    if parsed is None:
        return number
    is_theirs = parsed.country_code == phonenumbers.country_code_for_region(country)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if is_theirs else PhoneNumberFormat.INTERNATIONAL)


def time_zones_of(number: str) -> tuple[str, ...]:
    """IANA names of every zone in which the phone may be; empty when nothing is known."""
    parsed = _read(number)
    if parsed is None:
        return ()
    zones = time_zones_for_number(parsed)
    if zones == _NO_ZONE:  # a number that no list knows yet: its first digits still tell
        zones = time_zones_for_geographical_number(parsed)
    return () if zones == _NO_ZONE else tuple(zones)


def _read(number: str) -> PhoneNumber | None:
    """None: a sender that is no number at all, like a short code or a name, which carriers also hand on."""
    try:
        return phonenumbers.parse(number, None)
    except NumberParseException:
        return None
