"""What the carrier does by itself with STOP and START."""

import pytest

from pawline.carriers.simulator.tests.product import Product
from pawline.carriers.simulator.tests.sdk import Sdk, TwilioRestException
from tests.simulated_carrier import OLIVE, STRANGER, SimulatedCarrier

TOLL_FREE = "+18885550142"
LOCAL = "+14155550150"


@pytest.fixture(autouse=True)
async def numbers(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    for number in (TOLL_FREE, LOCAL):
        await carrier.own(number, text_url=product_hooks.hook("text"))


async def _blocks(carrier: SimulatedCarrier) -> list[dict[str, str]]:
    return (await carrier.http.get("/blocks")).json()["blocks"]


async def _replies(carrier: SimulatedCarrier) -> list[str]:
    return [entry.body for entry in await carrier.ledger(kind="carrier")]


async def test_stop_blocks_that_pair_only_and_start_lifts_it(carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product) -> None:
    await carrier.receive(from_=OLIVE, to=TOLL_FREE, text=" stop ")
    with pytest.raises(TwilioRestException) as refused:
        await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=TOLL_FREE, body="x"))
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=LOCAL, body="other number"))
    await sdk.ask(lambda client: client.messages.create(to=STRANGER, from_=TOLL_FREE, body="other phone"))
    blocked = await _blocks(carrier)
    await carrier.receive(from_=OLIVE, to=TOLL_FREE, text="START")
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=TOLL_FREE, body="welcome back"))

    assert 21610 == refused.value.code
    assert [{"number": TOLL_FREE, "phone": OLIVE}] == blocked
    assert [] == await _blocks(carrier)
    assert [True, True] == [reply.startswith("NETWORK MSG: You ") for reply in await _replies(carrier)]
    assert [" stop ", "START"] == [told["Body"] for told in product_hooks.told("text")]


@pytest.mark.parametrize("word", ["STOPALL", "CANCEL", "UNSUBSCRIBE", "Please stop", "Stop."])
async def test_toll_free_knows_no_other_word(carrier: SimulatedCarrier, word: str) -> None:
    await carrier.receive(from_=OLIVE, to=TOLL_FREE, text=word)

    assert [] == await _blocks(carrier)
    assert [] == await _replies(carrier)


async def test_yes_does_not_lift_a_toll_free_block_and_help_stays_unanswered(carrier: SimulatedCarrier) -> None:
    for word in ("STOP", "YES", "HELP", "STOP"):
        await carrier.receive(from_=OLIVE, to=TOLL_FREE, text=word)

    assert 1 == len(await _blocks(carrier))
    assert 1 == len(await _replies(carrier))


@pytest.mark.parametrize("word", ["STOP", "stopall", "Unsubscribe", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"])
async def test_local_number_knows_all_default_words(carrier: SimulatedCarrier, word: str) -> None:
    await carrier.receive(from_=OLIVE, to=LOCAL, text=word)
    blocked = await _blocks(carrier)
    await carrier.receive(from_=OLIVE, to=LOCAL, text="Yes")

    assert 1 == len(blocked)
    assert [] == await _blocks(carrier)


async def test_reply_is_on_the_phone_and_not_among_the_account_s_messages(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    await carrier.receive(from_=OLIVE, to=LOCAL, text="HELP")
    listed = await sdk.ask(lambda client: client.messages.list())

    assert ["HELP", "Reply STOP to unsubscribe. Msg&Data Rates May Apply."] == [e.body for e in await carrier.texts_on(OLIVE)]
    assert ["HELP"] == [message.body for message in listed]
    assert [] == await carrier.sent_to(OLIVE)
