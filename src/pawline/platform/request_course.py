"""Around each request: it is run again where another transaction was in its way, and says when its answer is an earlier one."""

from typing import Any, cast

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from pawline.platform.clashes import MOST_TRIES, MOST_WAITS, begin_course, pause_after
from pawline.platform.errors import Clash, LockTaken, Unavailable

REPLAY_HEADER = "Idempotent-Replay"
REPLAY_MEANS = "true: this request was carried out before, and nothing was done again"
_REPLAY = (REPLAY_HEADER.lower().encode(), b"true")
# Only these bodies are read whole, and so are still there for another run.
_READ_WHOLE = frozenset({"application/json", "application/x-www-form-urlencoded"})


class RequestCourse(ASGIMiddleware):
    """Handlers may be run a few times, as long as nothing of theirs has been committed."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:  # size: the framework's
        course = begin_course()

        async def answer(message: Message) -> None:
            if course.is_replay and message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], _REPLAY]
            await send(message)

        for tries in range(1, MOST_TRIES + 1):
            try:
                await next_app(scope, receive, answer)
            except Clash as clash:
                most = MOST_WAITS if isinstance(clash, LockTaken) else MOST_TRIES
                if tries == most or course.commits or not _can_run_again(scope):
                    raise Unavailable(clash.detail) from clash
                await pause_after(tries)
            else:
                return


def _raise_clash(_: Request[Any, Any, Any], clash: Clash) -> Any:
    """Not an answer yet, for the request may run again."""
    raise clash


def _can_run_again(scope: Scope) -> bool:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in cast("dict[str, Any]", scope)["headers"]}
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return True
    return headers.get("content-type", "").partition(";")[0].strip().lower() in _READ_WHOLE


COURSE_HANDLERS = {Clash: _raise_clash}
