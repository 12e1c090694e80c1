"""The checker itself: it has to see what it is there for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.faults.text_checker import Change, Found, Text, TextRecord, TextVerdict, downs, judge

OLIVE = "+12125550101"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GOOD = TextVerdict(ok=1, lost=0, recovered=0, duplicated=0, unexpected=0, withheld=0, after_stop=0, ambiguous=0, doubled=0)


def _record(*bodies: str) -> TextRecord:
    record = TextRecord()
    for body in bodies:
        record.acknowledge(record.ask(OLIVE, body))
    return record


def _found(*bodies: str, at: datetime = NOW) -> list[Found]:
    return [Found(Text(OLIVE, body), at) for body in bodies]


def test_a_text_that_is_there_once_is_ok() -> None:
    verdict = judge(_record("a"), _found("a"))

    assert GOOD == verdict
    assert verdict.is_good


def test_a_text_that_is_not_there_is_lost() -> None:
    verdict = judge(_record("a", "b"), _found("a"))

    assert replace(GOOD, lost=1) == verdict
    assert not verdict.is_good


def test_a_text_that_nobody_acknowledged_may_be_there() -> None:
    record = _record("a")
    record.ask(OLIVE, "b")

    assert replace(GOOD, recovered=1) == judge(record, _found("a", "b"))


def test_a_text_that_is_there_twice_is_duplicated_unless_that_was_counted() -> None:
    record, found = _record("a"), _found("a", "a")

    assert replace(GOOD, ok=0, duplicated=1) == judge(record, found)
    assert replace(GOOD, ok=0, ambiguous=1, doubled=1) == judge(record, found, ambiguous={Text(OLIVE, "a"): 1})
    assert 1 == judge(record, _found("a", "a", "a"), ambiguous={Text(OLIVE, "a"): 1}).duplicated


def test_a_text_that_nobody_sent_is_unexpected() -> None:
    verdict = judge(_record("a"), _found("a", "b"))

    assert replace(GOOD, unexpected=1) == verdict
    assert not verdict.is_good


def test_after_a_stop_nothing_comes_but_what_was_on_its_way_and_the_confirmation() -> None:
    record, later = _record("before", "withheld", "on its way", "You will get no more"), NOW + timedelta(seconds=1)
    record.stops[OLIVE] = NOW
    record.confirmations.add(Text(OLIVE, "You will get no more"))
    found = [*_found("before"), *_found("on its way", "You will get no more", at=later)]

    assert 1 == judge(record, found).after_stop
    record.in_flight.add(Text(OLIVE, "on its way"))
    assert replace(GOOD, ok=3, withheld=1) == judge(record, found)


def test_what_the_carrier_said_is_not_unsaid() -> None:
    assert [] == downs([Change("queued", "leased"), Change("leased", "queued"), Change("failed", "delivered")])
    assert [Change("delivered", "sent")] == downs([Change("sent", "delivered"), Change("delivered", "sent")])
    assert [Change("accepted", "queued")] == downs([Change("accepted", "queued")])
