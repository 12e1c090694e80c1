"""Receipts: signed, in order when the weather is calm, and otherwise as bad as it wants."""

import pytest

from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.tests.product import Product
from pawline.carriers.simulator.tests.sdk import Sdk
from tests.simulated_carrier import OLIVE, SimulatedCarrier

NUMBER = "+14155550150"


@pytest.fixture(autouse=True)
async def number(carrier: SimulatedCarrier) -> None:
    await carrier.own(NUMBER)


async def _sent(carrier: SimulatedCarrier, sdk: Sdk, product: Product, *, receipts: int = 2) -> Entry:
    url = product.hook("receipt")
    message = await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=NUMBER, body="x", status_callback=url))
    return await carrier.until(
        lambda entries: next((e for e in entries if e.sid == message.sid and len(e.receipts) == receipts), None)
    )


async def test_calm_weather_reports_each_state_once_in_order(carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product) -> None:
    entry = await _sent(carrier, sdk, product_hooks)

    assert ["sent", "delivered"] == product_hooks.statuses_of(entry.sid)
    assert all(heard.is_genuine for heard in product_hooks.heard)


async def test_duplicated_receipts(carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product) -> None:
    await carrier.weather(duplicate_receipts=1, duplicate_times=3)
    entry = await _sent(carrier, sdk, product_hooks, receipts=6)

    assert ["sent"] * 3 + ["delivered"] * 3 == product_hooks.statuses_of(entry.sid)


async def test_reordered_receipts(carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product) -> None:
    await carrier.weather(reordered_receipts=1)
    entry = await _sent(carrier, sdk, product_hooks)

    assert ["delivered", "sent"] == product_hooks.statuses_of(entry.sid)


async def test_missing_receipts_do_not_keep_a_text_from_arriving(
    carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product
) -> None:
    await carrier.weather(missing_receipts=1)
    url = product_hooks.hook("receipt")
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=NUMBER, body="x", status_callback=url))
    await carrier.until(lambda entries: entries[0].state == "delivered")

    assert [] == product_hooks.heard


async def test_late_receipts_come_after_the_text(carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product) -> None:
    await carrier.weather(late_receipts=1, late_receipts_seconds=0.3)
    url = product_hooks.hook("receipt")
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=NUMBER, body="x", status_callback=url))
    await carrier.until(lambda entries: entries[0].state == "delivered")
    told_at_arrival = len(product_hooks.heard)
    await carrier.until(lambda entries: len(entries[0].receipts) == 2)

    assert 0 == told_at_arrival


async def test_forged_receipt_comes_before_the_genuine_one(carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product) -> None:
    await carrier.weather(wrong_signatures=1)
    entry = await _sent(carrier, sdk, product_hooks)

    assert [False, True, False, True] == [heard.is_genuine for heard in product_hooks.heard]
    assert ["sent", "delivered"] == product_hooks.statuses_of(entry.sid)


async def test_receipt_is_repeated_until_the_product_takes_it(
    carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product
) -> None:
    product_hooks.statuses.extend([503, 503])
    entry = await _sent(carrier, sdk, product_hooks)

    assert ["sent", "sent", "sent", "delivered"] == product_hooks.statuses_of(entry.sid)
    assert 2 == len({heard.token for heard in product_hooks.heard})
