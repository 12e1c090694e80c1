"""Card numbers that people write although nobody should: all but the last four digits are taken out before anything is stored.

Rules of our own: the libraries that find them bring language models, or know neither groups nor microchips.
A microchip of a pet (ISO 11784) has 15 digits, and one in ten passes the Luhn check; it must come through untouched. Its first
three are a country (ISO 3166-1) or a maker (900 to 998). So 15 digits are a card only where no chip can begin so, or where
they stand in groups of 4, 6 and 5 as on a card. Phone numbers with a plus, IBANs and web addresses are left alone as well.
"""

import re
from collections.abc import Sequence

# With a space that no keyboard gives: so a number that was taken out is known from dots that somebody typed.
_MARK = "••••\u00a0"
_MASKED = re.compile(_MARK + "[0-9]{4}")
_BETWEEN = r"[ \u00a0.\-\u2010-\u2015]{1,3}"
_MIGHT_HAVE = re.compile(f"[0-9](?:(?:{_BETWEEN})?[0-9]){{12}}")
_FOUND = re.compile(
    rf"(?P<address>https?://\S+)|(?P<account>\b[A-Z]{{2}}[0-9]{{2}}(?: ?[0-9A-Z]{{4}}){{2,7}}(?: ?[0-9A-Z]{{1,3}}\b)?)"
    rf"|(?P<plus>\+?)(?P<run>(?<![0-9])[0-9]+(?:{_BETWEEN}[0-9]+)*)"
)
_GROUP = re.compile("[0-9]+")
# ISO/IEC 7812-1: who issues which numbers, and how long they are.
_ISSUED = (
    (re.compile("4"), (16, 19)),  # Visa
    (re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),  # Mastercard
    (re.compile("3[47]"), (15,)),  # American Express
    (re.compile("6011|64[4-9]|65"), (16, 17, 18, 19)),  # Discover
    (re.compile("30[0-5]|36|38|39"), (14, 16)),  # Diners Club
    (re.compile("352[89]|35[3-8]"), (16, 17, 18, 19)),  # JCB
    (re.compile("62|81"), (16, 17, 18, 19)),  # UnionPay
    (re.compile("50[1-3]|5[678]|6304|67"), (16, 17, 18, 19)),  # Maestro
)
_OLD_VISA = (4, 3, 3, 3)  # 13 digits in one piece are more often a phone number or an article's
_AMERICAN_EXPRESS = (4, 6, 5)
_CARD_GROUPS = (_OLD_VISA, _AMERICAN_EXPRESS, (4, 6, 4), (8, 8))
_SHORTEST, _LONGEST = 13, 19
_FIRST_OF_CARD = {4, 8, *range(_SHORTEST, _LONGEST + 1)}
_CHIP_DIGITS = 15
_CHIP_GROUPS = ((15,), (3, 12), (3, 4, 4, 4), (3, 3, 3, 3, 3), (5, 5, 5), (3, 2, 10))
# Of the countries (ISO 3166-1) whose number begins as those of American Express do.
_CHIPS_LIKE_CARDS = ("340", "344", "348", "372", "376")
_MOST_CHIP_GROUPS = 5
_LONGEST_PHONE = 15  # ITU-T E.164


def mask_card_numbers(words: str) -> str:
    """What is left: the last four digits behind dots, and everything else as it was. Masking again changes nothing."""
    return _FOUND.sub(_mask_found, words) if _MIGHT_HAVE.search(words) else words


def has_masked_card(words: str) -> bool:
    return _MASKED.search(words) is not None


def _mask_found(found: re.Match[str]) -> str:
    if found["address"]:
        return found[0]
    if found["account"]:
        return found[0] if _is_iban(found[0]) else found[0][:2] + mask_card_numbers(found[0][2:])
    if found["plus"] and sum(map(str.isdigit, found["run"])) <= _LONGEST_PHONE:
        return found[0]
    return found["plus"] + _mask_run(found["run"])


def _mask_run(run: str) -> str:
    """``run``: groups of digits, with little between them."""
    places = [group.span() for group in _GROUP.finditer(run)]
    groups = [run[begin:end] for begin, end in places]
    masked, kept_from, first = "", 0, 0
    is_after_whole = True  # in the middle of something else, what looks like a chip may be half a card
    while first < len(groups):
        card = _card_at(groups, first)
        chip = _chip_at(groups, first) if not card and is_after_whole else 0
        if card:
            masked += run[kept_from : places[first][0]] + _MARK + "".join(groups[first : first + card])[-4:]
            kept_from = places[first + card - 1][1]
        is_after_whole = bool(card or chip)
        first += card or chip or 1
    return masked + run[kept_from:]


def _card_at(groups: Sequence[str], first: int) -> int:
    """How many groups from this one on are the longest card number that begins with it; 0: none does."""
    found, digits = 0, ""
    if len(groups[first]) not in _FIRST_OF_CARD:
        return 0
    for many, group in enumerate(groups[first : first + _LONGEST], start=1):
        digits += group
        if len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST and _is_card(digits, tuple(map(len, groups[first : first + many]))):
            found = many
    return found


def _chip_at(groups: Sequence[str], first: int) -> int:
    sizes = tuple(map(len, groups[first : first + _MOST_CHIP_GROUPS]))
    return next((len(each) for each in _CHIP_GROUPS if sizes[: len(each)] == each), 0)


def _is_card(digits: str, sizes: tuple[int, ...]) -> bool:
    if len(digits) == _CHIP_DIGITS and digits.startswith(_CHIPS_LIKE_CARDS) and sizes != _AMERICAN_EXPRESS:
        return False
    is_issued = any(len(digits) in lengths and issuer.match(digits) for issuer, lengths in _ISSUED)
    is_of_issuer = is_issued or (sizes == _OLD_VISA and digits.startswith("4"))
    return is_of_issuer and _is_card_grouping(sizes) and _passes_luhn(digits)


def _is_card_grouping(sizes: tuple[int, ...]) -> bool:
    in_fours = set(sizes[:-1]) == {4} and sizes[-1] <= 4
    return len(sizes) == 1 or in_fours or sizes in _CARD_GROUPS


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: of every second digit from the right, twice its value, as a sum of digits."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _is_iban(words: str) -> bool:
    """ISO 13616: the first four characters at the end, letters as numbers from 10, leave 1 when divided by 97."""
    packed = words.replace(" ", "")
    return int("".join(str(int(each, 36)) for each in packed[4:] + packed[:4])) % 97 == 1
