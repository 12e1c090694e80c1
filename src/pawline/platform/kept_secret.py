"""The secret of a one-machine installation: made at the first start, kept beside the database."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from pawline.platform.disk import flush_to_disk

LEAST_CHARACTERS = 32


class SecretUnusable(Exception):
    """The text says why and what to do."""


def kept_secret(data: Path) -> str:
    """That of the data folder ``data``; of several first starts at once all get the same.

    Raises:
        SecretUnusable: it cannot be kept, or is not whole.
    """
    path = data / "secret"
    try:
        if not path.exists():
            data.mkdir(parents=True, exist_ok=True)
            _make(path)
        secret = path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise SecretUnusable(
            f"PAWLINE_DATA is {str(data)!r}, which cannot be used: {reason}. Give a folder this user can write to."
        ) from error
    if len(secret.strip()) < LEAST_CHARACTERS:
        raise SecretUnusable(
            f"PAWLINE_DATA has a damaged secret: {path} is empty or too short. Put it back from a backup. "
            "Without one, remove the file: the next start makes another, and everybody has to sign in anew."
        )
    return secret


def _make(path: Path) -> None:
    """It appears whole or not at all, and a power cut does not take it back."""
    half = path.with_name(f"secret.{token_hex(8)}")
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another start has been faster, and its secret counts
            os.link(half, path)
    finally:
        half.unlink(missing_ok=True)
    flush_to_disk(path.parent)
