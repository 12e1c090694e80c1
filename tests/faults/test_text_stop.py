"""STOP races a thousand texts that are queued for the same phone: none leaves any more, and those to others all arrive."""

import asyncio
from datetime import datetime
from itertools import cycle

import pytest

from pawline.texting.wordings import STOPPED
from tests.faults.telling import Tell
from tests.faults.text_cast import Texter
from tests.faults.text_checker import Text, downs
from tests.faults.text_queue import queue_reminders, queue_texts
from tests.faults.text_scene import TextScene
from tests.faults.waiting import until
from tests.faults.worker import running

pytestmark = [pytest.mark.faults, pytest.mark.slow(seconds=40)]

OTHERS = 50
SENT_BEFORE = 10


@pytest.mark.parametrize(
    ("word", "texts"),
    # This carrier stops by itself at STOP on a toll-free number; all other words are for the product alone to obey.
    [("UNSUBSCRIBE", 1000), ("STOP", 100)],
)
async def test_stop_overtakes_what_is_queued(texting: TextScene, tell: Tell, word: str, texts: int) -> None:
    """F-33, P-10: nothing leaves after the commit but the one text that was on its way."""
    [stopper, *others] = await texting.take(1 + OTHERS)
    await texting.carrier.add_phone(stopper.phone, "Olive")
    await texting.carrier.weather(speed=1000)
    url, nora = texting.scene.url, texting.scene.cast.nora
    await queue_texts(url, texting.cast, texting.record, messages=[(stopper, nora)] * texts)
    await queue_reminders(url, texting.cast, texting.record, texters=cycle(others), count=texts)
    async with running(texting.worker(hurry=4)):
        await until(lambda: len(texting.ledger.between(to_number=stopper.phone)) >= SENT_BEFORE, seconds=120)
        texted = await texting.carrier.receive(from_=stopper.phone, to=stopper.clinic_number.number, text=word, wait=False)
        seconds = await until(lambda: _is_taken(texting, texted.sid), seconds=120)
        if word != "STOP":
            _expect_confirmation(texting, stopper)
        await texting.until_sent(seconds=300)
        await asyncio.sleep(1)
    texting.record.stops[stopper.phone] = stopped_at = await _stopped_at(texting, stopper)
    in_flight = await _in_flight(texting, stopper, stopped_at)
    texting.record.in_flight |= in_flight
    verdict = await texting.judge_sent()
    tell(texting.report("stop_overtakes", verdict))
    tell(f"{word}: answered after {seconds:.2f} s; in flight at that moment {len(in_flight)}")

    assert verdict.is_good, verdict
    assert texts == verdict.withheld + len(_on_ledger(texting, stopper) - texting.record.confirmations)
    assert verdict.withheld > texts // 2
    assert len(in_flight) <= 1
    assert await _every_message_has_a_revision_of_its_own(texting, stopper)
    assert [] == downs(await texting.changes())


def _expect_confirmation(texting: TextScene, stopper: Texter) -> None:
    confirmation = texting.record.ask(stopper.phone, STOPPED.format(practice="Northside Veterinary"))
    texting.record.acknowledge(confirmation)
    texting.record.confirmations.add(confirmation)


def _is_taken(texting: TextScene, sid: str) -> bool:
    entry = texting.ledger.find(sid)
    return entry is not None and entry.state == "handed_over"


async def _stopped_at(texting: TextScene, stopper: Texter) -> datetime:
    """Before the commit, and after the moment from which nothing can be claimed for this phone."""
    query = f"SELECT min(at) FROM consent_event WHERE contact_number = '{stopper.phone}' AND action IN ('out', 'blocked')"  # noqa: S608
    [(stopped_at,)] = await texting.rows(query)
    return stopped_at


async def _in_flight(texting: TextScene, stopper: Texter, stopped_at: datetime) -> set[Text]:
    """Written down as attempts before, and not answered by then."""
    query = (
        f"SELECT d.body FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id WHERE d.to_number = '{stopper.phone}'"  # noqa: S608
        f" AND a.begun_at < '{stopped_at}' AND coalesce(a.ended_at, 'infinity') > '{stopped_at}' AND NOT d.confirms_opt_out"
    )
    return {Text(stopper.phone, body) for (body,) in await texting.rows(query)}


def _on_ledger(texting: TextScene, stopper: Texter) -> set[Text]:
    return {Text(entry.to_number, entry.body) for entry in texting.ledger.between(to_number=stopper.phone, kind="outbound")}


async def _every_message_has_a_revision_of_its_own(texting: TextScene, stopper: Texter) -> bool:
    """Screens ask for what changed after a revision; two messages with one would hide each other."""
    query = (
        "SELECT count(*) = count(DISTINCT m.revision) AND max(m.revision) <= max(t.revision)"  # noqa: S608
        f" FROM message m JOIN thread t ON t.id = m.thread_id WHERE t.id = '{stopper.thread_id}'"
    )
    [(is_so,)] = await texting.rows(query)
    return is_so
