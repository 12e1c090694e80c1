"""A number passes on so many segments a second, whatever is asked of it."""

import time

import pytest

from pawline.carriers.simulator.outbound import TextAsked
from pawline.carriers.simulator.refusals import QUEUE_FULL, Refused
from tests.simulated_carrier import OLIVE, PRIYA, SimulatedCarrier


@pytest.mark.parametrize(
    ("number", "to", "seconds"), [("+18885550142", OLIVE, 10 / 3), ("+14155550150", OLIVE, 10.0), ("+447700900001", PRIYA, 1.0)]
)
async def test_texts_leave_at_the_number_s_own_pace_and_in_order(
    carrier: SimulatedCarrier, number: str, to: str, seconds: float
) -> None:
    await carrier.own(number)
    await carrier.weather(speed=20)
    started = time.monotonic()
    for count in range(6):
        carrier.inside.outbound.take(TextAsked(from_number=number, to_number=to, body=f"{count}" + "x" * 200))
    await carrier.until(lambda entries: all(entry.sent_at for entry in entries))
    took = time.monotonic() - started
    order = sorted(await carrier.ledger(), key=lambda entry: str(entry.sent_at))

    assert seconds / 20 <= took
    assert [str(count) for count in range(6)] == [entry.body[0] for entry in order]


async def test_queue_is_ten_hours_long(carrier: SimulatedCarrier) -> None:
    await carrier.own("+14155550150")
    await carrier.weather(speed=0.001)
    asked = TextAsked(from_number="+14155550150", to_number=OLIVE, body="x" * 1530)

    for _ in range(3_601):
        carrier.inside.outbound.take(asked)

    with pytest.raises(Refused) as refused:
        carrier.inside.outbound.take(asked)
    assert QUEUE_FULL == refused.value.code
