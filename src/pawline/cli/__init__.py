"""The ``pawline`` command."""

import os
import sys

import typer

from pawline.cli import bounce, demonstration, doctor, jobs, practice, serving
from pawline.demo.own_database import NotADemoDatabase
from pawline.platform.data_folder import DataFolderInUse, DataFolderUnusable
from pawline.platform.errors import Problem
from pawline.platform.failpoints import arm
from pawline.platform.logs import configure_logs
from pawline.platform.postgres import PostgresFailed
from pawline.platform.schema_state import DatabaseUnusable, SchemaOutdated
from pawline.platform.settings import SettingsInvalid
from pawline.serving import CannotServe

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Messaging between a veterinary practice and its families.",
)
# These take no options, and reading options is what Typer loads Pydantic for: 11 MiB for as long as the process runs.
_WITHOUT_OPTIONS = {command.__name__: command for command in (serving.serve, serving.web, serving.worker, serving.migrate)}
for _command in _WITHOUT_OPTIONS.values():
    app.command()(_command)
app.command()(doctor.doctor)
app.command()(demonstration.demo)
app.command()(bounce.bounce)
app.add_typer(practice.app, name="practice")
app.add_typer(jobs.app, name="jobs")

WRONG_SETTINGS = 2
EXPECTED = (
    CannotServe,
    DataFolderInUse,
    DatabaseUnusable,
    NotADemoDatabase,
    PostgresFailed,
    SchemaOutdated,
)


def main() -> None:
    """What can be put right by the person at the keyboard is one clear sentence; the rest keeps its traceback."""
    configure_logs()
    try:
        arm(os.environ)
        _run(sys.argv[1:])
    except (SettingsInvalid, DataFolderUnusable) as error:
        typer.echo(str(error), err=True)
        sys.exit(WRONG_SETTINGS)
    except Problem as error:
        fields = "".join(f"\n  - {wrong.field} {wrong.message}" for wrong in error.errors)
        typer.echo(f"{error.title}:{fields}" if fields else error.detail, err=True)
        sys.exit(1)
    except EXPECTED as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _run(arguments: list[str]) -> None:
    match arguments:
        case [name] if name in _WITHOUT_OPTIONS:
            _WITHOUT_OPTIONS[name]()
        case _:
            app()
