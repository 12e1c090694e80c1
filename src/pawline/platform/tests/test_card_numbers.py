"""Card numbers are taken out of what people write; microchips, phone numbers and whatever else has digits stay."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawline.platform.card_numbers import has_masked_card, mask_card_numbers

# The public test numbers of the issuers.
CARDS = [
    "4242424242424242",
    "4111 1111 1111 1111",
    "4000-0566-5566-5556",
    "5555.5555.5555.4444",
    "2223003122003222",
    "5105 1051 0510 5100",
    "378282246310005",
    "3714 496353 98431",
    "6011111111111117",
    "3056 930902 5904",
    "36227206271667",
    "3566 0020 2036 0505",
    "6205 5000 0000 0000 004",
    "6759649826438453",
    "4222 222 222 222",
    "4242 - 4242 - 4242 - 4242",
    "4242\u00a04242\u00a04242\u00a04242",
]
# What pets, phones and practices write.
OTHERS = [
    "Microchip 985112001234567, microchipped in May",
    "Chip 372098100012345 from Ireland",
    "+49 1512 3456789 or +1 415 555 0117",
    "Call 0044 7911 123456 or (415) 555-0117 at 12.30",
    "IBAN DE89 3704 0044 0532 0130 00",
    "GB29 NWBK 6016 1331 9268 19",
    "NO93 8601 1117 947, DE89370400440532013000",
    "https://photos.example.org/4242424242424242/pixel.jpg",
    "Order 4242424242424241",
    "1234567890123456",
    "4.5 ml at 8, 12, 16 and 20 h; 2026-11-23 09:15:00",
    "4222222222222",
    "42424242424242424242",
    "•••• 4242",
    "",
]
ISO_3166 = [f"{number:03}" for number in range(4, 900)]  # more than there are: every country, whatever comes
MAKERS = [str(number) for number in range(900, 999)]
GROUPINGS = {14: [(14,), (4, 6, 4)], 15: [(15,), (4, 6, 5)], 16: [(16,), (4, 4, 4, 4), (8, 8)], 19: [(19,), (4, 4, 4, 4, 3)]}
CHIP_GROUPINGS = [(15,), (3, 12), (3, 4, 4, 4), (3, 3, 3, 3, 3), (5, 5, 5), (3, 2, 10)]
ISSUERS = [
    ("4", 16),
    ("4", 19),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("2720", 16),
    ("370", 15),
    ("6011", 16),
    ("3528", 16),
    ("300", 14),
    ("36", 14),
    ("62", 19),
    ("65", 16),
    ("644", 16),
]


def with_check_digit(digits: str) -> str:
    """By another way than the product's: whichever last digit makes the sum a multiple of ten."""
    for last in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(digits + last)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return digits + last
    raise AssertionError


def grouped(digits: str, sizes: tuple[int, ...], between: str) -> str:
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    return between.join(digits[end - size : end] for end, size in zip(ends, sizes, strict=True))


@pytest.mark.parametrize("card", CARDS)
def test_a_card_number_is_taken_out(card: str) -> None:
    """C14: the last four digits stay, so that everybody knows which one it was."""
    last = "".join(filter(str.isdigit, card))[-4:]
    masked = mask_card_numbers(f"My card is {card}, until 12/29")

    assert f"My card is ••••\u00a0{last}, until 12/29" == masked
    assert has_masked_card(masked)
    assert masked == mask_card_numbers(masked)


@pytest.mark.parametrize("words", OTHERS)
def test_everything_else_stays(words: str) -> None:
    """C14: what looks like a card number to a machine alone."""
    assert words == mask_card_numbers(words)
    assert not has_masked_card(words)


def test_several_and_their_neighbours() -> None:
    """C14: each is found, beside the digits that people put around it."""
    phone, card, chip = "415 555 0117", "4242 4242 4242 4242", "985 1120 0123 4567"
    written = f"+1 {phone} {card}, {phone} {card} 123 12/29 and 378282246310005; chip {chip}, VI4242424242424242"
    masked = f"+1 {phone} ••••\u00a04242, {phone} ••••\u00a04242 123 12/29 and ••••\u00a00005; chip {chip}, VI••••\u00a04242"

    assert masked == mask_card_numbers(written)


@given(st.sampled_from(ISSUERS), st.integers(min_value=0), st.sampled_from([" ", "-", ".", "\u00a0"]), st.data())
def test_every_card_number_is_taken_out(issuer: tuple[str, int], number: int, between: str, data: st.DataObject) -> None:
    """C14: of each issuer, in each grouping; American Express where no microchip can begin so, or as it stands on the card."""
    prefix, length = issuer
    card = with_check_digit(prefix + str(number).zfill(length)[-(length - len(prefix) - 1) :])
    written = grouped(card, data.draw(st.sampled_from(GROUPINGS[length])), between)

    assert f"Here: ••••\u00a0{card[-4:]}. Thanks" == mask_card_numbers(f"Here: {written}. Thanks")


@given(
    st.sampled_from(["340", "344", "348", "372", "376", "985", "981", "956", "977", "900", "998", "528", "276", "826", "840"]),
    st.integers(min_value=0, max_value=10**11 - 1),
    st.sampled_from(CHIP_GROUPINGS),
    st.sampled_from([" ", "-", "."]),
)
def test_no_microchip_is_ever_touched(prefix: str, number: int, sizes: tuple[int, ...], between: str) -> None:
    """C14: also not the one in ten that passes the check of cards."""
    chip = with_check_digit(f"{prefix}{number:011}")
    words = f"Chip {grouped(chip, sizes, between)} and +1 415 555 0117"

    assert words == mask_card_numbers(words)


def test_many_microchips_of_every_country_and_maker() -> None:
    """C14: fifty of each that pass the check, in one piece and in groups. Some prefixes are no country: nobody has those."""
    countries_like_cards = {"340", "344", "348", "372", "376"}
    no_country = {prefix for prefix in ISO_3166 if prefix[:2] in ("34", "37")} - countries_like_cards
    rolls = random.Random(14)  # noqa: S311 - no secret
    for prefix in [each for each in ISO_3166 + MAKERS if each not in no_country]:
        for _ in range(50):
            chip = with_check_digit(prefix + "".join(rolls.choices("0123456789", k=11)))
            words = f"{chip} {grouped(chip, rolls.choice(CHIP_GROUPINGS), ' ')}."
            assert words == mask_card_numbers(words)


@given(st.text(alphabet="0123456789 .-+•\u00a0ab/", max_size=80))
def test_masking_ends_and_is_done_once(words: str) -> None:
    """C14: whatever digits come, nothing but digits and what stands between them is lost."""
    masked = mask_card_numbers(words)

    assert masked == mask_card_numbers(masked)
    assert len(masked) <= len(words)


@pytest.mark.parametrize(
    "words", ["4 " * 5_000, "4242 " * 2_000, "4" * 10_000, "AA00" + "A" * 9_996, "+4" * 5_000, "4 . " * 2_500]
)
def test_the_longest_message_comes_to_an_end(words: str) -> None:
    """F1: nobody holds the others up by what they write, whatever it is."""
    assert len(mask_card_numbers(words)) <= len(words)
