"""``pawline serve | web | worker | migrate``."""

import asyncio
import dataclasses
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import typer
import uvloop

from pawline.app import build_app
from pawline.demo.own_database import require_demo_database
from pawline.platform.health import build_watch_app
from pawline.platform.request_metrics import measured
from pawline.platform.schema_state import SchemaState, require_current, schema_state
from pawline.platform.settings import Settings, SettingsInvalid
from pawline.platform.tracing import traced, tracing
from pawline.serving import Parts, database
from pawline.serving import serve as serve_parts


def serve() -> None:
    """Run all of Pawline on this machine: web, jobs and, unless DATABASE_URL is set, the database."""
    settings = Settings.from_env(os.environ)
    parts = Parts(prepare=migrated, build_app=build_app_on, run_worker=_run_worker, announce=_announce)
    with tracing(settings, "serve"):
        uvloop.run(serve_parts(settings, parts))


def web() -> None:
    """Run a web server only; start as many as you like behind a load balancer."""
    settings = _shared_settings()
    with tracing(settings, "web"):
        uvloop.run(serve_parts(settings, Parts(prepare=_checked, build_app=build_app_on, announce=_announce)))


def worker() -> None:
    """Run a job worker only; start as many as you like."""
    settings = _shared_settings()
    if settings.worker_port is None:
        parts = Parts(prepare=_checked, run_worker=_run_worker)
    else:
        settings = dataclasses.replace(settings, port=settings.worker_port)
        parts = Parts(prepare=_checked, build_app=lambda _, url: build_watch_app(url), run_worker=_run_worker)
    with tracing(settings, "worker"):
        uvloop.run(serve_parts(settings, parts))


def migrate() -> None:
    """Bring the database up to this version. `pawline serve` does so by itself."""
    uvloop.run(_migrate(Settings.from_env(os.environ)))
    typer.echo("The database is up to date.")


async def _run_worker(url: str, settings: Settings) -> None:
    from pawline.worker import run_worker  # noqa: PLC0415 - brings 8 MiB that no web process needs

    await run_worker(url, settings)


def build_app_on(settings: Settings, url: str) -> Any:
    return measured(traced(build_app(settings, database_url=url)))


@asynccontextmanager
async def migrated(settings: Settings, url: str) -> AsyncGenerator[Settings]:
    await _look_first(settings, url)
    await asyncio.to_thread(_bring_up, url)
    yield settings


@asynccontextmanager
async def _checked(settings: Settings, url: str) -> AsyncGenerator[Settings]:
    # Many start at once here: migrating is one deliberate step before, `pawline migrate`.
    await _look_first(settings, url)
    await asyncio.to_thread(require_current, url)
    yield settings


async def _look_first(settings: Settings, url: str) -> None:
    """With PAWLINE_DEMO anybody may sign in as anybody."""
    if settings.is_demo:
        await asyncio.to_thread(require_demo_database, url)


async def _migrate(settings: Settings) -> None:
    async with database(settings) as url:
        await asyncio.to_thread(_bring_up, url)


def _bring_up(url: str) -> None:
    if schema_state(url) is SchemaState.OLDER:
        from pawline.platform.migrate import upgrade  # noqa: PLC0415 - takes 8 MiB for all the time that the process runs

        upgrade(url)


def _shared_settings() -> Settings:
    settings = Settings.from_env(os.environ)
    if settings.database_url is None:
        raise SettingsInvalid(
            ["DATABASE_URL is missing; web and worker processes share a database server. For one machine use: pawline serve"]
        )
    return settings


def _announce(settings: Settings) -> None:
    typer.echo(f"Pawline is ready. Staff: {settings.public_url}/staff  Pet owners: {settings.public_url}/owner")
