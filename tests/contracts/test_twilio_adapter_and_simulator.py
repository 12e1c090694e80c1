"""The adapter and the simulated carrier understand each other. Each is made from the carrier's documents, not from the other."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from pawline.carriers.interface import (
    CarrierSettings,
    FailureReason,
    HookUrls,
    HostingVerdict,
    InboundText,
    NumberKind,
    OutcomeUnknown,
    Receipt,
    SendFailed,
    TextToSend,
    VerificationState,
    WebhookRequest,
)
from pawline.carriers.simulator.inbound import PictureTaken
from pawline.carriers.twilio.adapter import Twilio, build_twilio
from pawline.carriers.twilio.tests.forms import FORM
from tests.contracts.answering import AnsweringServer, Reply, answering_server
from tests.simulated_carrier import LANDLINE, OLIVE, SimulatedCarrier, carrier, carrier_server

__all__ = ["carrier", "carrier_server"]

CLINIC = "+18885550142"
PHOTOS = (PictureTaken("image/jpeg", b"a photo of Pixel"), PictureTaken("image/png", b"another"))
XML = Reply(body=b"<Response />", headers={"Content-Type": "text/xml"})


@pytest.fixture
async def hooks() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as hooks:
        hooks.replies.extend([XML] * 50)
        yield hooks


@pytest.fixture
async def twilio(carrier: SimulatedCarrier, hooks: AnsweringServer) -> AsyncGenerator[Twilio]:
    await carrier.own(CLINIC, text_url=f"{hooks.url}/text", voice_url=f"{hooks.url}/voice")
    start = "PAWLINE_CARRIER_TWILIO_"
    values = {name.removeprefix(start).lower(): value for name, value in carrier.environment().items()}
    twilio = build_twilio(CarrierSettings(values))
    assert isinstance(twilio, Twilio)
    yield twilio
    await twilio.close()


def text_to(number: str, hooks: AnsweringServer) -> TextToSend:
    receipt_url = f"{hooks.url}/receipt/d1"
    return TextToSend(from_number=CLINIC, to_number=number, body="Pixel is ready", reference="d1-1", receipt_url=receipt_url)


def webhook(request: httpx.Request) -> WebhookRequest:
    return WebhookRequest(request.method, str(request.url), dict(request.headers), request.content)


async def receipts(twilio: Twilio, hooks: AnsweringServer, last: str) -> list[Receipt]:
    """All receipts up to that state, after checking that they are genuine."""
    async with asyncio.timeout(60):
        while True:
            requests = [webhook(request) for request in hooks.requests if request.url.path == "/receipt/d1"]
            events = [event for request in requests for event in twilio.read_webhook(request)]
            told = [event for event in events if isinstance(event, Receipt)]
            if told and told[-1].state == last:
                assert all(twilio.is_genuine(request) for request in requests)
                return told
            await asyncio.sleep(0.02)


async def test_a_text_goes_out_and_its_receipts_come_back(
    twilio: Twilio, carrier: SimulatedCarrier, hooks: AnsweringServer
) -> None:
    accepted = await twilio.send(text_to(OLIVE, hooks))
    told = await receipts(twilio, hooks, "delivered")

    assert {accepted.carrier_message_id} == {receipt.carrier_message_id for receipt in told}
    assert ["Pixel is ready"] == await carrier.sent_to(OLIVE)
    since = datetime.now(UTC) - timedelta(minutes=5)
    [found] = await twilio.find_sent(from_number=CLINIC, to_number=OLIVE, since=since)
    assert (accepted.carrier_message_id, "Pixel is ready", "delivered") == (found.carrier_message_id, found.body, found.state)


async def test_a_landline_is_known_as_one(twilio: Twilio, hooks: AnsweringServer) -> None:
    try:
        await twilio.send(text_to(LANDLINE, hooks))
        reason = (await receipts(twilio, hooks, "failed"))[-1].reason
    except SendFailed as failed:
        reason = failed.reason

    assert FailureReason.LANDLINE is reason


async def test_after_stop_the_carrier_refuses(twilio: Twilio, carrier: SimulatedCarrier, hooks: AnsweringServer) -> None:
    await carrier.receive(from_=OLIVE, to=CLINIC, text="STOP")
    with pytest.raises(SendFailed) as caught:
        await twilio.send(text_to(OLIVE, hooks))

    assert (FailureReason.OPTED_OUT, "21610") == (caught.value.reason, caught.value.carrier_code)


async def test_a_text_whose_answer_was_lost_is_found_while_it_still_waits(
    twilio: Twilio, carrier: SimulatedCarrier, hooks: AnsweringServer
) -> None:
    """The texts before it keep the number busy, and what waits has no date of sending yet."""
    await carrier.weather(speed=0.001)
    for _ in range(4):
        await twilio.send(text_to(OLIVE, hooks))
    await carrier.weather(lost_answers=1.0)
    with pytest.raises(OutcomeUnknown):
        await twilio.send(text_to(OLIVE, hooks))
    await carrier.weather(lost_answers=0.0)
    since = datetime.now(UTC) - timedelta(minutes=5)

    assert 5 == len(await twilio.find_sent(from_number=CLINIC, to_number=OLIVE, since=since))


async def test_a_text_with_pictures_comes_in(twilio: Twilio, carrier: SimulatedCarrier, hooks: AnsweringServer) -> None:
    await carrier.receive(from_=OLIVE, to=CLINIC, text=" Look at Pixel ", pictures=PHOTOS)
    [request] = [webhook(request) for request in hooks.requests]
    assert twilio.is_genuine(request)
    assert not twilio.is_genuine(WebhookRequest("POST", request.url, request.headers, request.body + b"&Body=forged"))

    [event] = twilio.read_webhook(request)
    assert isinstance(event, InboundText)
    assert (OLIVE, CLINIC, " Look at Pixel ") == (event.from_number, event.to_number, event.body)
    files = [b"".join([chunk async for chunk in twilio.fetch_media(link)]) for link in event.media]
    assert [photo.content for photo in PHOTOS] == files
    assert [photo.media_type for photo in PHOTOS] == [link.media_type for link in event.media]


async def test_a_number_is_bought_and_cleared_for_texts(twilio: Twilio, hooks: AnsweringServer) -> None:
    hook_urls = HookUrls(text=f"{hooks.url}/text", voice=f"{hooks.url}/voice", receipt=f"{hooks.url}/receipt")
    for_sale = await twilio.search_numbers(country="US", kind=NumberKind.TOLL_FREE, area="888")
    bought = await twilio.order_number(for_sale[0].number, hooks=hook_urls)
    asked = await twilio.verify_toll_free(bought.carrier_number_id, form=FORM)
    read = await twilio.read_verification(asked.carrier_verification_id)

    assert bought.number.startswith("+1888")
    assert VerificationState.PENDING is asked.state
    assert asked.carrier_verification_id == read.carrier_verification_id
    british = await twilio.search_numbers(country="GB", kind=NumberKind.LOCAL)
    assert [number for number in british if number.number.startswith("+447")]


async def test_hosting_is_decided(twilio: Twilio) -> None:
    verdicts = [(await twilio.check_hosting(number)).verdict for number in ("+14155550142", "+14155550143")]

    assert [HostingVerdict.ELIGIBLE, HostingVerdict.NOT_ELIGIBLE] == verdicts
