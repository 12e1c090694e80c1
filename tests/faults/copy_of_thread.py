"""What a client knows of a thread, kept as the API's documentation says: by revision, in any order, any number of times."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.faults.client import Client

Row = dict[str, Any]


@dataclass(slots=True)
class CopyOfThread:
    """``revision`` is contiguous: everything up to it is here."""

    thread_id: UUID
    revision: int = 0
    last_seq: int = 0
    messages: dict[str, Row] = field(default_factory=dict[str, Row])
    conversations: dict[str, Row] = field(default_factory=dict[str, Row])
    read_marks: dict[str, Row] = field(default_factory=dict[str, Row])

    def apply(self, changes: Row) -> bool:
        """False when something before these changes is missing."""
        _keep_newest(self.messages, changes["messages"], "id")
        _keep_newest(self.conversations, changes["conversations"], "id")
        _keep_newest(self.read_marks, changes["read_marks"], "person_id")
        self.last_seq = max(self.last_seq, changes["last_seq"])
        if not changes["is_complete"] or changes["after"] > self.revision:
            return False
        self.revision = max(self.revision, changes["revision"])
        return True

    async def catch_up(self, client: Client) -> None:
        """Ask for what is missing; load everything when too much is."""
        if not self.apply(await client.get(f"/threads/{self.thread_id}/changes?after={self.revision}")):
            await self.load(client)

    async def load(self, client: Client) -> None:
        page = snapshot = await client.get(f"/threads/{self.thread_id}")
        self.apply({**snapshot, "after": 0, "is_complete": True})
        while page["has_older"]:
            page = await client.get(f"/threads/{self.thread_id}/messages?limit=200&before={page['messages'][0]['seq']}")
            _keep_newest(self.messages, page["messages"], "id")


def _keep_newest(kept: dict[str, Row], arriving: list[Row], key: str) -> None:
    for row in arriving:
        known = kept.get(row[key])
        if known is None or known["revision"] < row["revision"]:
            kept[row[key]] = row
