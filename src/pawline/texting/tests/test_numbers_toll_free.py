"""The form that phone companies want before texts from a toll-free number go through."""

from typing import Any

import pytest

from pawline.carriers.interface import TollFreeForm, Verification, VerificationState
from pawline.texting.tests.number_scene import NumberScene, carrier_trouble
from tests.world import Json, World

FORM: Json = {
    "business_name": "Northside Veterinary LLC",
    "business_website": "https://northside.example",
    "business_type": "private_profit",
    "registration_number": "12-3456789",
    "registration_authority": "EIN",
    "registration_country": "US",
    "street": "1 Hill Street",
    "city": "Syracuse",
    "region": "NY",
    "postal_code": "13202",
    "country": "US",
    "contact_first_name": "Helen",
    "contact_last_name": "Marsh",
    "contact_email": "Helen@northside.example",
    "contact_phone": "(315) 555-0100",
    "use_case_summary": "Families text us about their pets, and we answer and remind them of check-ups.",
    "message_sample": "Northside: Pixel is due for a check-up. Reply STOP to opt out.",
    "opt_in_kind": "paper_form",
    "opt_in_image_urls": ["https://northside.example/form.png"],
    "monthly_volume": "1,000",
    "privacy_policy_url": "https://northside.example/privacy",
    "terms_url": "https://northside.example/terms",
}


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


async def test_a_form_in_order_is_handed_in_and_the_verdict_shown(scene: NumberScene) -> None:
    """V2P-4, C18: a toll-free number is verified before phone companies let its texts through."""
    number = await scene.assign()
    assert (None, None) == (number["verification"]["state"], number["verification"]["form"])

    handed_in = await scene.act("PUT", "/toll-free-form", FORM)
    assert (200, "pending") == (handed_in.status_code, handed_in.json()["number"]["verification"]["state"])
    await scene.work()
    await scene.work()
    (form,) = scene.shop.forms
    assert ("helen@northside.example", "+13155550100") == (form.contact_email, form.contact_phone)
    scene.shop.verdict = Verification("v1", VerificationState.APPROVED)
    await scene.jobs.look_after_numbers()

    verification = (await scene.number())["verification"]
    assert ("approved", "Syracuse") == (verification["state"], verification["form"]["city"])
    again = await scene.act("PUT", "/toll-free-form", FORM)
    assert (409, True) == (again.status_code, "verified already" in again.json()["detail"])


async def test_a_form_that_is_turned_down_is_corrected_and_handed_in_again(scene: NumberScene) -> None:
    await scene.assign()
    await scene.act("PUT", "/toll-free-form", FORM)
    early = await scene.act("PUT", "/toll-free-form", FORM)
    assert (409, True) == (early.status_code, "being looked at" in early.json()["detail"])
    scene.shop.verdict = Verification("v1", VerificationState.REJECTED, "The website cannot be opened")
    await scene.work()
    verification = (await scene.number())["verification"]
    assert ("rejected", "The website cannot be opened") == (verification["state"], verification["words"])

    scene.shop.verdict = Verification("v2", VerificationState.PENDING)
    await scene.act("PUT", "/toll-free-form", {**FORM, "business_website": "https://www.northside.example"})
    await scene.work()

    verification = (await scene.number())["verification"]
    assert ("pending", "") == (verification["state"], verification["words"])
    assert "https://www.northside.example" == scene.shop.forms[-1].business_website


async def test_a_form_that_the_carrier_does_not_take_is_no_dead_end(scene: NumberScene) -> None:
    await scene.assign()
    await scene.act("PUT", "/toll-free-form", FORM)
    scene.shop.trouble = carrier_trouble()

    await scene.work()

    verification = (await scene.number())["verification"]
    assert ("rejected", True) == (verification["state"], "could not be handed in" in verification["words"])
    assert 200 == (await scene.act("PUT", "/toll-free-form", FORM)).status_code


async def test_all_that_is_wrong_is_said_at_once(scene: NumberScene) -> None:
    """Every field of an empty form, each with what to do."""
    await scene.assign()

    refused = await scene.act("PUT", "/toll-free-form", {})

    assert 422 == refused.status_code
    found = {error["field"]: error["message"] for error in refused.json()["errors"]}
    assert set(TollFreeForm.__dataclass_fields__) == set(found)
    assert all(len(message) > 10 for message in found.values())
    assert None is (await scene.number())["verification"]["state"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("business_website", "northside", "web address"),
        ("privacy_policy_url", "ftp://northside.example", "web address"),
        ("postal_code", "1320", "ZIP code"),
        ("contact_phone", "12", "phone number"),
        ("contact_email", "helen@", "e-mail"),
        ("message_sample", "Pixel is due for a check-up.", "STOP"),
        ("opt_in_image_urls", [], "one to five"),
        ("registration_number", " ", "empty"),
        ("business_type", "llc", "choose"),
        ("monthly_volume", "12", "choose"),
        ("country", "GB", "choose"),
    ],
)
async def test_a_field_says_what_is_wrong_with_it(scene: NumberScene, field: str, value: Any, words: str) -> None:
    await scene.assign()

    refused = await scene.act("PUT", "/toll-free-form", {**FORM, field: value})

    assert 422 == refused.status_code
    assert [(field, True)] == [(error["field"], words in error["message"]) for error in refused.json()["errors"]]


async def test_a_sole_proprietor_is_in_no_register(scene: NumberScene) -> None:
    await scene.assign()
    registration = {"registration_number": "", "registration_authority": "", "registration_country": ""}

    handed_in = await scene.act("PUT", "/toll-free-form", {**FORM, **registration, "business_type": "sole_proprietor"})

    assert 200 == handed_in.status_code, handed_in.text


async def test_only_toll_free_numbers_have_a_form(scene: NumberScene) -> None:
    await scene.change_clinic(country="GB")
    await scene.ask("local")
    await scene.work()

    refused = await scene.act("PUT", "/toll-free-form", FORM)

    assert (409, None) == (refused.status_code, (await scene.number())["verification"])
