"""Storing posts: those that wait at the same moment share one statement and one commit.

Threads are spread over a few lanes with at most one batch in flight each, so that two batches of this process never
touch the same thread and order within a thread is kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.batching import Batcher
from pawline.platform.db import LIVE_CHANNEL, PROCESS, Database
from pawline.platform.ids import new_id
from pawline.threads.access import sql_access
from pawline.threads.drafts import MessageDraft

LANES = 4
MOST_IN_A_BATCH = 50
_STATEMENT = text(files("pawline.threads").joinpath("post_messages.sql").read_text())


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
        self._database = database
        self._lanes = [Batcher(self._store, most=MOST_IN_A_BATCH) for _ in range(LANES)]

    async def store(self, author: Actor, thread_id: UUID, draft: MessageDraft) -> tuple[Post, Stored | None]:
        """Store one post, together with what else waits. None: not stored; the caller finds out why."""
        post = Post(author, thread_id, draft, draft.content_hash(thread_id), new_id())
        lane = self._lanes[thread_id.int % LANES]
        return post, await lane.submit(post)

    async def drain(self) -> None:
        for lane in self._lanes:
            await lane.drain()

    async def _store(self, posts: Sequence[Post]) -> list[Stored | Exception | None]:
        now = clock.now()
        results: list[Stored | Exception | None] = [None] * len(posts)
        drafts = json.dumps([_as_record(number, post) for number, post in enumerate(posts)])
        parameters = {"drafts": drafts, "now": now, "channel": LIVE_CHANNEL, "sender": PROCESS}
        async with self._database.single_statements() as connection:
            for row in await connection.execute(_STATEMENT, parameters):
                results[row.ord] = _stored(row, now)
        return results


def _as_record(number: int, post: Post) -> dict[str, Any]:
    author, draft, access = post.author, post.draft, sql_access(post.author)
    return {
        "ord": number,
        "practice_id": str(author.practice_id),
        "thread_id": str(post.thread_id),
        "message_id": str(post.message_id),
        "offered_conversation_id": str(new_id()),
        "client_id": str(draft.client_id),
        "request_hash": post.request_hash.hex(),
        "author_id": str(author.person_id),
        "author_name": author.name,
        "author_kind": author.kind,
        "kind": draft.kind,
        "body": draft.body,
        "clinic_ids": [str(clinic_id) for clinic_id in access["clinic_ids"]],
        "family_id": str(access["family_id"]) if access["family_id"] else None,
        "pet_ids": [str(pet_id) for pet_id in draft.pet_ids],
        "attachment_ids": [str(attachment_id) for attachment_id in draft.attachment_ids],
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
