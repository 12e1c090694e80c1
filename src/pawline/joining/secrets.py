"""The secrets that let people in. All follow from an id and the installation's secret, so the database holds none of them."""

from uuid import UUID

from pawline.platform.security import keyed_hash
from pawline.platform.settings import Settings

# Crockford's base 32: whoever copies it from a poster may take an O for a 0 and an I or L for a 1.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOK_ALIKES = str.maketrans("oil", "011")
_CODE_LENGTH = 20


def clinic_code(settings: Settings, code_id: UUID) -> str:
    """20 characters, 100 bits."""
    number = int.from_bytes(keyed_hash(settings, "clinic code", str(code_id)), "big")
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_CODE_LENGTH))


def read_clinic_code(typed: str) -> str:
    return typed.strip().lower().translate(_LOOK_ALIKES)


def invitation_token(settings: Settings, invitation_id: UUID) -> str:
    return keyed_hash(settings, "family invitation", str(invitation_id)).hex()


def sign_up_code(settings: Settings, sign_up_id: UUID) -> str:
    number = int.from_bytes(keyed_hash(settings, "sign-up code", str(sign_up_id))[:8], "big")
    return f"{number % 1_000_000:06d}"


def sign_up_code_hash(settings: Settings, sign_up_id: UUID, code: str) -> bytes:
    """Keyed: a plain hash of six digits tells them to whoever reads the table and tries all million."""
    return keyed_hash(settings, "typed sign-up code", str(sign_up_id), code)
