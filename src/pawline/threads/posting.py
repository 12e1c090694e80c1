"""Storing posts: those that wait at the same moment share one statement and one commit.

Threads are spread over a few lanes with at most one batch in flight each, so that two batches of this process never
touch the same thread and order within a thread is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

import msgspec

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.batching import Batcher
from pawline.platform.db import Database
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.ids import new_id
from pawline.threads.access import sql_access
from pawline.threads.drafts import MessageDraft

# Measured: two lanes make smaller batches, and each pays its own commit. More than one is for a machine with cores to spare.
LANES = 1
MOST_IN_A_BATCH = 50
FULL = files("pawline.threads").joinpath("post_messages.sql").read_text()
# Most batches have neither pets nor files; leaving those parts out saves a third of the statement's cost.
LEAN = re.sub(r"-- with pets or files\n.*-- end\n", "", FULL, flags=re.DOTALL)


@dataclass(frozen=True, slots=True)
class Post:
    """One draft on its way: who posts it where, and the ids it gets if it is stored."""

    author: Actor
    thread_id: UUID
    draft: MessageDraft
    request_hash: bytes
    message_id: UUID


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database says of a stored post. ``opened_title`` is set when the post opened a conversation."""

    seq: int
    revision: int
    clinic_id: UUID
    family_id: UUID
    conversation_id: UUID
    opened_title: str | None
    created_at: datetime
    last_message_at: datetime


class PostingLanes:
    def __init__(self, database: Database) -> None:
        self._lanes = [Lane(database.url, f"pawline lane {number}") for number in range(LANES)]

    async def store(self, author: Actor, thread_id: UUID, draft: MessageDraft) -> tuple[Post, Stored | None]:
        """Store one post, together with what else waits. None: not stored; the caller finds out why."""
        post = Post(author, thread_id, draft, draft.content_hash(thread_id), new_id())
        lane = self._lanes[thread_id.int % LANES]
        return post, await lane.submit(post)

    async def drain(self) -> None:
        for lane in self._lanes:
            await lane.drain()


class Lane:
    """One connection, at most one batch in flight."""

    def __init__(self, url: str, name: str) -> None:
        self._connection = DedicatedConnection(url, name)
        self._batches: Batcher[Post, Stored | None] = Batcher(self._store, most=MOST_IN_A_BATCH)
        self.submit = self._batches.submit

    async def drain(self) -> None:
        await self._batches.drain()
        await self._connection.close()

    async def _store(self, posts: Sequence[Post]) -> list[Stored | Exception | None]:
        now = clock.now()
        results: list[Stored | Exception | None] = [None] * len(posts)
        drafts = msgspec.json.encode([_as_record(number, post) for number, post in enumerate(posts)]).decode()
        is_lean = not any(post.draft.pet_ids or post.draft.attachment_ids for post in posts)
        for row in await self._connection.fetch(LEAN if is_lean else FULL, {"drafts": drafts, "now": now}):
            results[row.ord] = _stored(row, now)
        return results


def _as_record(number: int, post: Post) -> dict[str, Any]:
    author, draft = post.author, post.draft
    return {
        "ord": number,
        "practice_id": author.practice_id,
        "thread_id": post.thread_id,
        "message_id": post.message_id,
        "offered_conversation_id": new_id(),
        "client_id": draft.client_id,
        "request_hash": post.request_hash.hex(),
        "author_id": author.person_id,
        "author_name": author.name,
        "author_kind": author.kind,
        "kind": draft.kind,
        "body": draft.body,
        "pet_ids": draft.pet_ids,
        "attachment_ids": draft.attachment_ids,
        **sql_access(author),
    }


def _stored(row: Any, now: datetime) -> Stored:
    return Stored(
        seq=row.seq,
        revision=row.revision,
        clinic_id=row.clinic_id,
        family_id=row.family_id,
        conversation_id=row.conversation_id,
        opened_title=row.opened_title,
        created_at=now,
        last_message_at=row.last_message_at,
    )
