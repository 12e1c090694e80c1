"""``pawline jobs retry``."""

import os

import typer
import uvloop

from pawline.cli.writing import writing
from pawline.platform.job_queue import retry_failed
from pawline.platform.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Work that is done beside requests.")


@app.callback()
def jobs() -> None:
    """Work that is done beside requests."""


@app.command()
def retry() -> None:
    """Queue once more every job that was given up. `pawline doctor` tells whether there are any."""
    count = uvloop.run(_retry(Settings.from_env(os.environ)))
    typer.echo(f"{count} {'job is' if count == 1 else 'jobs are'} queued once more.")


async def _retry(settings: Settings) -> int:
    async with writing(settings) as uow:
        return await retry_failed(uow)
