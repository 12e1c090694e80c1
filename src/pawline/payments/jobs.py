"""What happens later: checkouts of what was called off are closed, and what nobody paid in time is over."""

from sqlalchemy import text

from pawline.payments.provider import provider_of
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.settings import Settings
from pawline.threads.entries import lock_thread, touch_message
from pawline.threads.payment_rows import end_request

_AT_ONCE = 200
# tenancy: sweeps over all practices; each request is then ended in its own.
_DUE = text("""
SELECT y.practice_id, y.message_id, m.thread_id
FROM payment_request y JOIN message m ON m.practice_id = y.practice_id AND m.id = y.message_id
WHERE y.state = 'requested' AND y.expires_at <= :now ORDER BY y.expires_at LIMIT :most
""")


async def close_checkout_now(settings: Settings, *, session_id: str) -> None:
    if settings.payments is not None:
        async with provider_of(settings) as provider:
            await provider.close_checkout(session_id)


async def expire_requests(database: Database) -> None:
    async with database.single_statements() as connection:
        due = (await connection.execute(_DUE, {"now": clock.now(), "most": _AT_ONCE})).all()
    for each in due:
        async with database.transaction() as uow:
            await lock_thread(uow, each.practice_id, each.thread_id)
            if await end_request(uow, each.practice_id, each.message_id, state="expired"):
                await touch_message(uow, each.practice_id, each.message_id)
