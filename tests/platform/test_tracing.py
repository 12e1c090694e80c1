"""Traces as a collector gets them: what took how long, and nothing of what people write or are called."""

import gzip
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from pawline.app import build_app
from pawline.platform.settings import Settings
from pawline.platform.tracing import note_trace, span, traced, tracing
from tests.product import new_listener, served
from tests.world import Caller, World

POST = "POST /api/v1/threads/{thread_id}/messages"
SEARCH = "GET /api/v1/search/messages"
WORDS = "Pixel ate a whole lemon"


@dataclass(slots=True)
class Collector:
    url: str
    bodies: list[bytes] = field(default_factory=list[bytes])

    @property
    def spans(self) -> list[Span]:
        requests = (ExportTraceServiceRequest.FromString(body) for body in self.bodies)
        return [each for request in requests for of in request.resource_spans for scope in of.scope_spans for each in scope.spans]

    def of(self, name: str) -> Span:
        [found] = [each for each in self.spans if each.name == name]
        return found

    def below(self, span: Span) -> list[Span]:
        return [each for each in self.spans if (each.trace_id, each.parent_span_id) == (span.trace_id, span.span_id)]


@pytest.fixture
def collector() -> Generator[Collector]:
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bodies.append(gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - named by the library

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Collector(f"http://127.0.0.1:{server.server_port}/v1/traces", bodies)
    server.shutdown()
    thread.join()
    server.server_close()


@asynccontextmanager
async def nora_at(world: World, settings: Settings) -> AsyncGenerator[Caller]:
    """Nora at a web process with settings of its own."""
    listener = new_listener()
    async with served(traced(build_app(settings, database_url=world.product.database.url)), listener):
        product = replace(world.product, url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        nora = replace(world.nora, product=product)
        yield nora
        await nora.close()


async def test_a_post_with_its_statements_and_nothing_of_what_it_says(world: World, collector: Collector) -> None:
    settings = replace(world.product.settings, traces_url=collector.url)
    with tracing(settings, "web"):
        async with nora_at(world, settings) as nora:
            await nora.post_text(world.thread_id, WORDS, client_id=str(uuid4()))
            await nora.get("/search/messages", q="lemon")
    post, search = collector.of(POST), collector.of(SEARCH)
    attributes = {each.key: each.value for each in post.attributes}
    sent = b"".join(collector.bodies)

    assert 201 == attributes["http.response.status_code"].int_value
    assert any("FROM message" in each.attributes[1].value.string_value for each in collector.below(search))
    assert "store post" in {each.name for each in collector.below(post)}
    for private in (WORDS, "lemon", "Nora", world.nora.secret, world.thread_id):
        assert private.encode() not in sent, private


async def test_what_fails_is_named_by_its_kind_alone(collector: Collector, world: World) -> None:
    settings = replace(world.product.settings, traces_url=collector.url)
    lines = [note_trace(None, "", {})]

    async def greet() -> None:
        with span("job greet"):
            lines.append(note_trace(None, "", {}))
            raise ValueError("Olive Hart has no number")

    with tracing(settings, "worker"):
        with pytest.raises(ValueError, match="Olive"):
            await greet()
        lines.append(note_trace(None, "", {}))

    assert "ValueError" == collector.of("job greet").attributes[0].value.string_value
    assert b"Olive" not in b"".join(collector.bodies)
    assert [False, True, False] == ["trace_id" in line for line in lines]


async def test_a_collector_that_is_away_stops_nobody(world: World) -> None:
    settings = replace(world.product.settings, traces_url="http://127.0.0.1:9/v1/traces")
    with tracing(settings, "web"):
        async with nora_at(world, settings) as nora:
            assert WORDS == (await nora.post_text(world.thread_id, WORDS))["body"]


def test_without_an_address_nothing_of_it_is_loaded() -> None:
    """F7: whoever keeps no traces pays nothing for them."""
    script = "import sys, pawline.app, pawline.cli.serving; print(any(name.startswith('opentelemetry') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)

    assert "False" == done.stdout.strip()
