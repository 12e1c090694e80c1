"""Numbers for sale, bought, verified and hosted."""

import asyncio
from typing import Any

import httpx
import pytest

from pawline.carriers.simulator.tests.sdk import Sdk, TwilioException, TwilioRestException
from tests.simulated_carrier import OLIVE, SimulatedCarrier

FORM: dict[str, Any] = {
    "business_name": "Northside Veterinary",
    "business_website": "https://northside.example",
    "notification_email": "nora@northside.example",
    "use_case_categories": ["CUSTOMER_CARE"],
    "use_case_summary": "Answers to families about their pets.",
    "production_message_sample": "Pixel is due for a booster.",
    "opt_in_image_urls": ["https://northside.example/form.png"],
    "opt_in_type": "WEB_FORM",
    "message_volume": "1,000",
}


@pytest.mark.parametrize(
    ("country", "kind", "start"), [("US", "toll_free", "+18"), ("CA", "local", "+1416"), ("GB", "mobile", "+447700900")]
)
async def test_numbers_for_sale(sdk: Sdk, country: str, kind: str, start: str) -> None:
    found = await sdk.ask(lambda client: getattr(client.available_phone_numbers(country), kind).list(limit=3))

    assert 3 == len(found)
    assert all(number.phone_number.startswith(start) for number in found)
    assert (kind != "mobile") == found[0].capabilities["MMS"]


async def test_no_toll_free_numbers_in_the_uk(sdk: Sdk) -> None:
    with pytest.raises(TwilioException, match="20404"):
        await sdk.ask(lambda client: client.available_phone_numbers("GB").toll_free.list(limit=3))


async def test_number_is_bought_once_and_can_be_changed_and_released(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    number = (await sdk.ask(lambda client: client.available_phone_numbers("US").toll_free.list(area_code="877", limit=1)))[
        0
    ].phone_number
    hook = "https://pawline.example/hooks/text"
    bought = await sdk.ask(lambda client: client.incoming_phone_numbers.create(phone_number=number, sms_url=hook))
    with pytest.raises(TwilioRestException) as refused:
        await sdk.ask(lambda client: client.incoming_phone_numbers.create(phone_number=number))
    listed = await sdk.ask(lambda client: client.incoming_phone_numbers.list(phone_number=number))
    sid = str(bought.sid)
    changed = await sdk.ask(lambda client: client.incoming_phone_numbers(sid).update(voice_url=f"{hook}/voice"))
    was_released = await sdk.ask(lambda client: client.incoming_phone_numbers(sid).delete())

    assert 21422 == refused.value.code
    assert [bought.sid] == [own.sid for own in listed]
    assert (hook, f"{hook}/voice") == (changed.sms_url, changed.voice_url)
    assert was_released


async def test_verification_comes_by_itself_and_clears_the_number(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    own = await carrier.own("+18885550150", is_verified=False)
    asked = await sdk.ask(
        lambda client: client.messaging.v1.tollfree_verifications.create(tollfree_phone_number_sid=own.sid, **FORM)
    )
    await asyncio.sleep(carrier.settings.verification_seconds + 0.05)
    later = await sdk.ask(lambda client: client.messaging.v1.tollfree_verifications(str(asked.sid)).fetch())
    await sdk.ask(lambda client: client.messages.create(to=OLIVE, from_=own.number, body="x"))
    await carrier.until(lambda entries: entries[0].state == "delivered")

    assert "PENDING_REVIEW" == asked.status
    assert "TWILIO_APPROVED" == later.status
    assert FORM["business_name"] == later.business_name


async def test_website_that_nobody_can_open_is_rejected(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    own = await carrier.own("+18885550151", is_verified=False)
    form: dict[str, Any] = {**FORM, "business_website": "https://northside.invalid", "tollfree_phone_number_sid": own.sid}
    asked = await sdk.ask(lambda client: client.messaging.v1.tollfree_verifications.create(**form))
    await asyncio.sleep(carrier.settings.verification_seconds + 0.05)
    later = await sdk.ask(lambda client: client.messaging.v1.tollfree_verifications(str(asked.sid)).fetch())

    assert ("TWILIO_REJECTED", "Website is not reachable") == (later.status, later.rejection_reason)


async def test_form_without_a_field_or_with_a_wrong_word_is_refused(carrier: SimulatedCarrier, sdk: Sdk) -> None:
    own = await carrier.own("+18885550152", is_verified=False)
    for change in ({"opt_in_type": "BOGUS"}, {"use_case_summary": ""}):
        form: dict[str, Any] = {**FORM, **change, "tollfree_phone_number_sid": own.sid}
        with pytest.raises(TwilioRestException) as refused:
            await sdk.ask(lambda client, form=form: client.messaging.v1.tollfree_verifications.create(**form))

        assert 400 == refused.value.status


async def test_even_numbers_can_be_hosted(carrier: SimulatedCarrier) -> None:
    settings = carrier.settings
    asked = {"friendly_name": "ours", "phone_numbers": [{"phone_number": f"+1415555010{last}"} for last in (0, 1)]}
    async with httpx.AsyncClient(auth=(settings.account_sid, settings.auth_token)) as http:
        answer = await http.post(f"{settings.public_url}/v1/HostedNumber/Eligibility", json=asked)

    assert ["ELIGIBLE", "INELIGIBLE"] == [result["eligibility_status"] for result in answer.json()["results"]]
