"""``pawline practice create``."""

import asyncio
import os
from typing import Annotated

import typer
import uvloop

from pawline.platform.db import Database
from pawline.platform.schema_state import require_current
from pawline.platform.settings import Settings
from pawline.practices.service import PracticeDraft, create_practice
from pawline.serving import database_beside_others
from pawline.sign_in.staff import issue_password_link

app = typer.Typer(no_args_is_help=True, help="Practices of this installation.")


@app.callback()
def practices() -> None:
    """Practices of this installation."""


@app.command()
def create(
    name: Annotated[str, typer.Option(prompt="Name of the practice")],
    clinic: Annotated[str, typer.Option(prompt="Name of its first clinic")],
    country: Annotated[str, typer.Option(prompt="Country of the clinic, two letters like GB")],
    timezone: Annotated[str, typer.Option(prompt="Time zone of the clinic, like Europe/London")],
    owner_name: Annotated[str, typer.Option(prompt="Name of the practice owner")],
    owner_email: Annotated[str, typer.Option(prompt="E-mail of the practice owner")],
) -> None:
    """Add a practice with its first clinic and its practice owner. What is not given is asked for."""
    draft = PracticeDraft(
        name=name, clinic_name=clinic, country=country, timezone=timezone, owner_name=owner_name, owner_email=owner_email
    )
    link = uvloop.run(_create(Settings.from_env(os.environ), draft))
    typer.echo(f"{name} is ready. {owner_name} sets a password here; the link works once:\n\n  {link}\n")


async def _create(settings: Settings, draft: PracticeDraft) -> str:
    """The link by which the practice owner sets a password."""
    async with database_beside_others(settings) as url:
        await asyncio.to_thread(require_current, url)
        database = Database(url, connections=1)
        try:
            async with database.transaction() as uow:
                created = await create_practice(uow, draft)
                return await issue_password_link(uow, settings, practice_id=created.practice_id, staff_id=created.owner_id)
        finally:
            await database.close()
