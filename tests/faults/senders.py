"""Clients that send until they are told it is stored, and the record of what they asked and were told."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from tests.faults.client import Client, ConnectionLost

LONGEST_WAIT_SECONDS = 8


@dataclass(slots=True)
class Sent:
    """One message as its sender saw it: ``acknowledged_as`` has every message id the server gave for it."""

    thread_id: UUID
    author_id: UUID
    body: str
    tries: int = 0
    acknowledged_as: set[str] = field(default_factory=set[str])


@dataclass(slots=True)
class Record:
    """By client-made id. ``answers`` counts statuses, and "lost" where no answer came."""

    sent: dict[UUID, Sent] = field(default_factory=dict[UUID, Sent])
    answers: Counter[str] = field(default_factory=Counter[str])
    acknowledged: int = 0


class Sender:
    """One person's program at one thread."""

    def __init__(self, client: Client, thread_id: UUID, record: Record, *, random: Random) -> None:
        assert client.person is not None
        self._client = client
        self._person = client.person
        self._thread_id = thread_id
        self._record = record
        self._random = random

    async def send(self) -> None:
        """Send one new message; repeat it under the same id until it is acknowledged."""
        client_id = UUID(int=self._random.getrandbits(128), version=4)
        sent = Sent(self._thread_id, self._person.person_id, f"Pixel {client_id}")
        self._record.sent[client_id] = sent
        while True:
            if await self._is_acknowledged(client_id, sent):
                return
            # Jittered back-off, as in the browser: a herd that comes back at once would keep the server from starting.
            await asyncio.sleep(self._random.uniform(0.5, 1) * min(2**sent.tries, LONGEST_WAIT_SECONDS))

    async def _is_acknowledged(self, client_id: UUID, sent: Sent) -> bool:
        sent.tries += 1
        try:
            answer = await self._client.post(sent.thread_id, client_id, sent.body)
        except ConnectionLost:
            self._record.answers["lost"] += 1
            return False
        except TimeoutError:
            self._record.answers["timed out"] += 1
            return False
        self._record.answers[str(answer.status)] += 1
        if answer.status not in (200, 201):
            return False
        sent.acknowledged_as.add(answer.json["id"])
        self._record.acknowledged += 1
        return True
