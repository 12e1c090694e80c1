"""F7: what a web process does not need, it does not load; each of these takes megabytes for as long as the process runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = [
    "PIL",
    "aiosmtpd",
    "alembic",
    "cryptography",
    "fpdf",
    "httpx",
    "icalendar",
    "imageio_ffmpeg",
    "jwt",
    "opentelemetry.sdk",
    "pawline.carriers.telnyx",
    "pawline.carriers.twilio",
    "pawline.carriers.vonage",
    "pawline.demo.mounting",
    "pawline.notifications.telling",
    "pawline.worker",
    "pikepdf",
    "pillow_heif",
    "pydantic",
    "stripe",
    "valkey",
    "webauthn",
]
# As `pawline web` starts, but for the database, which nobody starts for this.
SCRIPT = """
import os, sys
from pawline import cli
sys.argv = ["pawline", "web"]
try:
    cli.main()
except SystemExit as end:
    assert end.code == 1, end.code
from pawline.platform.settings import Settings
settings = Settings.from_env(os.environ)
app = cli.serving.build_app_on(settings, settings.database_url)
print(*sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder: Path = tmp_path_factory.mktemp("data")
    env = {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "PAWLINE_DATA": str(folder),
        "PAWLINE_SECRET": "for-a-process-that-serves-nobody-0123456789",
        "PAWLINE_SMTP_URL": "smtp://127.0.0.1:9",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True, env=env)
    return set(done.stdout.split())


def test_it_is_a_web_process_that_is_looked_at(loaded: set[str]) -> None:
    assert {"litestar", "pawline.app", "pawline.serving", "sqlalchemy"} <= loaded


@pytest.mark.parametrize("name", HEAVY)
def test_a_web_process_leaves_it_out(name: str, loaded: set[str]) -> None:
    assert name not in loaded
