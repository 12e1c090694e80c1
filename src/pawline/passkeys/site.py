"""For which site passkeys are made: the public address, and no other one."""

from urllib.parse import urlsplit

from pawline.platform.settings import Settings


def site_of(settings: Settings) -> str:
    """The host: in the words of the standard, the relying party's id."""
    return urlsplit(passkey_origin(settings)).hostname or ""


def passkey_origin(settings: Settings) -> str:
    """Browsers make passkeys for names only, so on this very machine it is the name of its address."""
    return settings.public_url.replace("://127.0.0.1", "://localhost", 1)
