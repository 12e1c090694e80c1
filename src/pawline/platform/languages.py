"""The languages that families read: of the owner's app, of what they agree to, and of the mails to them."""

import re
from typing import Annotated, Literal

from litestar.params import HeaderParameter

Language = Literal["en", "es"]
AcceptLanguage = Annotated[str, HeaderParameter(name="Accept-Language", description="`es` for Spanish; English otherwise.")]
_SPOKEN: dict[str, Language] = {"en": "en", "es": "es"}
_TAG = re.compile(r"\s*([a-z]{2,3})\b", re.IGNORECASE)
_LONGEST = 200


def read_language(accept_language: str) -> Language:
    """The first that we speak. Browsers list them by liking, so what comes after ``;q=`` says nothing new."""
    for wanted in accept_language[:_LONGEST].split(","):
        if (tag := _TAG.match(wanted)) and (language := _SPOKEN.get(tag[1].lower())):
            return language
    return "en"
