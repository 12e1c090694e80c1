"""``pawline demo``."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pawline.platform.settings import Settings


def demo(data: Annotated[Path | None, typer.Option(help="Where the demo keeps its data; ./.demo if not given.")] = None) -> None:
    """Try Pawline: a made-up practice with families, messages and texts, on this machine only."""
    from pawline.cli.demo_stage import run_demo  # noqa: PLC0415 - brings 9 MiB that no other command needs

    folder = str(data) if data else os.environ.get("PAWLINE_DATA") or ".demo"
    run_demo(Settings.from_env({**os.environ, "PAWLINE_DEMO": "1", "PAWLINE_DATA": folder}))
