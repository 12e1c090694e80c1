"""Table 2.4, row by row: what each event does to the two layers."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from pawline.consent.service import Category, Cause, Ground, Source, block, clear_block, ledger, opt_in, record_ground, standing
from pawline.consent.tests.scene import OLIVES_NUMBER, OTHER_NUMBER, Scene, add_number
from pawline.consent.views import Standing
from pawline.platform import clock
from pawline.platform.errors import Forbidden, Invalid

EVERYTHING = {category.value for category in Category}
AUGUST_12 = datetime(2026, 8, 13, 2, 30, tzinfo=UTC)  # still the 12th in New York


async def test_nobody_said_anything_so_everything_may_be_sent(scene: Scene) -> None:
    assert {} == await scene.denied()


async def test_staffs_opt_out_touches_two_way_texts_alone(scene: Scene) -> None:
    """V2P-77, V2P-79, V2P-80, V2P-86, C4: reminders and confirmations go on."""
    changed = await scene.happens(Cause.STAFF_OPTS_OUT, source=Source.STAFF, actor_id=scene.nora_id)

    assert changed
    assert {"two_way": "opted_out"} == await scene.denied()


async def test_staff_set_each_category_as_they_like(scene: Scene) -> None:
    """V2P-84, V2P-86."""
    await scene.nora_opts_out(Category.HEALTH_REMINDERS, Category.APPOINTMENT_CONFIRMATIONS)
    out = await scene.denied()
    await scene.nora_opts_in(Category.HEALTH_REMINDERS, reason="Olive asked at the desk")

    assert {"health_reminders", "appointment_confirmations"} == set(out)
    assert {"appointment_confirmations"} == set(await scene.denied())


@pytest.mark.parametrize("said", ["STOP", "CANCEL"])
async def test_a_texted_stop_ends_every_category(scene: Scene, said: str) -> None:
    """V2P-81, V2P-82, D8, C19, PA-25: after a reminder or in plain talk alike."""
    await scene.happens(Cause.CONTACT_STOPS, reason=said)

    assert dict.fromkeys(EVERYTHING, "opted_out") == await scene.denied()


async def test_a_stop_that_the_carrier_acts_on_blocks_too(scene: Scene) -> None:
    """C4: both layers."""
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")

    assert dict.fromkeys(EVERYTHING, "carrier_block") == await scene.denied()


async def test_any_other_text_restores_two_way_texts_alone(scene: Scene) -> None:
    """V2P-83, D7."""
    await scene.happens(Cause.CONTACT_STOPS, reason="STOP")
    changed = await scene.happens(Cause.CONTACT_WRITES)

    assert changed
    assert {"health_reminders", "appointment_confirmations"} == set(await scene.denied())


async def test_any_other_text_leaves_the_carriers_block(scene: Scene) -> None:
    """C4: only START, UNSTOP or YES clears it."""
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")
    await scene.happens(Cause.CONTACT_WRITES)

    assert dict.fromkeys(EVERYTHING, "carrier_block") == await scene.denied()


async def test_start_restores_everything_on_both_layers(scene: Scene) -> None:
    """C4, D9."""
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")
    changed = await scene.happens(Cause.CONTACT_STARTS, reason="START")

    assert changed
    assert {} == await scene.denied()


async def test_a_carriers_report_blocks_and_leaves_what_was_agreed(scene: Scene) -> None:
    """C4: learned from a refusal; the contact's START undoes it."""
    await scene.happens(Cause.CARRIER_REPORTS_OPT_OUT, source=Source.CARRIER)
    blocked = await scene.denied()
    await scene.happens(Cause.CONTACT_STARTS, reason="unstop")

    assert dict.fromkeys(EVERYTHING, "carrier_block") == blocked
    assert {} == await scene.denied()


async def test_a_block_is_between_two_numbers_and_an_opt_out_between_practice_and_number(scene: Scene) -> None:
    """C4: platform consent per number and category, carrier block per pair of numbers."""
    harbour = await add_number(scene.world, scene.world.other_clinic_id, "+18885559142")
    await scene.happens(Cause.CARRIER_REPORTS_OPT_OUT, source=Source.CARRIER)
    after_block = await scene.denial(number_id=harbour)
    await scene.happens(Cause.CONTACT_STOPS, reason="STOP")
    after_stop = await scene.denial(number_id=harbour)

    assert after_block is None
    assert after_stop is not None
    assert "opted_out" == after_stop.reason
    assert await scene.denial(to=OTHER_NUMBER) is None


async def test_what_changes_nothing_is_not_written_down(scene: Scene) -> None:
    """Said twice is done once, so one confirmation follows."""
    answers = [await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP") for _ in range(3)]
    answers += [await scene.happens(Cause.CONTACT_STARTS, reason="START") for _ in range(2)]
    answers.append(await scene.happens(Cause.CONTACT_WRITES))

    assert [True, False, False, True, False, False] == answers
    assert 8 == len(await lines(scene))


async def lines(scene: Scene) -> list[str]:
    async with scene.world.product.database.transaction() as uow:
        found = await ledger(uow, scene.practice_id, OLIVES_NUMBER)
        pages = [await ledger(uow, scene.practice_id, OLIVES_NUMBER, count=1)]
        while pages[-1]:
            pages.append(await ledger(uow, scene.practice_id, OLIVES_NUMBER, before=pages[-1][-1].id, count=1))
    assert found == [line for page in pages for line in page]
    return [f"{line.actor_name or line.source}: {line.action} {line.category or line.layer}" for line in found]


async def test_the_ledger_tells_who_decided_what_the_newest_first(scene: Scene) -> None:
    """V2P-86, C7."""
    await scene.nora_opts_out(Category.TWO_WAY)
    await scene.nora_opts_in(Category.TWO_WAY, reason="Olive asked at the desk")
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")

    assert [
        "contact: blocked carrier",
        "contact: out appointment_confirmations",
        "contact: out health_reminders",
        "contact: out two_way",
        "Nora Ames: in two_way",
        "Nora Ames: out two_way",
    ] == await lines(scene)


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 301])
async def test_staff_who_opt_somebody_in_say_why(scene: Scene, reason: str) -> None:
    """D10."""
    await scene.nora_opts_out(Category.TWO_WAY)
    with pytest.raises(Invalid) as refused:
        await scene.nora_opts_in(Category.TWO_WAY, reason=reason)

    assert "reason" == refused.value.errors[0].field
    assert {"two_way": "opted_out"} == await scene.denied()


async def test_the_reason_stands_in_the_ledger(scene: Scene) -> None:
    """D10."""
    await scene.nora_opts_out(Category.TWO_WAY)
    await scene.nora_opts_in(Category.TWO_WAY, reason="  Olive asked\n at the desk ")
    async with scene.world.product.database.transaction() as uow:
        newest, *_ = await ledger(uow, scene.practice_id, OLIVES_NUMBER)

    assert ("in", "Olive asked at the desk", scene.nora_id) == (newest.action, newest.reason, newest.actor_id)


async def test_staff_cannot_lift_what_the_carrier_blocks(scene: Scene) -> None:
    """D10: an opt-in by staff leaves the block, and lifting it is refused."""
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")
    await scene.nora_opts_in(*Category, reason="Olive asked at the desk")
    with pytest.raises(Forbidden) as refused:
        async with scene.world.product.database.transaction() as uow:
            await clear_block(uow, scene.practice_id, scene.by_nora())

    assert "text START" in refused.value.detail
    assert dict.fromkeys(EVERYTHING, "carrier_block") == await scene.denied()


async def test_the_carrier_may_say_that_it_lets_texts_through_again(scene: Scene) -> None:
    async with scene.world.product.database.transaction() as uow:
        change = scene.change(source=Source.CARRIER)
        changed = [await verb(uow, scene.practice_id, change) for verb in (block, block, clear_block, clear_block)]

    assert [True, False, True, False] == changed
    assert {} == await scene.denied()


async def test_the_legal_ground_is_kept_once(scene: Scene) -> None:
    """PA-22, C7: legitimate interest; a ground changes nothing about who gets what."""
    kept: list[bool] = []
    async with scene.world.product.database.transaction() as uow:
        for ground in (Ground.LEGITIMATE_INTEREST, Ground.LEGITIMATE_INTEREST, Ground.INBOUND_INITIATED):
            change = scene.by_nora()
            kept.append(await record_ground(uow, scene.practice_id, change, ground))
        found = await ledger(uow, scene.practice_id, OLIVES_NUMBER)

    assert [True, False, True] == kept
    assert ["inbound_initiated", "legitimate_interest"] == [line.ground for line in found]
    assert {} == await scene.denied()


def test_what_staff_decide_carries_their_name(scene: Scene) -> None:
    with pytest.raises(ValueError, match="who decided"):
        scene.change(source=Source.STAFF)


async def test_words_for_staff_say_who_when_and_what_to_do(scene: Scene) -> None:
    """V2P-85, V2P-87, V2P-88, C4: by the clinic's calendar."""
    clock.set_clock(lambda: AUGUST_12)
    tail = f"({scene.number[2:5]}) {scene.number[5:8]}-{scene.number[8:]}"
    await scene.nora_opts_out(Category.TWO_WAY)
    by_nora = await scene.denial()
    await scene.happens(Cause.CONTACT_STOPS, reason="Stop")
    by_text = await scene.denial(Category.HEALTH_REMINDERS)
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")
    blocked = await scene.denial()

    assert by_nora is not None
    assert by_text is not None
    assert blocked is not None
    assert blocked.event is not None
    assert by_nora.words == (
        f"The client was opted out of texts by Nora Ames on 12 Aug 2026. Ask them to send any text to {tail}, "
        "or opt them in under their subscription preferences if they asked you to."
    )
    assert by_text.words == (
        f"The client stopped reminders by text on 12 Aug 2026 by texting Stop. Ask them to text START to {tail}, "
        "or opt them in under their subscription preferences if they asked you to."
    )
    assert blocked.words_for("Olive Hart") == (
        f"Olive Hart stopped all texts on 12 Aug 2026 by texting STOP. Ask them to text START to {tail}; nobody else can undo it."
    )
    assert ("blocked", AUGUST_12) == (blocked.event.action, blocked.event.at)


async def test_a_stop_in_words_of_ones_own_is_told_without_them(scene: Scene) -> None:
    clock.set_clock(lambda: AUGUST_12)
    await scene.happens(Cause.CONTACT_STOPS, reason="I have had enough of this, thank you")
    denial = await scene.denial()

    assert denial is not None
    assert denial.words.startswith("The client stopped texts on 12 Aug 2026 by text. Ask them to send any text to")


async def test_a_block_that_the_carrier_reported_says_so(scene: Scene) -> None:
    clock.set_clock(lambda: AUGUST_12)
    await scene.happens(Cause.CARRIER_REPORTS_OPT_OUT, source=Source.CARRIER)
    denial = await scene.denial()

    assert denial is not None
    assert denial.words.startswith("The client stopped all texts; the carrier reported it on 12 Aug 2026. Ask them to text START")


async def test_the_standing_shows_both_layers(scene: Scene) -> None:
    """V2P-86, V2P-87, C4: the line says which layer blocks."""
    before = await look(scene)
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")
    await scene.happens(Cause.CONTACT_WRITES)
    after = await look(scene)

    assert (False, True) == (before.stops_anything, after.stops_anything)
    assert [False, True, True] == [category.is_out for category in after.categories]
    assert ["two_way", "health_reminders", "appointment_confirmations"] == [category.category for category in after.categories]
    assert after.carrier_block is not None
    assert "text START" in after.carrier_block.words
    assert ("", None) == (after.categories[0].words, after.categories[0].since)


async def look(scene: Scene) -> Standing:
    async with scene.world.product.database.transaction() as uow:
        return await standing(uow, scene.practice_id, number_id=scene.number_id, contact_number=OLIVES_NUMBER)


async def test_another_practice_is_not_concerned(scene: Scene) -> None:
    """Rita of Riverside, an outsider, has an agreement of her own with the same phone and sees nothing of this one."""
    assert scene.world.riverside_id != scene.world.practice_id
    await scene.happens(Cause.CONTACT_STOPS_AT_CARRIER, reason="STOP")
    async with scene.world.product.database.transaction() as uow:
        riverside = UUID(scene.world.riverside_id)
        theirs = await ledger(uow, riverside, OLIVES_NUMBER)
        change = scene.change(number_id=None, categories=(Category.TWO_WAY,))
        was_out = await opt_in(uow, riverside, change)

    assert ([], False) == (theirs, was_out)
