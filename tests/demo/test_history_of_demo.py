"""The demo's threads keep the rules of all threads, and show every state that can be looked for."""

import re

from tests.demo.scratch import START, Scratch

UNREAD = """
SELECT f.name, count(*) FROM message m
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN read_mark r ON r.practice_id = m.practice_id AND r.thread_id = m.thread_id AND m.seq > r.up_to_seq
JOIN person p ON p.practice_id = r.practice_id AND p.id = r.person_id
WHERE p.name = '{}' AND m.author_id <> p.id AND m.kind = 'text'
GROUP BY f.name
"""
LAST_TEXT = "(SELECT max(created_at) FROM message m WHERE m.thread_id = thread.id AND m.kind = 'text')"
OPEN = "(SELECT id FROM conversation c WHERE c.thread_id = thread.id AND c.ended_at IS NULL AND c.channel = 'app')"


async def test_one_thread_per_family_and_clinic_of_its_pets(demo: Scratch) -> None:  # I2
    pairs = await demo.rows("SELECT DISTINCT family_id, clinic_id FROM connection WHERE state = 'accepted'")
    threads = await demo.rows(
        "SELECT t.family_id, t.clinic_id FROM thread t JOIN family f ON f.id = t.family_id WHERE f.name NOT LIKE 'Guest %'"
    )

    assert sorted(pairs) == sorted(threads)


async def test_seq_counts_up_without_gaps_in_the_order_of_time(demo: Scratch) -> None:
    wrong = """
        SELECT count(*) FROM (
            SELECT seq, row_number() OVER (PARTITION BY thread_id ORDER BY created_at, seq) AS place FROM message) m
        WHERE seq <> place"""

    assert 0 == await demo.value(wrong)
    assert 0 == await demo.value(
        "SELECT count(*) FROM thread WHERE last_seq <> (SELECT count(*) FROM message WHERE thread_id = thread.id)"
    )


async def test_every_revision_of_a_thread_belongs_to_one_row(demo: Scratch) -> None:
    wrong = """
        SELECT count(*) FROM thread t WHERE revision <> ALL (
            SELECT unnest(ARRAY[count(*), count(DISTINCT revision), max(revision)]) FROM (
                SELECT thread_id, revision FROM message
                UNION ALL SELECT thread_id, revision FROM conversation
                UNION ALL SELECT thread_id, revision FROM read_mark) c
            WHERE c.thread_id = t.id)"""

    assert 0 == await demo.value(wrong)


async def test_messages_lie_inside_their_conversations_which_do_not_overlap(demo: Scratch) -> None:
    outside = """
        SELECT count(*) FROM message m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.created_at < c.opened_at OR m.created_at > c.ended_at"""
    overlapping = """
        SELECT count(*) FROM conversation a
        JOIN conversation b ON a.thread_id = b.thread_id AND a.channel = b.channel AND a.opened_at < b.opened_at
        WHERE a.ended_at IS NULL OR a.ended_at > b.opened_at"""

    assert 0 == await demo.value(outside)
    assert 0 == await demo.value(overlapping)


async def test_thread_knows_its_last_text_and_its_open_conversation(demo: Scratch) -> None:
    assert 0 == await demo.count("thread", f"last_message_at <> {LAST_TEXT}")
    assert 0 == await demo.count("thread", f"open_conversation_id IS DISTINCT FROM {OPEN}")


async def test_nothing_lies_in_the_future(demo: Scratch) -> None:
    moments = (("message", "created_at"), ("message", "deleted_at"), ("conversation", "ended_at"), ("read_mark", "read_at"))
    late = {moment: await demo.count(moment[0], f"{moment[1]} > '{START.isoformat()}'") for moment in moments}

    assert dict.fromkeys(moments, 0) == late


async def test_every_state_can_be_found_open_unread_deleted_and_internal(demo: Scratch) -> None:
    nora, olive = dict(await demo.rows(UNREAD.format("Nora Ames"))), dict(await demo.rows(UNREAD.format("Olive Hart")))

    assert {
        "Okafor family": 2,
        "Nguyen family": 1,
        "Delgado family": 1,
        "Kowalski family": 1,
        "Petrov family": 1,
        "Quinn family": 1,
    } == nora
    assert {"Hart family": 2} == olive
    assert 11 == await demo.count("conversation", "ended_at IS NULL AND channel = 'app'")
    assert 4 == await demo.count("conversation", "ended_at IS NULL AND channel = 'sms'")
    assert 0 < await demo.count("message", "deleted_at IS NOT NULL AND body <> ''")
    assert 0 < await demo.count("message", "kind = 'note'")


async def test_the_team_has_set_down_something_of_every_kind(demo: Scratch) -> None:
    """Labels in use, one urgent, one asleep until a time to come, and one note that calls Nora and waits for her."""
    put = "SELECT DISTINCT l.name FROM conversation_label x JOIN label l ON l.id = x.label_id"
    called = """
        SELECT x.name, m.body LIKE '%@Nora Ames%', m.seq > r.up_to_seq FROM mention x JOIN message m ON m.id = x.message_id
        JOIN read_mark r ON r.thread_id = m.thread_id AND r.person_id = x.staff_id WHERE x.seen_at IS NULL"""

    assert {("Refill",), ("Lab results",), ("Billing",), ("Call back",)} == set(await demo.rows(put))
    assert 1 == await demo.count("conversation", "urgent_at IS NOT NULL AND ended_at IS NULL")
    assert 1 == await demo.count("conversation", f"snoozed_until > '{START.isoformat()}' AND ended_at IS NULL")
    assert [("Nora Ames", True, True)] == await demo.rows(called)


async def test_family_to_play_has_more_than_one_page(demo: Scratch) -> None:
    longest = "SELECT max(last_seq) FROM thread t JOIN family f ON f.id = t.family_id WHERE f.name = 'Hart family'"

    assert 200 < await demo.value(longest)


async def test_rita_works_at_another_practice_with_a_family_of_its_own(demo: Scratch) -> None:
    practices = await demo.rows(
        "SELECT practice_id FROM staff_member WHERE email IN ('rita@riverside.example', 'nora@northside.example')"
    )

    assert 2 == len(set(practices))
    assert 1 == await demo.count(
        "family", "practice_id = (SELECT practice_id FROM staff_member WHERE email = 'rita@riverside.example')"
    )


async def test_everybody_is_reachable_only_at_reserved_addresses_and_numbers(demo: Scratch) -> None:
    addresses = "SELECT email FROM staff_member UNION SELECT email FROM contact WHERE email IS NOT NULL"
    numbers = """
        SELECT phone FROM contact UNION SELECT phone FROM clinic UNION SELECT emergency_number FROM clinic
        UNION SELECT number FROM number UNION SELECT number FROM contact_number UNION SELECT to_number FROM delivery"""

    assert {"example", "com", "org"} == {row[0].rpartition(".")[2] for row in await demo.rows(addresses)}
    assert all(
        row[0].rpartition("@")[2].split(".")[-2:][0] in ("northside", "riverside", "example")
        for row in await demo.rows(addresses)
    )
    assert all(re.fullmatch(r"\+1[2-9]\d\d55501\d\d|\+447700900\d{3}", row[0]) for row in await demo.rows(numbers))
