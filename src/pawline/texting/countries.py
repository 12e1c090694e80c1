"""What texting is like in each country, as data. A clinic in a country that is not in the table cannot text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pawline.carriers.interface import NumberKind
from pawline.platform.errors import Conflict
from pawline.texting.wordings import WELCOME, WELCOME_NORTH_AMERICA


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """``fees_cents``: by each kind of number that can be had, what asking for one costs once, in US cents.

    ``media``: files go out as links, or not at all, and ``media_words`` say it to the team. ``segments_per_second``: how fast
    carriers take texts from one number there.
    """

    name: str
    fees_cents: Mapping[NumberKind, int]
    media: Literal["link", "none"]
    media_words: str
    segments_per_second: float
    requires_names: bool
    welcome: str


_LINKS = "Photos, videos and PDFs go out as a secure link in the text."
# Setting up a number that belongs to another phone company is work at the carrier, done once.
_HOSTING_CENTS = 299_00


def _north_america(name: str) -> Country:
    return Country(
        name=name,
        fees_cents={NumberKind.TOLL_FREE: 0, NumberKind.HOSTED: _HOSTING_CENTS},
        media="link",
        media_words=_LINKS,
        segments_per_second=3,  # what carriers let through from a verified toll-free number
        requires_names=True,
        welcome=WELCOME_NORTH_AMERICA,
    )


COUNTRIES: Mapping[str, Country] = {
    "US": _north_america("the United States"),
    "CA": _north_america("Canada"),
    "GB": Country(
        name="the United Kingdom",
        fees_cents={NumberKind.LOCAL: 0},
        media="none",
        media_words="Phone companies in the United Kingdom carry no pictures or files. Send them in the app: the client can "
        "continue in the app, and the conversation comes along.",
        segments_per_second=1,
        requires_names=False,
        welcome=WELCOME,
    ),
}


def no_texting_in(country: str) -> str:
    names = [each.name for each in COUNTRIES.values()]
    return (
        f"This clinic is in a country ({country}) where texting is not available. It can be had in {', '.join(names[:-1])} "
        f"and {names[-1]}. App chat works everywhere."
    )


def require_country(country: str) -> Country:
    if country not in COUNTRIES:
        raise Conflict(no_texting_in(country))
    return COUNTRIES[country]
