"""What the product has to be told to use a simulated carrier, and what the carrier has to be told of the product."""

from collections.abc import Mapping

from pawline.carriers.simulator.settings import NumberAtStart, SimulatorSettings

SPOKEN = "twilio"
"""The name, in our registry, of the carrier whose interface the simulated one speaks."""


def product_settings(settings: SimulatorSettings) -> Mapping[str, Mapping[str, str]]:
    """In the place of all that is set for real carriers."""
    url = settings.public_url
    return {
        SPOKEN: {
            "account_sid": settings.account_sid,
            "auth_token": settings.auth_token,
            "base_url": url,
            "messaging_url": url,
            "numbers_url": url,
        }
    }


def number_of_product(number: str, *, name: str, product_url: str) -> NumberAtStart:
    """A clinic's number (E.164), with the product's own addresses for texts and calls."""
    at = f"{product_url}/hooks/{SPOKEN}"
    return NumberAtStart(number=number, name=name, text_url=f"{at}/text", voice_url=f"{at}/voice")
