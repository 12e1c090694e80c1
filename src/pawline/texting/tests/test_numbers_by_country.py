"""What can be had where, and texting from the number that a clinic has."""

import pytest

from pawline.carriers.interface import Hosting, HostingVerdict
from pawline.texting.tests.number_scene import NumberScene, new_number
from tests.world import World


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


@pytest.mark.parametrize(
    ("country", "kinds", "media"), [("US", 2, "link"), ("CA", 2, "link"), ("GB", 1, "none"), ("FR", 0, "none"), ("AU", 0, "none")]
)
async def test_what_a_country_allows(scene: NumberScene, country: str, kinds: int, media: str) -> None:
    """V2P-14, C5, C6: the United States, Canada and the United Kingdom; anywhere else texting cannot be enabled."""
    await scene.change_clinic(country=country)

    capabilities = (await scene.page())["capabilities"]

    assert (kinds, media) == (len(capabilities["kinds"]), capabilities["media"])
    assert (kinds == 0) == ("texting is not available" in capabilities["words"])
    if country == "GB":
        assert [{"kind": "local", "fee_cents": 0}] == capabilities["kinds"]
        assert "continue in the app" in capabilities["media_words"]


async def test_elsewhere_no_number_is_given_and_none_enabled(scene: NumberScene) -> None:
    """V2P-14: also not by a clinic that has moved."""
    await scene.assign()
    await scene.prepare()
    await scene.change_clinic(country="FR")

    asked, enabled = await scene.ask(), await scene.act("POST", "/number/enable")

    assert (409, True) == (asked.status_code, "texting is not available" in asked.json()["detail"])
    assert (409, True) == (enabled.status_code, "texting is not available" in enabled.json()["detail"])


async def test_a_british_clinic_gets_a_local_number_for_nothing(scene: NumberScene) -> None:
    """C18, PA-5"""
    await scene.change_clinic(country="GB")
    assert 422 == (await scene.ask("toll_free")).status_code

    assert 201 == (await scene.ask("local")).status_code

    row = (await scene.rows())[0]
    assert ("local", 0, 1.0) == (row.kind, row.fee_cents, row.segments_per_second)


async def test_hosting_shows_its_fee_first(scene: NumberScene) -> None:
    """V2P-10, V2P-12: $299, agreed to before the request counts."""
    kinds = {kind["kind"]: kind["fee_cents"] for kind in (await scene.page())["capabilities"]["kinds"]}
    assert {"toll_free": 0, "hosted": 29_900} == kinds
    for fee in (None, 0, 100):
        refused = await scene.ask("hosted", own_number="315 555 0100", accepted_fee_cents=fee)
        assert (409, True) == (refused.status_code, "299 US dollars" in refused.json()["detail"])

    asked = await scene.ask("hosted", own_number="315 555 0100", accepted_fee_cents=29_900)

    assert 201 == asked.status_code
    row = (await scene.rows())[0]
    assert ("+13155550100", 29_900) == (row.number, row.fee_cents)
    assert row.fee_accepted_at is not None


async def test_hosting_depends_on_the_phone_company(scene: NumberScene) -> None:
    """V2P-11: enquired, being checked, not eligible; another number may be asked for then."""
    own = new_number()
    scene.shop.hosting = Hosting(HostingVerdict.PENDING)
    await scene.ask("hosted", own_number=own, accepted_fee_cents=29_900)
    await scene.work()
    number = await scene.number()
    assert ("checking", True) == (number["state"], "still checking" in number["words"])

    scene.shop.hosting = Hosting(HostingVerdict.NOT_ELIGIBLE, "Your phone company does not allow it")
    await scene.work()
    number = await scene.number()
    assert ("not_eligible", "Your phone company does not allow it") == (number["state"], number["words"])

    scene.shop.hosting = Hosting(HostingVerdict.ELIGIBLE)
    assert 201 == (await scene.ask("hosted", own_number=own, accepted_fee_cents=29_900)).status_code
    await scene.work()
    assert "assigned" == (await scene.number())["state"]
    assert [] == scene.shop.orders


async def test_a_number_is_hosted_for_one_clinic_only(world: World, scene: NumberScene) -> None:
    own = new_number()
    for clinic_id in (world.clinic_id, world.other_clinic_id):
        asked = await scene.ask("hosted", at=clinic_id, own_number=own, accepted_fee_cents=29_900)
        assert 201 == asked.status_code
        await scene.work()

    states = [(await scene.number(at=at))["state"] for at in (world.clinic_id, world.other_clinic_id)]
    assert ["assigned", "not_eligible"] == states
