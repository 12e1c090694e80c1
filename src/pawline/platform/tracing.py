"""Traces, where an address for them is set: how long requests, jobs, mails and calls to carriers took, and their statements.

Nothing of what people write, are called or look for: of a request its route, of a statement its text without the values.
"""

from collections.abc import Generator, MutableMapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, ExceptionContext

from pawline.platform.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

LONGEST_STATEMENT = 2_000
_STATEMENT = "pawline_span"
_tracer: "Tracer | None" = None


def span(name: str, **attributes: str) -> AbstractContextManager[None]:
    """Measure the block under this name. Nothing where no traces are kept."""
    return nullcontext() if _tracer is None else _measured(_tracer, name, attributes)


def traced(app: ASGIApp) -> ASGIApp:
    """The application, with a span for each of its requests."""
    if (tracer := _tracer) is None:
        return app

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        # Sockets live for hours and have no span; what they cause has.
        await (
            _serve_traced(tracer, app, scope, receive=receive, send=send)
            if scope["type"] == "http"
            else app(scope, receive, send)
        )

    return serve


@contextmanager
def tracing(settings: Settings, part: str) -> Generator[None]:
    """Keep traces while the block runs, and send the last of them at its end. ``part``: "serve", "web" or "worker"."""
    if settings.traces_url is None:
        yield
        return
    global _tracer  # a process sends its traces to one place
    # Loaded only here: without traces nobody pays for them in memory.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": "pawline", "pawline.part": part}))
    # Sends from a thread of its own and drops what a collector that is away does not take.
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.traces_url)))
    _tracer = provider.get_tracer("pawline")
    event.listen(Engine, "before_cursor_execute", _statement_begins)
    event.listen(Engine, "after_cursor_execute", _statement_ends)
    event.listen(Engine, "handle_error", _statement_fails)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", _statement_begins)
        event.remove(Engine, "after_cursor_execute", _statement_ends)
        event.remove(Engine, "handle_error", _statement_fails)
        _tracer = None
        provider.shutdown()


def note_trace(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For the log: which trace a line belongs to."""
    if _tracer is not None:
        from opentelemetry.trace import format_trace_id, get_current_span  # noqa: PLC0415

        context = get_current_span().get_span_context()
        if context.is_valid:
            line["trace_id"] = format_trace_id(context.trace_id)
    return line


@contextmanager
def _measured(tracer: "Tracer", name: str, attributes: dict[str, str]) -> Generator[None]:
    # What an exception says may be about somebody; its kind is not.
    with tracer.start_as_current_span(name, attributes=attributes, record_exception=False, set_status_on_exception=False) as one:
        try:
            yield
        except Exception as error:
            _fail(one, error)
            raise


async def _serve_traced(tracer: "Tracer", app: ASGIApp, scope: Any, *, receive: Receive, send: Send) -> None:
    from opentelemetry.propagate import extract  # noqa: PLC0415
    from opentelemetry.trace import SpanKind  # noqa: PLC0415

    method = str(scope["method"])
    above = extract({name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]})
    with tracer.start_as_current_span(
        method, context=above, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
    ) as one:

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                one.set_attribute("http.response.status_code", message["status"])
            await send(message)

        try:
            await app(scope, receive, noting)
        finally:
            # Known only now; without a route the path could be anything, names included.
            route = str(scope.get("path_template") or "unknown")
            one.update_name(f"{method} {route}")
            one.set_attributes({"http.request.method": method, "http.route": route})


def _statement_begins(connection: Connection, _: Any, statement: str, *__: Any) -> None:
    if _tracer is not None:
        from opentelemetry.trace import SpanKind  # noqa: PLC0415

        attributes = {"db.system.name": "postgresql", "db.query.text": statement[:LONGEST_STATEMENT]}
        connection.info[_STATEMENT] = _tracer.start_span("statement", kind=SpanKind.CLIENT, attributes=attributes)


def _statement_ends(connection: Connection, *_: Any) -> None:
    if one := connection.info.pop(_STATEMENT, None):
        one.end()


def _statement_fails(context: ExceptionContext) -> None:
    if context.connection is not None and (one := context.connection.info.pop(_STATEMENT, None)):
        _fail(one, context.original_exception)
        one.end()


def _fail(one: "Span", error: BaseException) -> None:
    from opentelemetry.trace import StatusCode  # noqa: PLC0415

    one.set_attribute("error.type", type(error).__name__)
    one.set_status(StatusCode.ERROR)
