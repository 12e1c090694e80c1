"""Is the process up, is it ready for work, what has it done, and how does the queue stand."""

import asyncio
import math
from contextlib import suppress
from typing import Any

from litestar import Litestar, Response, get
from litestar.types import ControllerRouterHandler
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.errors import Unavailable
from pawline.platform.job_queue import STATE, QueueState
from pawline.platform.problems import EXCEPTION_HANDLERS
from pawline.platform.realtime import Hub

CUT_OFF = "not reached at this moment; open screens there catch up as soon as they are"
_ANSWERS_WITHIN_SECONDS = 2.0

_failed = Gauge("pawline_jobs_failed", "Jobs that were given up; pawline jobs retry queues them once more")
_oldest_due = Gauge("pawline_jobs_oldest_due_seconds", "For how long the oldest job that is due has been waiting")
_worker_seen = Gauge("pawline_worker_seen_seconds", "Since the last sign of life of any worker; +Inf: none runs")
_sockets = Gauge("pawline_live_sockets", "Browsers that are connected to this process")


class Watch:
    """What tells others how this process does. It asks the database by a connection that no request has to share."""

    def __init__(self, database_url: str, hub: Hub | None = None) -> None:
        self._connection = DedicatedConnection(database_url, "pawline watch")
        self._one_at_a_time = asyncio.Lock()
        self._hub = hub

    async def close(self) -> None:
        await self._connection.close()

    async def look(self) -> QueueState:
        """Raises Unavailable, within two seconds."""
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_SECONDS), self._one_at_a_time:
                [row] = await self._connection.fetch(STATE, {})
        except TimeoutError as error:
            raise Unavailable from error
        return QueueState(row.failed, row.oldest_due_seconds or 0.0, row.worker_seen_seconds)

    def routes(self) -> list[ControllerRouterHandler]:
        @get("/healthz", include_in_schema=False, cache=False)
        async def healthz() -> dict[str, str]:
            return {"status": "ok"}

        @get("/readyz", include_in_schema=False)
        async def readyz() -> dict[str, Any]:
            """503 while the database cannot be reached. Without the other processes, work goes on."""
            queue = await self.look()
            is_cut_off = self._hub is not None and self._hub.is_cut_off
            return {"status": "ready", "queue": queue, **({"other_processes": CUT_OFF} if is_cut_off else {})}

        @get("/metrics", include_in_schema=False)
        async def metrics() -> Response[bytes]:
            await self._measure()
            return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

        return [healthz, readyz, metrics]

    async def _measure(self) -> None:
        queue = None
        with suppress(Unavailable):
            queue = await self.look()
        _failed.set(math.nan if queue is None else queue.failed)
        _oldest_due.set(math.nan if queue is None else queue.oldest_due_seconds)
        _worker_seen.set(math.nan if queue is None else _or_never(queue.worker_seen_seconds))
        _sockets.set(0 if self._hub is None else self._hub.sockets)


def build_watch_app(database_url: str) -> Litestar:
    """For a process that serves nothing else."""
    watch = Watch(database_url)
    return Litestar(
        route_handlers=watch.routes(),
        on_shutdown=[watch.close],
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=None,
        logging_config=None,
    )


def _or_never(seconds: float | None) -> float:
    return math.inf if seconds is None else seconds
