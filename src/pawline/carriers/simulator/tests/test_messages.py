"""Texts out, asked for with the vendor's SDK."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from pawline.carriers.simulator.tests.product import Product
from pawline.carriers.simulator.tests.sdk import Client, Sdk, TwilioRestException
from tests.simulated_carrier import LANDLINE, OLIVE, PRIYA, SimulatedCarrier

TOLL_FREE = "+18885550142"
UNVERIFIED = "+18885550143"
LOCAL = "+14155550150"
UK = "+447700900001"


@pytest.fixture(autouse=True)
async def numbers(carrier: SimulatedCarrier) -> None:
    for number in (TOLL_FREE, LOCAL, UK):
        await carrier.own(number)
    await carrier.own(UNVERIFIED, is_verified=False)


async def test_text_is_taken_and_arrives(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    message = await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=TOLL_FREE, body="Pixel is fine"))
    await carrier.until(lambda entries: entries[0].state == "delivered")
    later = await sdk.ask(lambda client: client.messages(str(message.sid)).fetch())

    assert "queued" == message.status
    assert "outbound-api" == message.direction
    assert message.date_sent is None
    assert "delivered" == later.status
    assert later.date_sent is not None
    assert ["Pixel is fine"] == await carrier.sent_to(OLIVE)


@pytest.mark.parametrize(
    ("to", "from_", "body", "code"),
    [
        ("+1415555", TOLL_FREE, "x", 21211),
        ("Olive", TOLL_FREE, "x", 21211),
        ("+4930123456", TOLL_FREE, "x", 21408),
        (OLIVE, "+18885550999", "x", 21606),
        (OLIVE, TOLL_FREE, "x" * 1601, 21617),
        (OLIVE, TOLL_FREE, "", 21602),
        (PRIYA, TOLL_FREE, "x", 21612),
    ],
)
async def test_refusals_have_the_vendor_s_codes(
    carrier: SimulatedCarrier, sdk: Sdk, *, to: str, from_: str, body: str, code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await sdk.ask(lambda client: client.messages.create(to=to, from_=from_, body=body))

    assert code == refused.value.code
    assert 400 == refused.value.status
    assert [] == await carrier.ledger()


async def test_pictures_do_not_go_to_the_uk(sdk: Sdk) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await sdk.ask(lambda client: client.messages.create(to=PRIYA, from_=UK, media_url=["https://pawline.example/p.jpg"]))

    assert 21612 == refused.value.code


async def test_picture_within_america_is_taken(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    links = ["https://pawline.example/1.jpg", "https://pawline.example/2.jpg"]
    message = await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=LOCAL, media_url=links))

    assert str(message.sid).startswith("MM")
    assert links == (await carrier.ledger())[0].media_links


async def test_british_landline_is_refused_and_american_one_fails_later(
    carrier: SimulatedCarrier, sdk: Sdk, product_hooks: Product
) -> None:
    await carrier.add_phone("+442079460100", "Desk", kind="landline")
    with pytest.raises(TwilioRestException) as refused:
        await sdk.ask(lambda client: client.messages.create(to="+442079460100", from_=UK, body="x"))
    await sdk.ask(
        lambda client: client.messages.create(to=LANDLINE, from_=LOCAL, body="x", status_callback=product_hooks.hook("receipt"))
    )
    await carrier.until(lambda entries: "undelivered" in entries[0].receipts)

    assert 21614 == refused.value.code
    assert "30006" == product_hooks.told("receipt")[-1]["ErrorCode"]


async def test_unverified_toll_free_number_sends_nothing(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=UNVERIFIED, body="x"))
    failed = await carrier.until(lambda entries: next((e for e in entries if e.state == "undelivered"), None))

    assert 30032 == failed.error_code
    assert [] == await carrier.sent_to(OLIVE)


@pytest.mark.parametrize(("change", "code"), [({"is_on": False}, 30003), ({"failure_code": 30007}, 30007)])
async def test_phone_decides_how_a_text_ends(
    carrier: SimulatedCarrier, sdk: Sdk, *, change: dict[str, object], code: int
) -> None:
    await carrier.change_phone(OLIVE, **change)
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=LOCAL, body="x"))
    failed = await carrier.until(lambda entries: next((e for e in entries if e.state == "undelivered"), None))

    assert code == failed.error_code


async def test_list_is_by_pair_and_date_and_in_pages(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    def send_three(client: Client) -> None:
        for count in range(3):
            client.messages.create(to=OLIVE, from_=TOLL_FREE, body=f"Text {count}")
        client.messages.create(to=PRIYA, from_=UK, body="Coco")

    await sdk.ask(send_three)
    await carrier.until(lambda entries: len(entries) == 4 and all(entry.state == "delivered" for entry in entries))
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    found = await sdk.ask(
        lambda client: client.messages.list(to=OLIVE, from_=TOLL_FREE, date_sent_after=an_hour_ago, page_size=2)
    )
    later = await sdk.ask(lambda client: client.messages.list(to=OLIVE, date_sent_after=an_hour_ago + timedelta(hours=2)))

    assert ["Text 2", "Text 1", "Text 0"] == [message.body for message in found]
    assert [] == later


async def test_wrong_credentials_and_unknown_things(carrier: SimulatedCarrier) -> None:
    settings = carrier.settings
    messages = f"{settings.api_root}/Messages.json"
    async with httpx.AsyncClient() as stranger:
        without = await stranger.get(messages)
        wrong = await stranger.get(messages, auth=(settings.account_sid, "guessed"))
        token = await stranger.get(messages, auth=(settings.account_sid, settings.auth_token))
        unknown = await stranger.get(f"{settings.api_root}/Messages/SM1.json", auth=(settings.account_sid, settings.auth_token))

    assert (401, 20003) == (without.status_code, without.json()["code"])
    assert 401 == wrong.status_code
    assert 200 == token.status_code
    assert (404, 20404) == (unknown.status_code, unknown.json()["code"])
