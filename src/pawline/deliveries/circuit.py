"""When a carrier fails several times in a row, nothing is sent over it for a while; then one text tries whether it is back."""

from sqlalchemy import text

from pawline.carriers.interface import FailureReason
from pawline.deliveries.desk import SendingDesk

# Its trouble or ours with it; a refusal of one text, or of a fast number, shows that it works.
TROUBLES = {FailureReason.CARRIER_TROUBLE, FailureReason.ACCOUNT_REFUSED}
# Nothing is written as long as all is well: the row would be the one that every send waits for.
_WORKS = text("""
    UPDATE carrier_circuit c SET failures = 0, open_until = NULL
    WHERE c.carrier = :carrier AND (c.failures > 0 OR c.open_until IS NOT NULL)
""")
_FAILS = text("""
    INSERT INTO carrier_circuit AS c (carrier, failures, open_until) VALUES (:carrier, 1, NULL)
    ON CONFLICT (carrier) DO UPDATE
    SET failures = c.failures + 1,
        open_until = CASE WHEN c.failures + 1 >= :most THEN now() + make_interval(secs => :pause) END
""")


async def record_working(desk: SendingDesk, carrier: str) -> None:
    async with desk.database.single_statements() as connection:
        await connection.execute(_WORKS, {"carrier": carrier})


async def record_failing(desk: SendingDesk, carrier: str) -> None:
    values = {"carrier": carrier, "most": desk.pace.circuit_failures, "pause": desk.pace.circuit_pause}
    async with desk.database.single_statements() as connection:
        await connection.execute(_FAILS, values)
