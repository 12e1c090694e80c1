"""What happens to Northside's texts beyond its screens: the carrier takes them, and says what became of them."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

from pawline.carriers.interface import FailureReason, Receipt, ReceiptState
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.dispatching import Dispatcher
from pawline.deliveries.pace import Pace
from pawline.deliveries.receipts import record_receipt
from pawline.threads.entries import touch_message
from tests.browser.people import row_of
from tests.browser.windows import DESK, Desktops, Look, Window
from tests.texting_scene import OLIVE, Texting
from tests.world import Caller

HURRIED = Pace().hurried(20)
REASON = FailureReason.UNREACHABLE


async def text_thread(desktops: Desktops, texting: Texting, *, person: Caller | None = None, look: Look = DESK) -> Window:
    """Nora, or somebody else of the team, in Olive's thread, to which Olive has texted."""
    window = await desktops.open(f"/staff/threads/{texting.world.thread_id}", person=person or texting.world.nora, look=look)
    await window.field.wait_for()
    return window


async def carry(texting: Texting) -> None:
    """The carrier is handed all that waits."""
    desk = texting.desk
    dispatcher = Dispatcher(desk.database, desk.carriers, touch_message, settings=desk.settings, pace=HURRIED)
    running = asyncio.create_task(dispatcher.run())
    try:
        async with asyncio.timeout(60):
            while await texting.rows(_UNDER_WAY):  # noqa: ASYNC110 - what it waits for is in the database
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def tell(texting: Texting, body: str, state: ReceiptState, **values: Any) -> None:
    """The carrier says what became of the text with these words."""
    [row] = await texting.rows(_LAST_ATTEMPT, body=body)
    key = AttemptKey(UUID(texting.world.practice_id), row.delivery_id, row.id)
    receipt = Receipt(carrier_message_id=row.carrier_message_id, state=state, **values)
    async with texting.desk.database.transaction() as uow:
        await record_receipt(uow, key, receipt, touch=touch_message)


async def fail(texting: Texting, body: str) -> None:
    await carry(texting)
    await tell(texting, body, ReceiptState.FAILED, reason=REASON, carrier_code="30003")


async def make_british(texting: Texting) -> None:
    """Hill Street is in the United Kingdom from now on, where texts carry no files."""
    await texting.rows("UPDATE clinic SET country = 'GB' WHERE practice_id = :practice_id RETURNING id")


async def olive_texts(texting: Texting, body: str = "Pixel is limping") -> None:
    await texting.receive(body, from_=OLIVE)


__all__ = ["REASON", "carry", "fail", "make_british", "olive_texts", "row_of", "tell", "text_thread"]

_UNDER_WAY = """
    SELECT id FROM delivery
    WHERE practice_id = :practice_id AND (state IN ('leased', 'attempting') OR state = 'queued' AND due_at < now())
"""
_LAST_ATTEMPT = """
    SELECT a.id, a.delivery_id, a.carrier_message_id FROM delivery_attempt a
    JOIN delivery d ON d.practice_id = a.practice_id AND d.id = a.delivery_id
    WHERE a.practice_id = :practice_id AND d.body = :body ORDER BY a.begun_at DESC LIMIT 1
"""
