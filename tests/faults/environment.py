"""What every process of the product is told in these tests."""

import os
from collections.abc import Mapping
from pathlib import Path

SECRET = "not a secret, for tests run alone " * 2


def product_environment(database_url: str, folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        # From a checkout beside the installed one, its own code.
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
        "DATABASE_URL": database_url,
        "PAWLINE_DATA": str(folder / "data"),
        "PAWLINE_SECRET": SECRET,
        "PAWLINE_SMTP_URL": "smtp://127.0.0.1:1",
        **more,
    }
