"""Jobs: enqueued inside the transaction that causes them, run by any worker, at least once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as JobRow
from procrastinate.jobs import Status
from procrastinate.utils import utcnow

from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Unavailable
from pawline.platform.repeating import repeat
from pawline.platform.tracing import span

Job = Callable[..., Awaitable[None]]

SWEEP_SECONDS = 15
SOMEBODY_WAITS = 10
"""The priority of what a person in front of a screen waits for: a hundred pictures that came in before it do not hold it up."""
MOST_CLAIMS = 8
"""A job whose worker died is given up after this many: what kills one worker kills the next."""
_PLACES = 8  # as many as a worker does at once
_PLACE_SECONDS = 3
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=3)
_log = structlog.get_logger()

# Only builds the INSERT of a job; the connection it runs on is the caller's, so this one is never opened.
_deferring = App(connector=PsycopgConnector())


async def defer(uow: UnitOfWork, task: str, *, priority: int = 0, **arguments: Any) -> None:
    """Enqueue a job that exists exactly when this transaction commits. Arguments are ids, never content.

    Args:
        priority: higher goes first.
    """
    connection = (await uow.connection.get_raw_connection()).driver_connection
    await _deferring.configure_task(task, connection=connection, priority=priority).defer_async(**arguments)


async def work(database_url: str, jobs: Mapping[str, Job], *, periodic: Mapping[str, tuple[str, Job]]) -> None:
    """Run ``jobs`` by name, and ``periodic`` ones at their cron times in one worker only, until cancelled."""
    app = App(connector=PsycopgConnector(conninfo=database_url, min_size=1, max_size=4))
    for name, job in jobs.items():
        app.task(name=name, retry=_RETRY)(_measured(name, job))
    for name, (cron, job) in periodic.items():
        app.periodic(cron=cron)(app.task(name=name)(_ignoring_time(_measured(name, job))))
    async with app.open_async():
        sweeper = asyncio.create_task(_keep_taking_over(app))
        try:
            await app.run_worker_async(
                concurrency=8,
                install_signal_handlers=False,
                delete_jobs="successful",
                shutdown_graceful_timeout=20,
                update_heartbeat_interval=5,
                stalled_worker_timeout=15,
            )
        finally:
            sweeper.cancel()


def _measured(name: str, job: Job) -> Job:
    async def run(**arguments: Any) -> None:
        with span(f"job {name}"):
            await job(**arguments)

    return run


def _ignoring_time(job: Job) -> Job:
    async def run(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
        await job()

    return run


async def _keep_taking_over(app: App) -> None:
    await repeat(partial(take_over_stalled, app), every=SWEEP_SECONDS, stop=asyncio.Event(), trouble="job_sweep_failed")


async def take_over_stalled(app: App) -> None:
    """Give the jobs of workers that died back to the queue, but those under which too many workers died.

    Raises:
        Unavailable: the database is away, or another worker was faster.
    """
    try:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SWEEP_SECONDS):
            await _take_over(app, job)
    except ConnectorException as error:
        raise Unavailable from error


async def _take_over(app: App, job: JobRow) -> None:
    claims = job.attempts + 1
    if claims >= MOST_CLAIMS:
        _log.error("job_failed", job_id=job.id, task=job.task_name, claims=claims)
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
    else:
        _log.warning("job_taken_over", job_id=job.id, task=job.task_name, claims=claims)
        await app.job_manager.retry_job(job, retry_at=utcnow() + _apart(job))


def _apart(job: JobRow) -> timedelta:
    """At once the first time. Later not together with its neighbours of the same worker: one of them may be what kills it."""
    return timedelta(seconds=job.attempts * ((job.id or 0) % _PLACES) * _PLACE_SECONDS)
