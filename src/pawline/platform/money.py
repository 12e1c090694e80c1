"""Money as people read it. Amounts are whole numbers of the currency's smallest unit: 4500 are 45 euros."""

from collections.abc import Mapping

from pawline.platform.languages import Language

# Every currency here has hundredths. A clinic in a country that is not in the table cannot ask for payments.
_EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK"
_CURRENCIES: Mapping[str, str] = {
    "US": "USD",
    "CA": "CAD",
    "GB": "GBP",
    "AU": "AUD",
    "NZ": "NZD",
    **dict.fromkeys(_EURO.split(), "EUR"),
}
# Narrow: a clinic has one currency, and its clients know which.
_SIGNS = {"USD": "$", "CAD": "$", "GBP": "£", "AUD": "$", "NZD": "$", "EUR": "€"}


def currency_in(country: str) -> str | None:
    """``country`` is two letters (ISO 3166), the currency three (ISO 4217)."""
    return _CURRENCIES.get(country)


def format_money(amount_minor: int, currency: str, language: Language = "en") -> str:
    """As browsers write it: €1,250.00 in English, 1250,00 € in Spanish."""
    whole, hundredths = divmod(amount_minor, 100)
    sign = _SIGNS[currency]
    if language == "es":
        # Spanish groups digits from five on (RAE); the space keeps the sign on the line of its number.
        digits = f"{whole:,}".replace(",", ".") if whole >= 10_000 else str(whole)
        return f"{digits},{hundredths:02}\N{NO-BREAK SPACE}{sign}"
    return f"{sign}{whole:,}.{hundredths:02}"
