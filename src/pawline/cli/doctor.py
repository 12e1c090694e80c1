"""``pawline doctor``: is everything there that Pawline needs?"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import typer
import uvloop

from pawline.cli.checks import (
    CheckFailed,
    check_bounces,
    check_data_folder,
    check_files,
    check_mail,
    check_other_processes,
    check_payments,
    check_push,
    check_texting,
)
from pawline.cli.database_checks import check_clock, check_jobs, check_kept_files, check_schema, check_version
from pawline.platform.data_folder import DataFolderInUse, DataFolderUnusable
from pawline.platform.postgres import PostgresFailed
from pawline.platform.settings import Settings, SettingsInvalid
from pawline.serving import database_beside_others

Check = Callable[[Settings], Awaitable[str]]
DatabaseCheck = Callable[[str], Awaitable[str]]

CHECKS: dict[str, Check] = {
    "Data folder": check_data_folder,
    "Files": check_files,
    "E-mail": check_mail,
    "Bounces": check_bounces,
    "Browser notifications": check_push,
    "Texting": check_texting,
    "Payments": check_payments,
    "Other processes": check_other_processes,
}
DATABASE_CHECKS: dict[str, DatabaseCheck] = {
    "Database": check_version,
    "Schema": check_schema,
    "Clock": check_clock,
    "Jobs": check_jobs,
}


@dataclass(slots=True)
class Report:
    has_problem: bool = False

    def ok(self, name: str, found: str) -> None:
        typer.echo(f"OK       {name}: {found}")

    def problem(self, name: str, advice: str) -> None:
        self.has_problem = True
        typer.echo(f"PROBLEM  {name}: {advice}")

    async def run(self, name: str, check: Awaitable[str]) -> None:
        try:
            self.ok(name, await check)
        except CheckFailed as error:
            self.problem(name, str(error))


def doctor() -> None:
    """Check settings, data folder, database, clock, files and e-mail, and say what to do about a problem."""
    report = Report()
    try:
        settings = Settings.from_env(os.environ)
    except SettingsInvalid as error:
        for problem in error.problems:
            report.problem("Settings", problem)
        raise typer.Exit(1) from None
    report.ok("Settings", f"people open {settings.public_url}")
    uvloop.run(_check_all(settings, report))
    raise typer.Exit(1 if report.has_problem else 0)


async def _check_all(settings: Settings, report: Report) -> None:
    for name, check in CHECKS.items():
        await report.run(name, check(settings))
    try:
        async with database_beside_others(settings) as url:
            for name, check in DATABASE_CHECKS.items():
                await report.run(name, check(url))
            await report.run("Kept files", check_kept_files(settings, url))
    except (DataFolderInUse, DataFolderUnusable, PostgresFailed) as error:
        report.problem("Database", str(error))
