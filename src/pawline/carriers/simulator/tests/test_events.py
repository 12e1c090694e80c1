"""What a page of phones hears of while it happens."""

import asyncio
import json
from typing import Any

import httpx

from pawline.carriers.simulator.settings import NumberAtStart
from pawline.carriers.simulator.tests.product import Product
from tests.simulated_carrier import OLIVE, SimulatedCarrier, running_carrier

NUMBER = "+18885550142"


async def _heard(http: httpx.AsyncClient, ready: asyncio.Event, last: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    async with asyncio.timeout(10), http.stream("GET", "/events") as stream:
        async for line in stream.aiter_lines():
            ready.set()
            if line.startswith("data: "):
                events.append(json.loads(line.removeprefix("data: ")))
                if events[-1]["type"] == last:
                    return events
    return events


async def test_events_tell_what_happens(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.own(NUMBER, text_url=product_hooks.hook("text"))
    ready = asyncio.Event()
    listening = asyncio.create_task(_heard(carrier.http, ready, "weather"))
    await ready.wait()
    await carrier.receive(from_=OLIVE, to=NUMBER, text="STOP")
    await carrier.weather(latency_seconds=0)
    events = await listening

    assert {"log", "text", "blocks", "weather"} == {event["type"] for event in events}
    assert "handed_over" in {event["text"]["state"] for event in events if event["type"] == "text"}
    assert [{"number": NUMBER, "phone": OLIVE}] == next(event["blocks"] for event in events if event["type"] == "blocks")


async def test_log_shortens_numbers(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.own(NUMBER, text_url=product_hooks.hook("text"))
    await carrier.receive(from_=OLIVE, to=NUMBER, text="hi")
    lines = await carrier.log()

    assert "inbound +1415…0117 to +1888…0142" == lines[0]
    assert lines[1].startswith("→ 200 in ")


async def test_open_stream_does_not_keep_the_carrier_from_ending() -> None:
    async with running_carrier(numbers=(NumberAtStart(number=NUMBER, name="Northside"),)) as carrier:
        own = (await carrier.http.get("/numbers")).json()["numbers"]
        async with carrier.http.stream("GET", "/events") as stream:
            assert 200 == stream.status_code

    assert [(NUMBER, "Northside")] == [(number["number"], number["name"]) for number in own]


async def test_pages_of_other_addresses_are_kept_out_unless_named() -> None:
    async with running_carrier(page_origins=("http://127.0.0.1:8080",)) as carrier:
        known = await carrier.http.get("/phones", headers={"Origin": "http://127.0.0.1:8080"})
        other = await carrier.http.get("/phones", headers={"Origin": "http://evil.example"})

    assert "http://127.0.0.1:8080" == known.headers["access-control-allow-origin"]
    assert "access-control-allow-origin" not in other.headers
