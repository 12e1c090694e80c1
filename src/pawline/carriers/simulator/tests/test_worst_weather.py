"""The worst weather is one that a careful product gets through: nothing lost, nothing twice."""

import asyncio
from datetime import UTC, datetime

import pytest

from pawline.carriers.interface import Carrier, CarrierFailed, CarrierSettings, OutcomeUnknown, SendFailed, TextToSend
from pawline.carriers.simulator.scenario_runner import ScenarioRun
from pawline.carriers.simulator.scenarios import SCENARIOS
from pawline.carriers.simulator.tests.product import Product
from pawline.carriers.twilio.adapter import build_twilio
from tests.simulated_carrier import OLIVE, SimulatedCarrier

NUMBER = "+18885550142"


async def _send_surely(adapter: Carrier, text: TextToSend, lane: asyncio.Semaphore) -> None:
    """Again after a refusal, and after an unknown outcome only when the carrier's list does not have it."""
    since = datetime.now(UTC)
    async with lane:
        while True:
            try:
                await adapter.send(text)
            except SendFailed as refusal:
                if not refusal.reason.is_retryable:
                    raise
            except OutcomeUnknown:
                if await _is_there(adapter, text, since):
                    return
            else:
                return


async def _is_there(adapter: Carrier, text: TextToSend, since: datetime) -> bool:
    while True:
        try:
            found = await adapter.find_sent(from_number=text.from_number, to_number=text.to_number, since=since)
        except CarrierFailed:
            continue
        return any(sent.body == text.body for sent in found)


@pytest.mark.slow
async def test_200_texts_each_way_arrive_once(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.own(NUMBER, text_url=product_hooks.hook("text"))
    prefix = "PAWLINE_CARRIER_TWILIO_"
    values = {name.removeprefix(prefix).lower(): value for name, value in carrier.environment().items()}
    adapter = build_twilio(CarrierSettings(values))
    lane = asyncio.Semaphore(20)

    async def do(action: str) -> None:
        if action == "send_200_texts":
            url = product_hooks.hook("receipt")
            texts = [
                TextToSend(from_number=NUMBER, to_number=OLIVE, body=f"Text {count}", reference=str(count), receipt_url=url)
                for count in range(200)
            ]
            await asyncio.gather(*(_send_surely(adapter, text, lane) for text in texts))

    await ScenarioRun(carrier.inside, SCENARIOS["worst_weather_200"], do).run()
    await adapter.close()
    inbound = await carrier.ledger(kind="inbound")
    outbound = await carrier.ledger(kind="outbound")

    assert 200 == len({told["MessageSid"] for told in product_hooks.told("text")}) == len(inbound)
    assert 200 == len({entry.body for entry in outbound}) == len(outbound)
    assert any(entry.is_answer_lost for entry in outbound)
    assert any(entry.times_seen > 1 for entry in inbound)
