"""One claimed text on its way to the carrier, step by step. A worker may die at each of them."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from pawline.carriers.interface import Accepted, OutcomeUnknown, SendFailed, TextToSend
from pawline.deliveries import circuit
from pawline.deliveries.beginning import Attempt, MayNotGo, begin, put_back, require_still_ours
from pawline.deliveries.claiming import Claimed
from pawline.deliveries.desk import SendingDesk
from pawline.deliveries.outcomes import record_accepted, record_refused, record_unknown, record_verdict
from pawline.deliveries.receipts import receipt_url
from pawline.platform.errors import Unavailable
from pawline.platform.failpoints import reach, reach_during
from pawline.platform.tracing import span

Answer = Accepted | SendFailed | OutcomeUnknown

_RECORDING_TRIES = 5
_log = structlog.get_logger()


async def attempt_claimed(desk: SendingDesk, claimed: Claimed) -> None:
    """Send one text, or find out that it may not go, and write down what became of it."""
    await reach("deliveries.after_claim")
    if claimed.verdict is not None:
        await record_verdict(desk, claimed)
        return
    attempt: Attempt | None = None
    try:
        attempt = await begin(desk, claimed)
        await reach("deliveries.after_attempt")
        await require_still_ours(desk, attempt)
    except MayNotGo:
        await put_back(desk, claimed, attempt=attempt)
        return
    answer = await _call_carrier(desk, attempt)
    await reach("deliveries.after_answer")
    await _until_recorded(lambda: _record(desk, attempt, answer))


async def _call_carrier(desk: SendingDesk, attempt: Attempt) -> Answer:
    carrier, claimed = desk.carriers[attempt.claimed.carrier], attempt.claimed
    to_send = TextToSend(
        from_number=claimed.from_number,
        to_number=claimed.to_number,
        body=claimed.body,
        reference=attempt.key.reference,
        receipt_url=receipt_url(desk.settings, claimed.carrier, attempt.key),
    )
    try:
        async with asyncio.timeout(desk.pace.longest_call):
            with span("call carrier", carrier=claimed.carrier):
                return await reach_during("deliveries.after_request", carrier.send(to_send))
    except (SendFailed, OutcomeUnknown) as answer:
        return answer
    except TimeoutError:
        return OutcomeUnknown("no answer in time")
    except Exception as error:  # noqa: BLE001 - whatever went wrong over there, the text may be on its way
        _log.exception("carrier_call_failed", carrier=claimed.carrier, delivery_id=str(claimed.id))
        return OutcomeUnknown(type(error).__name__)


async def _record(desk: SendingDesk, attempt: Attempt, answer: Answer) -> None:
    match answer:
        case Accepted(carrier_message_id):
            await record_accepted(desk, attempt, carrier_message_id)
        case SendFailed():
            _log.warning(
                "text_refused",
                delivery_id=str(attempt.claimed.id),
                reason=answer.reason.name.lower(),
                carrier_code=answer.carrier_code,
            )
            await record_refused(desk, attempt, answer)
        case OutcomeUnknown():
            _log.warning("text_outcome_unknown", delivery_id=str(attempt.claimed.id), cause=str(answer))
            await record_unknown(desk, attempt)
    is_trouble = isinstance(answer, OutcomeUnknown) or (isinstance(answer, SendFailed) and answer.reason in circuit.TROUBLES)
    record_circuit = circuit.record_failing if is_trouble else circuit.record_working
    await record_circuit(desk, attempt.claimed.carrier)


async def _until_recorded(record: Callable[[], Awaitable[None]]) -> None:
    """An answer that is lost for a restarting database would have to be looked for at the carrier."""
    for tries in range(1, _RECORDING_TRIES + 1):
        try:
            await record()
        except Unavailable:
            if tries == _RECORDING_TRIES:
                raise
            await asyncio.sleep(tries * 0.5)
        else:
            return
