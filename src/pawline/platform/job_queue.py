"""The queue of jobs as it stands: for those who watch over it."""

import msgspec
from sqlalchemy import text

from pawline.platform.db import UnitOfWork

# By the server's clock, as the library that works on the queue does.
STATE = """
SELECT
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS failed,
    (SELECT greatest(extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))), 0)::float8
     FROM procrastinate_jobs j
     LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
     WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())) AS oldest_due_seconds,
    (SELECT extract(epoch FROM now() - max(last_heartbeat))::float8 FROM procrastinate_workers) AS worker_seen_seconds
"""
_FAILED = text("SELECT task_name, count(*) AS jobs FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1 ORDER BY 1")
_RETRY = text("""
UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL, abort_requested = false
WHERE status = 'failed' RETURNING id
""")


class QueueState(msgspec.Struct, frozen=True):
    """``failed``: jobs that were given up. ``worker_seen_seconds``: since the last sign of life; None: no worker runs."""

    failed: int
    oldest_due_seconds: float
    worker_seen_seconds: float | None


async def failed_jobs(uow: UnitOfWork) -> dict[str, int]:
    """How many of each kind were given up."""
    return {row.task_name: row.jobs for row in await uow.execute(_FAILED)}


async def retry_failed(uow: UnitOfWork) -> int:
    """Queue once more what was given up; how many these are. Each job looks afresh whether it is still wanted."""
    return len((await uow.execute(_RETRY)).all())
