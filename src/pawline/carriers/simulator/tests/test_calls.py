"""Somebody calls the text number."""

import pytest

from pawline.carriers.simulator.events import Call
from pawline.carriers.simulator.tests.product import Product
from pawline.carriers.simulator.voice_answer import Dial, HangUp, Say, read_voice_answer
from tests.simulated_carrier import OLIVE, SimulatedCarrier

NUMBER = "+18885550142"
DESK = "+14155550160"
DIAL = f'<Response><Dial action="/done#rc=2" timeout="25" timeLimit="60"><Number>{DESK}</Number></Dial></Response>'
SORRY = "<Response><Say>Please text us at this number.</Say><Hangup/></Response>"


@pytest.fixture(autouse=True)
async def number(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    await carrier.own(NUMBER, voice_url=product_hooks.hook("voice"))
    product_hooks.documents.update({"voice": DIAL, "done": SORRY})


async def _ringing(carrier: SimulatedCarrier) -> Call:
    return await carrier.until_call(await carrier.call(from_=OLIVE, to=NUMBER), "ringing")


async def test_call_is_put_through_and_answered(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    call = await _ringing(carrier)
    phones = (await carrier.http.get("/phones")).json()["phones"]
    await carrier.answer(call, DESK)
    talking = await carrier.until_call(call, "talking")
    await carrier.hang_up(call)
    ended = await carrier.until_call(call, "ended")

    assert [DESK] == call.ringing
    assert DESK in {phone["number"] for phone in phones}
    assert DESK == talking.answered_by
    assert "completed" == ended.outcome
    assert ("ringing", OLIVE) == (product_hooks.told("voice")[0]["CallStatus"], product_hooks.told("voice")[0]["From"])
    assert ["completed"] == [told["DialCallStatus"] for told in product_hooks.told("done")]
    assert {call.sid} == {heard.fields["CallSid"] for heard in product_hooks.heard}


async def test_ignored_call_is_missed(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    call = await _ringing(carrier)
    await carrier.ignore(call, DESK)
    ended = await carrier.until_call(call, "ended")

    assert "busy" == ended.outcome
    assert ["Please text us at this number."] == ended.heard
    assert "DialCallDuration" not in product_hooks.told("done")[0]


async def test_caller_may_give_up(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    call = await _ringing(carrier)
    await carrier.hang_up(call)
    ended = await carrier.until_call(call, "ended")

    assert "canceled" == ended.outcome
    assert "canceled" == product_hooks.told("done")[0]["DialCallStatus"]


async def test_nobody_answers(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    product_hooks.documents["voice"] = DIAL.replace('timeout="25"', 'timeout="0.1"')
    ended = await carrier.until_call(await carrier.call(from_=OLIVE, to=NUMBER), "ended")

    assert "no-answer" == ended.outcome
    assert ["Please text us at this number."] == ended.heard


async def test_answer_that_is_no_answer_ends_the_call(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    product_hooks.documents["voice"] = "<html>not found"
    ended = await carrier.until_call(await carrier.call(from_=OLIVE, to=NUMBER), "ended")

    assert "failed" == ended.outcome
    assert any(line.startswith("12100") for line in await carrier.log())


def test_voice_answer_is_read() -> None:
    document = '<Response><Say> Hello </Say><Dial timeout="9">+14155550160</Dial><Reject/></Response>'

    assert [Say("Hello"), Dial((DESK,), "", 9, 14400), HangUp()] == read_voice_answer(document, url="http://x/")


@pytest.mark.parametrize("document", ["", "<Reply/>", "<Response><Play/></Response>", "<!DOCTYPE x><Response/>"])
def test_other_documents_are_refused(document: str) -> None:
    with pytest.raises(ValueError, match="voice answer"):
        read_voice_answer(document, url="http://x/")
