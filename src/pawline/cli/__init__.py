"""The ``pawline`` command."""

import os
import sys

import typer

from pawline.cli import bounce, demonstration, doctor, jobs, practice, serving
from pawline.demo.carrier_process import CarrierNotStarted
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
app.command()(serving.serve)
app.command()(serving.web)
app.command()(serving.worker)
app.command()(serving.migrate)
app.command()(doctor.doctor)
app.command()(demonstration.demo)
app.command()(bounce.bounce)
app.add_typer(practice.app, name="practice")
app.add_typer(jobs.app, name="jobs")

WRONG_SETTINGS = 2
EXPECTED = (
    CannotServe,
    CarrierNotStarted,
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
        app()
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
