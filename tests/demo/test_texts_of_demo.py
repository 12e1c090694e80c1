"""What was texted before the demo began looks as if the product had done it itself."""

from tests.demo.scratch import Scratch

TEXTS = """
SELECT m.author_kind, m.kind FROM message m JOIN conversation c ON c.practice_id = m.practice_id AND c.id = m.conversation_id
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
WHERE c.channel = 'sms' AND f.name = '{}' ORDER BY m.seq
"""


async def test_a_toll_free_number_and_a_british_one_are_in_use(demo: Scratch) -> None:
    numbers = await demo.rows(
        "SELECT n.number, n.kind, n.verification, c.country FROM number n JOIN clinic c ON c.id = n.clinic_id "
        "WHERE n.state = 'enabled' AND n.policy_accepted_at IS NOT NULL ORDER BY n.number"
    )

    assert [("+18885550142", "toll_free", "approved", "US"), ("+447700900001", "local", None, "GB")] == numbers
    assert 2 == await demo.count("texting_settings", "after_hours_number <> ''")
    assert 0 == await demo.value(
        "SELECT count(*) FROM number n WHERE NOT EXISTS (SELECT FROM clinic_hours h WHERE h.clinic_id = n.clinic_id)"
    )


async def test_every_contact_has_a_number_on_file_in_the_spelling_of_carriers(demo: Scratch) -> None:
    without = "SELECT count(*) FROM contact c WHERE NOT EXISTS (SELECT FROM contact_number k WHERE k.contact_id = c.id)"
    numbers = await demo.rows(
        "SELECT p.name FROM contact_number k JOIN person p ON p.id = k.contact_id "
        "WHERE k.number IN ('+14155550117', '+447700900123')"
    )

    assert 0 == await demo.value(without)
    assert {("Olive Hart",), ("Priya Shah",)} == set(numbers)


async def test_texts_out_were_delivered_and_no_other_message_has_a_delivery(demo: Scratch) -> None:
    without = """
        SELECT count(*) FROM message m WHERE m.channel = 'sms' AND m.kind = 'text' AND m.author_kind <> 'contact'
        AND NOT EXISTS (SELECT FROM delivery d WHERE d.message_id = m.id AND d.body = m.body)"""
    states = await demo.rows("SELECT state, reason, count(*) FROM delivery GROUP BY 1, 2 ORDER BY 1")

    assert 0 == await demo.value(without)
    assert ["delivered", "failed"] == [state for state, *_ in states]
    assert ("failed", "landline", 2) == states[1]
    assert 1 == await demo.count("contact_number", "is_landline AND number = '+14155550100'")


async def test_olives_answer_shows_which_reminder_it_answers(demo: Scratch) -> None:
    entries = await demo.rows(TEXTS.format("Hart family"))

    assert [("system", "reminder_copy"), ("contact", "text"), ("staff", "text"), ("contact", "text")] == entries
    assert 1 == await demo.value("SELECT count(*) FROM message m JOIN delivery d ON d.id = m.copied_delivery_id")


async def test_whoever_said_stop_is_out_of_everything_and_the_ledger_says_why(demo: Scratch) -> None:
    out = await demo.rows("SELECT category FROM subscription WHERE is_out ORDER BY 1")
    ledger = await demo.rows("SELECT layer, action, reason FROM consent_event WHERE reason = 'STOP' ORDER BY layer, category")

    assert [("appointment_confirmations",), ("health_reminders",), ("two_way",)] == out
    assert [("carrier", "blocked", "STOP"), *[("platform", "out", "STOP")] * 3] == ledger
    assert 1 == await demo.count("carrier_block")


async def test_a_guest_was_asked_for_a_name(demo: Scratch) -> None:
    assert 1 == await demo.value(
        "SELECT count(*) FROM bot_run b JOIN contact c ON c.id = b.contact_id WHERE b.state = 'asking' AND c.is_guest"
    )


async def test_only_families_of_the_app_have_joined_it(demo: Scratch) -> None:
    joined = "SELECT DISTINCT app_joined_at IS NOT NULL FROM contact c JOIN family f ON f.id = c.family_id WHERE f.name = '{}'"

    assert [(True,)] == await demo.rows(joined.format("Hart family"))
    assert [(False,)] == await demo.rows(joined.format("Quinn family"))
