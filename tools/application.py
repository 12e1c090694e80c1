"""The application, put together to be asked for its routes; it never runs."""

import tempfile

from litestar import Litestar

from pawline.app import build_app
from pawline.platform.settings import Settings


def application(*, is_demo: bool = False) -> Litestar:
    with tempfile.TemporaryDirectory() as place:
        values = {"PAWLINE_DATA": place, "PAWLINE_SECRET": "x" * 32, "PAWLINE_SMTP_URL": "smtp://127.0.0.1"}
        settings = Settings.from_env(values | ({"PAWLINE_DEMO": "1"} if is_demo else {}))
        return build_app(settings, database_url="postgresql://127.0.0.1/none")
