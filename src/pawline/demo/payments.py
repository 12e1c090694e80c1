"""What families of the demo were asked to pay, and whether they have."""

from collections.abc import Iterator, Sequence

from pawline.demo.cast import PracticePart
from pawline.demo.people import Row, Table
from pawline.demo.talk import AskedPayment
from pawline.demo.year import ToldThread
from pawline.threads.payment_model import PaymentRequest  # imports: fill.py says why
from pawline.threads.payment_rows import OPEN_FOR


def payment_tables(practice: PracticePart, told: Sequence[ToldThread]) -> Iterator[Table]:
    yield PaymentRequest, [_row(each) for thread in told if thread.past.practice_id == practice.id for each in thread.payments]


def _row(asked: AskedPayment) -> Row:
    return {
        "message_id": asked.message_id,
        "amount_minor": asked.amount_minor,
        "currency": "USD",
        "state": "requested" if asked.paid_at is None else "paid",
        "changed_at": asked.paid_at or asked.asked_at,
        "expires_at": asked.asked_at + OPEN_FOR,
        "attempt": 1,
        "session_id": None,
    }
