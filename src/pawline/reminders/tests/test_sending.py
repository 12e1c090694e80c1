"""One reminder, or one appointment to confirm: its words, its hour, its number, and who may send it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from pawline.reminders.tests.scene import DUE, Reminding
from tests.texting_scene import NIGHT, OLIVE, UNKNOWN

LINE = "+442079460123"


async def test_a_reminder_leaves_from_the_number_that_messages_come_from(reminding: Reminding) -> None:
    """V2P-8: the clinic has one text number for everything."""
    reminder = await reminding.sent()
    await reminding.dispatch(reminder)

    texts = [sent.text for sent in reminding.texting.carrier.ledger if sent.text.from_number == reminding.texting.number]
    assert [(OLIVE, DUE)] == [(text.to_number, text.body) for text in texts]
    assert (DUE, 1, None, "It goes out at once.") == tuple(reminder[each] for each in ("body", "segments", "goes_at", "words"))


async def test_a_reminder_is_no_message(reminding: Reminding) -> None:
    """V2P-76: it opens no conversation and stands in no thread."""
    await reminding.sent()

    assert [] == await reminding.texting.rows("SELECT id FROM conversation WHERE practice_id = :practice_id AND channel = 'sms'")
    assert [] == (await reminding.world.nora.thread(reminding.world.thread_id))["messages"]


async def test_an_appointment_is_named_by_the_clinics_calendar_and_clock(reminding: Reminding) -> None:
    """V2P-80: at 14:30 UTC it is half past nine in New York."""
    reminder = await reminding.sent(reminding.confirmation(datetime(2026, 11, 20, 14, 30, tzinfo=UTC)))

    assert (
        "Hill Street: Pixel's appointment is Friday, November 20 at 9:30 AM. Reply C to confirm. Reply STOP to opt out."
        == reminder["body"]
    )


async def test_the_preview_is_what_is_sent(reminding: Reminding) -> None:
    """And it stores nothing."""
    preview = await reminding.preview(reminding.draft())
    assert [] == await reminding.texting.sent_to(OLIVE)

    reminder = await reminding.sent()

    assert (reminder["body"], reminder["segments"], reminder["words"]) == (preview["body"], preview["segments"], preview["words"])


async def test_typographic_characters_of_a_word_processor_cost_no_second_segment(reminding: Reminding) -> None:
    reminder = await reminding.sent(reminding.draft(service="Pixel\u2019s \u201cyearly\u201d check\u2011up \u2013 please"))

    assert 'Pixel\'s "yearly" check-up - please' in reminder["body"]
    assert 1 == reminder["segments"]


async def test_at_night_a_reminder_waits_for_the_morning_where_the_client_is(reminding: Reminding) -> None:
    """Olive's number is Californian: 18:40 there is still day. Hers of New York is asleep until eight."""
    reminding.texting.set_time(NIGHT)
    await _add_number(reminding, "+12125550117")
    at_once = await reminding.sent()
    waits = await reminding.sent(reminding.draft(number="+12125550117"))

    assert at_once["goes_at"] is None
    assert "2026-11-18T13:00:00Z" == waits["goes_at"]
    assert "No automatic texts at night: it goes out on Wednesday, November 18 at 8:00 AM (EST)." == waits["words"]
    [queued] = await reminding.texting.rows(
        "SELECT due_at - now() AS wait FROM delivery WHERE practice_id = :practice_id AND id = CAST(:id AS uuid)", id=waits["id"]
    )
    assert abs(queued.wait - timedelta(hours=10, minutes=20)) < timedelta(minutes=1)
    assert waits["goes_at"] == (await reminding.shown(waits))["goes_at"]


async def test_no_confirmation_arrives_after_its_appointment(reminding: Reminding) -> None:
    """Asked for at 21:40 for half past seven: until eight nothing may go."""
    reminding.texting.set_time(NIGHT)
    await _add_number(reminding, "+12125550117")
    at = datetime(2026, 11, 18, 12, 30, tzinfo=UTC)

    refused = await reminding.send(reminding.confirmation(at, number="+12125550117"))

    assert 422 == refused.status_code
    assert "please call" in refused.json()["detail"]


async def test_a_repeated_request_is_one_text(reminding: Reminding) -> None:
    key = uuid4()
    first = await reminding.send(key=key)

    again = await reminding.send(key=key)

    assert first.json() == again.json()
    assert [DUE] == await reminding.texting.sent_to(OLIVE)


async def test_a_key_is_good_for_one_request_and_one_person(reminding: Reminding) -> None:
    """Other content under it is refused; a colleague who happened to make the same one gets a text of their own."""
    key = uuid4()
    await reminding.send(key=key)

    other = await reminding.send(reminding.draft(service="dental care"), key=key)
    colleague = await reminding.send(reminding.draft(service="dental care"), key=key, by=reminding.world.vane)

    assert 409 == other.status_code
    assert "dental care" in colleague.json()["body"]


async def test_a_pet_that_died_is_never_named_again(reminding: Reminding) -> None:
    await reminding.texting.rows(
        "UPDATE pet SET died_on = '2026-11-16' WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id",
        id=reminding.world.pixel_id,
    )

    refused = [await reminding.send(), await reminding.send(reminding.confirmation())]

    assert [(409, "pet_died")] * 2 == [(each.status_code, each.json()["code"]) for each in refused]
    assert [] == await reminding.texting.sent_to(OLIVE)
    choices = await reminding.world.nora.get(f"/contacts/{reminding.world.olive.id}/reminders/choices")
    assert [] == choices.json()["pets"]


async def test_a_pet_that_dies_in_the_night_is_not_named_in_the_morning(reminding: Reminding) -> None:
    """The reminder was asked for while Pixel lived, and waited for the end of the quiet hours; staff read why it did not go."""
    reminding.texting.set_time(NIGHT)
    await _add_number(reminding, "+12125550117")
    waiting = [
        await reminding.sent(reminding.draft(number="+12125550117")),
        await reminding.sent(reminding.confirmation(number="+12125550117")),
    ]
    await reminding.texting.rows(
        "UPDATE pet SET died_on = '2026-11-17' WHERE practice_id = :practice_id AND id = CAST(:id AS uuid) RETURNING id",
        id=reminding.world.pixel_id,
    )
    await reminding.texting.rows("UPDATE delivery SET due_at = now() WHERE practice_id = :practice_id RETURNING id")
    for reminder in waiting:
        await reminding.dispatch(reminder)

    shown = [(await reminding.shown(reminder))["delivery"] for reminder in waiting]
    assert [("cancelled", "pet_died", "Not sent: the pet has died.")] * 2 == [
        (each["state"], each["reason"], each["words"]) for each in shown
    ]
    assert [] == await reminding.texting.sent_to("+12125550117")


async def test_while_texting_is_off_nothing_goes_out(reminding: Reminding) -> None:
    """V2P-7"""
    await reminding.texting.rows("UPDATE number SET state = 'assigned' WHERE practice_id = :practice_id RETURNING id")

    refused = await reminding.send()

    assert (409, "texting_off") == (refused.status_code, refused.json()["code"])
    assert "Settings" in refused.json()["detail"]


async def test_a_landline_gets_none(reminding: Reminding) -> None:
    """D13: by its numbering plan, or learned from a carrier's refusal."""
    await _add_number(reminding, LINE)
    by_plan = await reminding.send(reminding.draft(number=LINE))
    await reminding.texting.rows("UPDATE contact_number SET is_landline = true WHERE practice_id = :practice_id RETURNING id")
    learned = await reminding.send()

    assert [422, 422] == [by_plan.status_code, learned.status_code]
    assert "landline" in by_plan.json()["detail"]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"service": "  "}, "empty"),
        ({"service": "x" * 81}, "longer than 80"),
        ({"number": UNKNOWN}, "not a number of this client"),
        ({"category": "appointment_confirmations"}, "missing"),
        ({"category": "appointment_confirmations", "appointment_at": "2026-11-17T16:59:00Z"}, "past"),
        ({"category": "appointment_confirmations", "appointment_at": "2026-11-20T09:30:00"}, "time zone"),
    ],
)
async def test_what_is_wrong_is_said_in_plain_words(reminding: Reminding, values: dict[str, str], word: str) -> None:
    refused = await reminding.send(reminding.draft(**values))

    assert 422 == refused.status_code
    assert word in refused.json()["detail"]
    assert refused.json()["detail"] == (await reminding.preview(reminding.draft(**values)))["problem"]


async def test_nobody_reminds_clients_of_others(reminding: Reminding) -> None:
    """Rita is of another practice, Hal of another clinic, Toby's role is too low, Kim and Olive are clients."""
    world = reminding.world
    people = (world.rita, world.hal, world.toby, world.kim, world.olive)

    answers = [await reminding.send(by=person) for person in people]
    lists = [await person.get(f"/contacts/{world.olive.id}/reminders") for person in people]

    assert [404, 404, 403, 404, 404] == [each.status_code for each in answers]
    assert [404, 404, 403, 404, 404] == [each.status_code for each in lists]
    assert [] == await reminding.texting.sent_to(OLIVE)


async def test_clinics_and_pets_of_others_do_not_exist(reminding: Reminding) -> None:
    world = reminding.world
    [mochi] = await reminding.texting.rows(
        "SELECT id FROM pet WHERE practice_id = :practice_id AND family_id = CAST(:id AS uuid)", id=world.other_family_id
    )
    foreign = [{"clinic_id": world.riverside_clinic_id}, {"clinic_id": world.other_clinic_id}, {"pet_id": str(mochi.id)}]

    answers = [await reminding.send(reminding.draft(**values)) for values in foreign]
    nothing = await reminding.send(reminding.draft(pet_id=str(uuid4())))

    assert [(404, nothing.text)] * 3 == [(each.status_code, each.text) for each in answers]


async def test_the_list_shows_the_newest_first_page_by_page(reminding: Reminding) -> None:
    """With who sent it, what it said, and how far it got."""
    for service in ("dental care", "a check-up", "a vaccination"):
        await reminding.sent(reminding.draft(service=service))
    path = f"/contacts/{reminding.world.olive.id}/reminders"

    first = (await reminding.world.nora.get(path, limit=2)).json()
    rest = (await reminding.world.nora.get(path, limit=2, before=first["next_before"])).json()

    shown = [*first["reminders"], *rest["reminders"]]
    services = ["a vaccination", "a check-up", "dental care"]
    assert all(service in each["body"] for service, each in zip(services, shown, strict=True))
    assert {("Nora Ames", "queued", "+1 415-555-0117")} == {
        (each["requested_by_name"], each["delivery"]["state"], each["shown_number"]) for each in shown
    }
    assert rest["next_before"] is None


async def test_the_ledger_keeps_on_what_ground_the_number_was_texted(reminding: Reminding) -> None:
    await reminding.sent()
    await reminding.sent()

    answer = await reminding.world.nora.get(f"/contacts/{reminding.world.olive.id}/consent", number=OLIVE)

    grounds = [event for event in answer.json()["events"] if event["action"] == "ground"]
    assert [("legitimate_interest", "Nora Ames")] == [(each["ground"], each["actor_name"]) for each in grounds]


async def _add_number(reminding: Reminding, number: str) -> None:
    await reminding.texting.rows(
        "INSERT INTO contact_number (practice_id, id, contact_id, number, created_at) "
        "VALUES (:practice_id, gen_random_uuid(), CAST(:olive AS uuid), :number, now()) RETURNING id",
        olive=reminding.world.olive.id,
        number=number,
    )
