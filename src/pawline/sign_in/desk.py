"""What the verbs of signing in work with, put together once in app.py."""

from dataclasses import dataclass

from pawline.platform.db import Database
from pawline.platform.settings import Settings
from pawline.sign_in.gate import Gate
from pawline.sign_in.lockout import Lockout


@dataclass(frozen=True, slots=True)
class SignInDesk:
    settings: Settings
    database: Database
    gate: Gate
    lockout: Lockout
