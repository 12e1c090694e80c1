"""The checker is checked first: it finds what it is there to find."""

from uuid import UUID, uuid4

import pytest

from tests.faults.checker import faults_of, judge, recount_unread
from tests.faults.copy_of_thread import CopyOfThread, Row
from tests.faults.senders import Sent

THREAD, OLIVE, NORA = uuid4(), uuid4(), uuid4()


def message(client_id: UUID, seq: int, *, body: str, message_id: str = "1") -> Row:
    return {
        "id": message_id,
        "client_id": str(client_id),
        "seq": seq,
        "revision": seq,
        "kind": "text",
        "author_id": str(OLIVE),
        "body": body,
    }


def copy_of(*messages: Row) -> CopyOfThread:
    rows = {f"row {number}": row for number, row in enumerate(messages)}
    return CopyOfThread(THREAD, revision=len(messages), last_seq=len(messages), messages=rows)


def sent(body: str, *acknowledged_as: str) -> Sent:
    return Sent(THREAD, OLIVE, body, acknowledged_as=set(acknowledged_as))


def test_five_words() -> None:
    ok, lost, recovered, doubled, stranger = (uuid4() for _ in range(5))
    copy = copy_of(
        message(ok, 1, body="ok"),
        message(recovered, 2, body="recovered"),
        message(doubled, 3, body="doubled"),
        message(doubled, 4, body="doubled"),
        message(stranger, 5, body="stranger"),
    )
    asked = {ok: sent("ok", "1"), lost: sent("lost", "1"), recovered: sent("recovered"), doubled: sent("doubled", "1")}
    verdict = judge(asked, [copy])

    assert "ok 1, lost 1, recovered 1, duplicated 1, unexpected 1" == str(verdict)
    assert not verdict.is_good


def test_good_history_is_good() -> None:
    client_id = uuid4()
    verdict = judge({client_id: sent("ok", "1")}, [copy_of(message(client_id, 1, body="ok"))])

    assert "ok 1, lost 0, recovered 0, duplicated 0, unexpected 0" == str(verdict)
    assert verdict.is_good


@pytest.mark.parametrize(
    "asked", [sent("other words", "1"), sent("ok", "another id"), sent("ok", "1", "2")], ids=["body", "id", "two ids"]
)
def test_message_that_is_not_as_sent_is_unexpected(asked: Sent) -> None:
    client_id = uuid4()

    assert 1 == judge({client_id: asked}, [copy_of(message(client_id, 1, body="ok"))]).unexpected


def test_numbers_with_gaps_or_doubles_are_found() -> None:
    assert [] == faults_of(copy_of(message(uuid4(), 1, body="a"), message(uuid4(), 2, body="b")))
    assert faults_of(copy_of(message(uuid4(), 1, body="a"), message(uuid4(), 3, body="b")))
    assert faults_of(copy_of(message(uuid4(), 1, body="a"), message(uuid4(), 1, body="b")))


def test_unread_is_what_others_wrote_after_the_mark() -> None:
    copy = copy_of(message(uuid4(), 1, body="a"), message(uuid4(), 2, body="b"))
    copy.read_marks[str(NORA)] = {"up_to_seq": 1}

    assert [2] == recount_unread(copy, NORA)
    assert [] == recount_unread(copy, OLIVE)


def test_changes_after_a_gap_are_kept_but_not_counted_as_contiguous() -> None:
    copy = CopyOfThread(THREAD)
    late: Row = {
        "messages": [],
        "conversations": [],
        "read_marks": [],
        "last_seq": 2,
        "is_complete": True,
        "after": 1,
        "revision": 2,
    }

    assert not copy.apply(late)
    assert 0 == copy.revision
    assert copy.apply({**late, "after": 0})
    assert 2 == copy.revision
