"""``pawline demo``."""

import dataclasses
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from pawline.app import run_worker
from pawline.cli.serving import build_app_on, migrated
from pawline.demo.fill import fill_demo
from pawline.demo.mailbox import Mailbox
from pawline.platform.settings import Settings
from pawline.serving import Parts, serve


def demo(data: Annotated[Path | None, typer.Option(help="Where the demo keeps its data; ./.demo if not given.")] = None) -> None:
    """Try Pawline: a made-up practice with families and messages, on this machine only."""
    folder = str(data) if data else os.environ.get("PAWLINE_DATA") or ".demo"
    settings = Settings.from_env({**os.environ, "PAWLINE_DEMO": "1", "PAWLINE_DATA": folder})
    uvloop.run(serve(settings, Parts(prepare=_filled, build_app=build_app_on, run_worker=run_worker, announce=_announce)))


@asynccontextmanager
async def _filled(settings: Settings, url: str) -> AsyncGenerator[Settings]:
    async with Mailbox(settings.data / "mailbox") as mailbox, migrated(settings, url):
        with_mailbox = dataclasses.replace(settings, smtp_url=mailbox.smtp_url)
        await fill_demo(with_mailbox, url)
        yield with_mailbox


def _announce(settings: Settings) -> None:
    typer.echo(f"""
  The Pawline demo is ready.

    Start here   {settings.public_url}/
    Staff        {settings.public_url}/staff
    Pet owners   {settings.public_url}/owner

  Its data is in {settings.data}. Stop it with Ctrl-C.
""")
