"""``pawline practice create | password-link | remove-second-step``."""

import os
from typing import Annotated

import typer
import uvloop

from pawline.cli.writing import writing
from pawline.platform.settings import Settings
from pawline.practices.service import PracticeDraft, create_practice
from pawline.sign_in.staff import issue_password_link, password_links_for
from pawline.team.second_steps import remove_second_steps_at

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


@app.command()
def password_link(
    email: Annotated[str, typer.Option(prompt="E-mail of the staff member")],
) -> None:
    """Print a link by which a staff member chooses a new password, for when nobody is left who can send them one."""
    links = uvloop.run(_password_links(Settings.from_env(os.environ), email))
    if not links:
        typer.echo("Nobody who works at a practice of this installation has this address.", err=True)
        raise typer.Exit(1)
    for practice, link in links:
        typer.echo(f"At {practice}, {email} chooses a new password here; the link works once, within three days:\n\n  {link}\n")


@app.command()
def remove_second_step(
    email: Annotated[str, typer.Option(prompt="E-mail of the staff member")],
) -> None:
    """Let a staff member who lost their phone sign in with their password alone, for when no colleague is left who can."""
    practices = uvloop.run(_remove_second_steps(Settings.from_env(os.environ), email))
    if not practices:
        typer.echo("Nobody who works at a practice of this installation has this address.", err=True)
        raise typer.Exit(1)
    for practice in practices:
        typer.echo(f"At {practice}, {email} signs in with the password alone from now on.")


async def _create(settings: Settings, draft: PracticeDraft) -> str:
    """The link by which the practice owner sets a password."""
    async with writing(settings) as uow:
        created = await create_practice(uow, draft)
        return await issue_password_link(uow, settings, practice_id=created.practice_id, staff_id=created.owner_id)


async def _password_links(settings: Settings, email: str) -> list[tuple[str, str]]:
    async with writing(settings) as uow:
        return await password_links_for(uow, settings, email)


async def _remove_second_steps(settings: Settings, email: str) -> list[str]:
    async with writing(settings) as uow:
        return await remove_second_steps_at(uow, email)
