"""Texting with real processes: a web process for webhooks, workers that may die, and the simulated carrier between them."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from pawline.carriers.simulator.ledger import Entry, Ledger
from pawline.carriers.simulator.signature import build_signature
from tests.faults.chance import SEED
from tests.faults.client import Client, ConnectionLost
from tests.faults.database import rows_of
from tests.faults.scene import Scene
from tests.faults.text_cast import TextCast, Texter, add_texters
from tests.faults.text_checker import Change, Found, Text, TextRecord, TextVerdict, judge
from tests.faults.waiting import until
from tests.faults.web import WebProcess
from tests.faults.worker import WorkerProcess
from tests.simulated_carrier import SimulatedCarrier

UNDER_WAY = ("queued", "leased", "attempting", "unknown")


@dataclass(slots=True)
class TextScene:
    """``record`` is of this test; ``phones`` are those that no test before has used."""

    scene: Scene
    cast: TextCast
    carrier: SimulatedCarrier
    web: WebProcess
    phones: Iterator[str]
    record: TextRecord = field(default_factory=TextRecord)
    answers: Counter[str] = field(default_factory=Counter[str])
    _began: float = field(default_factory=time.monotonic)

    @property
    def ledger(self) -> Ledger:
        """The carrier's own, without asking for all of it again and again over HTTP."""
        return self.carrier.inside.desk.ledger

    async def begin(self) -> None:
        """What a failed test left queued is not for the next one to send."""
        await self.rows("UPDATE delivery SET state = 'cancelled' WHERE state IN ('queued', 'leased', 'attempting', 'unknown')")
        await self.rows("DELETE FROM delivery_change")
        await self.rows("DELETE FROM carrier_circuit")
        await self.carrier.reset()
        self.record = TextRecord()
        self.answers = Counter()
        self._began = time.monotonic()

    async def take_texts_at(self, web: WebProcess) -> None:
        """Tell the carrier where texts to the clinics' numbers go; without ``#rc=5``, which gives a busy machine 15 s."""
        for number in self.cast.numbers:
            await self.carrier.own(number.number, text_url=f"{web.url}/hooks/twilio/text")

    @asynccontextmanager
    async def another_web(self, database_url: str) -> AsyncGenerator[WebProcess]:
        """It takes the texts that come in meanwhile."""
        web = WebProcess(database_url, self.scene.folder, self.carrier.environment())
        await web.start()
        await self.take_texts_at(web)
        try:
            yield web
        finally:
            await self.take_texts_at(self.web)
            await web.stop()

    async def take(self, count: int) -> list[Texter]:
        """Clients with whom a conversation is open in which nothing was said yet."""
        return await add_texters(self.scene.url, self.cast, [next(self.phones) for _ in range(count)])

    def worker(self, *, failpoints: str = "", hurry: int = 20, carrier_url: str = "") -> WorkerProcess:
        """Its receipts come to the web process. ``carrier_url``: who stands before the carrier."""
        settings = {**self.carrier.environment(), "PAWLINE_PUBLIC_URL": self.web.url, "PAWLINE_HURRY": str(hurry)}
        settings["PAWLINE_CARRIER_TWILIO_BASE_URL"] = carrier_url or self.carrier.settings.public_url
        return WorkerProcess(self.scene.url, self.scene.folder, settings, failpoints=failpoints)

    def nora(self) -> Client:
        return self.scene.client(self.web, self.scene.cast.nora)

    async def send(self, client: Client, texter: Texter, body: str) -> None:
        """Nora writes, and repeats it until the API says that it is stored."""
        text = self.record.ask(texter.phone, body)
        draft = {"client_id": str(uuid4()), "body": body, "text_conversation_id": str(texter.conversation_id)}
        while text not in self.record.acknowledged:
            try:
                answer = await client.ask("POST", f"/api/v1/threads/{texter.thread_id}/messages", draft, seconds=60)
            except ConnectionLost:  # ended for its long rest, in the moment in which she wrote
                self.answers["lost"] += 1
                await asyncio.sleep(0.1)
                continue
            self.answers[str(answer.status)] += 1
            assert answer.status in (200, 201, 503), answer
            if answer.status == 503:
                await asyncio.sleep(float(answer.headers["retry-after"]))
            else:
                self.record.acknowledge(text)

    async def send_all(self, texters: Sequence[Texter], *, words: str, times: int = 1, at_once: int = 8) -> None:
        """``times`` texts to each, in order; several clients are written to at the same moment."""
        room = asyncio.Semaphore(at_once)

        async def send_some(texter: Texter) -> None:
            async with room:
                client = self.nora()
                for number in range(times):
                    await self.send(client, texter, f"{words} {number} {uuid4()}")
                client.close()

        await asyncio.gather(*(send_some(texter) for texter in texters))

    async def text_from(self, texters: Sequence[Texter], record: TextRecord, *, each: int) -> None:
        """Every client texts so often. Returns at once; the carrier goes on trying."""
        for texter in texters:
            await self.carrier.add_phone(texter.phone, "Olive")
            for number in range(each):
                text = record.ask(texter.phone, f"Pixel limps {number} {uuid4()}")
                await self.carrier.receive(from_=text.phone, to=texter.clinic_number.number, text=text.body, wait=False)

    async def until_handed_over(self, record: TextRecord, *, seconds: float) -> None:
        """Until the carrier goes on trying no more. What it calls seen, the product has acknowledged."""
        await until(lambda: not any(entry.state == "received" for entry in self.ledger), seconds=seconds)
        for entry in self.ledger.between(kind="inbound"):
            if entry.times_seen:
                record.acknowledge(Text(entry.from_number, entry.body))

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        return await rows_of(self.scene.url, query)

    async def states(self) -> Counter[str]:
        return Counter(dict(await self.rows("SELECT state, count(*) FROM delivery GROUP BY state")))

    async def states_of(self, texters: Sequence[Texter]) -> Counter[str]:
        listed = ", ".join(f"'{texter.phone}'" for texter in texters)
        query = f"SELECT state, count(*) FROM delivery WHERE to_number IN ({listed}) GROUP BY state"  # noqa: S608
        return Counter(dict(await self.rows(query)))

    async def until_sent(self, *, seconds: float) -> None:
        """Until nothing is under way any more. Raises TimeoutError."""
        begun = time.monotonic()
        while (await self.states()).keys() & set(UNDER_WAY):
            if time.monotonic() - begun > seconds:
                raise TimeoutError(await self.states())
            await asyncio.sleep(0.1)

    async def judge_sent(self) -> TextVerdict:
        found = [_on_ledger(entry) for entry in self.ledger.between(kind="outbound")]
        return judge(self.record, found, ambiguous=await self._ambiguous())

    async def judge_received(self, record: TextRecord) -> TextVerdict:
        """What clients texted, against what the team reads."""
        query = "SELECT e.from_number, m.body, m.created_at FROM message m JOIN inbound_event e ON e.message_id = m.id"
        found = [Found(Text(phone, body), at) for phone, body, at in await self.rows(query)]
        return judge(record, [each for each in found if each.text.phone in {text.phone for text in record.asked}])

    async def changes(self) -> list[Change]:
        return [Change(*row) for row in await self.rows("SELECT before, after FROM delivery_change ORDER BY id")]

    async def post_hook(self, http: httpx.AsyncClient, url: str, fields: dict[str, str]) -> int:
        """As the carrier signs and posts it."""
        signature = build_signature(self.carrier.settings.auth_token, url, fields)
        return (await http.post(url, data=fields, headers={"X-Twilio-Signature": signature})).status_code

    def report(self, name: str, verdict: TextVerdict, *, seed: int | None = None) -> str:
        seeded = f"{SEED}={seed} " if seed is not None else ""
        seconds = time.monotonic() - self._began
        return f"\n{name}: {verdict}; {seconds:.1f} s\nreplay: {seeded}make test ARGS='tests/faults -k {name}'"

    async def _ambiguous(self) -> Counter[Text]:
        query = (
            "SELECT d.to_number, d.body, count(*) FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id"
            " WHERE a.is_possible_duplicate GROUP BY 1, 2"
        )
        asked = self.record.asked
        found = Counter({Text(phone, body): count for phone, body, count in await self.rows(query)})
        return Counter({text: count for text, count in found.items() if text in asked})


def _on_ledger(entry: Entry) -> Found:
    return Found(Text(entry.to_number, entry.body), entry.at)
