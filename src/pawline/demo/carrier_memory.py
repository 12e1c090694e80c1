"""What the simulated carrier knows at its first start: the texts that the demo's practices and clients sent before."""

import msgspec
from sqlalchemy import text

from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.opt_outs import Pair
from pawline.carriers.simulator.phone_book import cast
from pawline.carriers.simulator.state_file import State
from pawline.demo.carrier_process import OwnedNumber, state_file
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.settings import Settings
from pawline.texting.segments import count_segments

# tenancy: a carrier serves all practices; these are the made-up ones of the demo.
_NUMBERS = text("""
SELECT n.number, c.name FROM number n JOIN clinic c ON c.practice_id = n.practice_id AND c.id = n.clinic_id
WHERE n.number IS NOT NULL AND n.state IN ('assigned', 'enabled') ORDER BY n.number
""")
_OUT = text(  # tenancy: as above
    """
SELECT d.from_number, d.to_number, d.body, d.segments, d.state, d.queued_at AS at, d.sent_at, d.delivered_at,
    d.carrier_message_id, nullif(d.carrier_code, '') AS carrier_code
FROM delivery d WHERE d.carrier_message_id IS NOT NULL ORDER BY d.queued_at, d.id
"""
)
# tenancy: as above.
_IN = text("""
SELECT m.id, c.contact_number, n.number, m.body, m.created_at AS at
FROM message m
JOIN conversation c ON c.practice_id = m.practice_id AND c.id = m.conversation_id AND c.channel = 'sms'
JOIN number n ON n.practice_id = c.practice_id AND n.id = c.number_id
WHERE m.author_kind = 'contact' ORDER BY m.created_at
""")
# tenancy: as above.
_BLOCKS = text("""
SELECT n.number, b.contact_number FROM carrier_block b
JOIN number n ON n.practice_id = b.practice_id AND n.id = b.number_id
""")


async def remember_texts(settings: Settings, database_url: str) -> list[OwnedNumber]:
    """The numbers in use. Where the carrier has no memory yet, it gets one."""
    database = Database(database_url, connections=1)
    try:
        async with database.transaction() as uow:
            path = state_file(settings)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(msgspec.json.encode(await _state(uow)))
            return [OwnedNumber(row.number, row.name) for row in await uow.execute(_NUMBERS)]
    finally:
        await database.close()


async def _state(uow: UnitOfWork) -> State:
    entries = [*await _texts_out(uow), *await _texts_in(uow)]
    blocked = [Pair(row.number, row.contact_number) for row in await uow.execute(_BLOCKS)]
    entries.sort(key=lambda entry: entry.at)
    return State(entries=entries, blocked=blocked, numbers=[], verifications=[], phones=cast())


async def _texts_out(uow: UnitOfWork) -> list[Entry]:
    return [
        Entry(
            sid=f"SM{row.carrier_message_id}",
            kind="outbound",
            from_number=row.from_number,
            to_number=row.to_number,
            body=row.body,
            segments=row.segments,
            state="delivered" if row.state == "delivered" else "undelivered",
            at=row.at,
            error_code=int(row.carrier_code) if row.carrier_code else None,
            sent_at=row.sent_at,
            arrived_at=row.delivered_at,
            times_seen=1 if row.delivered_at else 0,
        )
        for row in await uow.execute(_OUT)
    ]


async def _texts_in(uow: UnitOfWork) -> list[Entry]:
    return [
        Entry(
            sid=f"SM{row.id.hex}",
            kind="inbound",
            from_number=row.contact_number,
            to_number=row.number,
            body=row.body,
            segments=count_segments(row.body).count,
            state="handed_over",
            at=row.at,
            times_seen=1,
        )
        for row in await uow.execute(_IN)
    ]
