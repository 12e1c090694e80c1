"""What the verbs of joining work with, put together once in app.py."""

from dataclasses import dataclass

from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.settings import Settings
from pawline.sign_in.lockout import Lockout


@dataclass(frozen=True, slots=True)
class JoiningDesk:
    settings: Settings
    database: Database
    lockout: Lockout
    files: FileStore
