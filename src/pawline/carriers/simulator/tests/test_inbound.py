"""Texts from phones to the product's hook."""

import httpx
import pytest

from pawline.carriers.simulator.inbound import PictureTaken
from pawline.carriers.simulator.tests.product import Product
from pawline.carriers.simulator.tests.sdk import Sdk
from tests.simulated_carrier import OLIVE, PRIYA, SimulatedCarrier

NUMBER = "+14155550150"
UK = "+447700900001"
PHOTOS = (PictureTaken("image/jpeg", b"a photo of Pixel"), PictureTaken("image/png", b"another"))


@pytest.fixture(autouse=True)
async def number(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.own(NUMBER, text_url=product_hooks.hook("text"))
    await carrier.own(UK, text_url=product_hooks.hook("text"))


async def test_text_reaches_the_hook_signed_and_once(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    entry = await carrier.receive(from_=OLIVE, to=NUMBER, text="Is Pixel's booster due? 🐕 + & =")

    assert 1 == len(product_hooks.heard)
    told = product_hooks.told("text")[0]
    assert (OLIVE, NUMBER, entry.body) == (told["From"], told["To"], told["Body"])
    assert (entry.sid, "0", "received") == (told["MessageSid"], told["NumMedia"], told["SmsStatus"])
    assert ("handed_over", 1) == (entry.state, entry.times_seen)


async def test_hook_is_asked_again_while_it_answers_5xx(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    product_hooks.statuses.extend([503, 500, 503])
    entry = await carrier.receive(from_=OLIVE, to=NUMBER, text="hi")

    assert 4 == len(product_hooks.heard)
    assert 1 == len({heard.token for heard in product_hooks.heard})
    assert ("handed_over", 1) == (entry.state, entry.times_seen)


async def test_address_says_how_often_it_wants_to_be_asked(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.own(NUMBER, text_url=product_hooks.hook("text") + "#rc=1&rp=all")
    product_hooks.statuses.extend([503] * 3)
    entry = await carrier.receive(from_=OLIVE, to=NUMBER, text="hi")

    assert 2 == len(product_hooks.heard)
    assert "refused" == entry.state


async def test_refusal_is_not_asked_again(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    product_hooks.statuses.append(404)
    entry = await carrier.receive(from_=OLIVE, to=NUMBER, text="hi")

    assert 1 == len(product_hooks.heard)
    assert "refused" == entry.state


async def test_lost_answer_brings_the_same_request_again(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.weather(lost_hook_answers=1)
    entry = await carrier.receive(from_=OLIVE, to=NUMBER, text="hi")

    assert 6 == len(product_hooks.heard)
    assert 1 == len({heard.token for heard in product_hooks.heard})
    assert ("handed_over", 6) == (entry.state, entry.times_seen)


async def test_every_picture_is_fetched_with_credentials_from_a_server_without(
    carrier: SimulatedCarrier, product_hooks: Product
) -> None:
    settings = carrier.settings
    await carrier.receive(from_=OLIVE, to=NUMBER, text="her ear", pictures=PHOTOS)
    told = product_hooks.told("text")[0]
    async with httpx.AsyncClient() as http:
        without = await http.get(told["MediaUrl0"])
        account = (settings.account_sid, settings.auth_token)
        pointed = [await http.get(told[f"MediaUrl{place}"], auth=account) for place in range(2)]
        leaked = await http.get(pointed[0].headers["location"], auth=account)
        files = [await http.get(answer.headers["location"]) for answer in pointed]

    assert "2" == told["NumMedia"]
    assert ["image/jpeg", "image/png"] == [told["MediaContentType0"], told["MediaContentType1"]]
    assert 401 == without.status_code
    assert [307, 307] == [answer.status_code for answer in pointed]
    assert 400 == leaked.status_code
    assert [photo.content for photo in PHOTOS] == [file.content for file in files]


async def test_deleted_picture_stays_on_the_phone_alone(carrier: SimulatedCarrier, product_hooks: Product, sdk: Sdk) -> None:
    entry = await carrier.receive(from_=OLIVE, to=NUMBER, pictures=PHOTOS)
    listed = await sdk.ask(lambda client: client.messages(entry.sid).media.list())
    was_deleted = await sdk.ask(lambda client: client.messages(entry.sid).media(str(listed[0].sid)).delete())
    left = await sdk.ask(lambda client: client.messages(entry.sid).media.list())
    async with httpx.AsyncClient() as http:
        shown = await http.get(entry.pictures[0].url)

    assert was_deleted
    assert [picture.sid for picture in entry.pictures[1:]] == [media.sid for media in left]
    assert PHOTOS[0].content == shown.content


async def test_uk_phone_cannot_text_a_picture(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    answer = await carrier.http.post(
        f"/phones/{PRIYA}/texts",
        json={"to_number": UK, "pictures": [{"media_type": "image/png", "content": "AAAA"}]},
    )

    assert 400 == answer.status_code
    assert "United Kingdom" in answer.json()["detail"]
    assert [] == product_hooks.heard
