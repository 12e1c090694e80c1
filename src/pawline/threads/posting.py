"""Storing posts: those that wait at the same moment share one statement and one commit.

Nobody waits for a timer: a batch is whatever came while the one before was under way. Most posts are plain texts, and
have a statement of their own, which also finds out whether their authors may post them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.errors import UniqueViolation

from pawline.consent.app_terms import VERSION
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.batching import Batcher
from pawline.platform.db import Database
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.failpoints import reach, reach_during
from pawline.platform.ids import new_id
from pawline.platform.tracing import span
from pawline.threads.access import posting_access
from pawline.threads.drafts import MessageDraft
from pawline.threads.payment_rows import OPEN_FOR
from pawline.threads.post_statements import ANY_POST, ONE_TEXT, TEXTS, one_text_values

# Lanes beyond the first carry a post each while there is little to do: nobody waits for the commit of another. Under load
# they rest, for two lanes make smaller batches, and each pays its own statement and commit.
LANES = 2
MOST_IN_A_BATCH = 50
# A batch is a few rows, each found by its key. The planner, who cannot know, would read whole tables while they are small, and
# might plan each post anew.
BY_KEY = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan"


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


@dataclass(frozen=True, slots=True)
class Act:
    """A statement that stores posts, and what it is told of each. ``alone``: what stores a single one, by its author's kind."""

    statement: str
    as_record: Callable[[int, Post], dict[str, Any]]
    alone: Mapping[str, str] = field(default_factory=dict[str, str])

    def of(self, records: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
        """The statement for these, and its values."""
        if len(records) == 1 and self.alone:
            return self.alone[records[0]["author_kind"]], one_text_values(records[0])
        return self.statement, {"drafts": msgspec.json.encode(records).decode()}


class PostingLanes:
    """While few posts are under way each gets a lane to itself; as soon as more come they share the batches of one."""

    def __init__(self, database: Database) -> None:
        self._texts = [
            Lane(database.url, f"pawline texts {number}", Act(TEXTS, _text_as_record, ONE_TEXT)) for number in range(LANES)
        ]
        self._any = Lane(database.url, "pawline posts", Act(ANY_POST, _any_as_record))

    async def store(self, author: Actor, thread_id: UUID, draft: MessageDraft) -> tuple[Post, Stored | None]:
        """Store one post, together with what else waits. None: not stored; the caller finds out why."""
        post = _post(author, thread_id, draft)
        stored = await self._lane_for(thread_id).store(post) if draft.is_plain_text else None
        return post, stored or await self._any.store(post)

    async def store_text(self, presumed: Actor, thread_id: UUID, draft: MessageDraft) -> tuple[Post, Stored | None]:
        """The same for a plain text of somebody who may have lost the right to post it: then it is not stored."""
        post = _post(presumed, thread_id, draft)
        return post, await self._lane_for(thread_id).store(post)

    async def drain(self) -> None:
        for lane in (*self._texts, self._any):
            await lane.drain()

    def _lane_for(self, thread_id: UUID) -> "Lane":
        for lane in self._texts:
            if thread_id in lane.threads:
                return lane  # another one would wait for that thread as well
        if sum(len(lane.threads) for lane in self._texts) < LANES:
            return next(lane for lane in self._texts if not lane.threads)
        return self._texts[0]


class Lane:
    """One act, one connection, at most one batch in flight. ``threads``: how many posts of each are under way."""

    def __init__(self, url: str, name: str, act: Act) -> None:
        self.threads: Counter[UUID] = Counter()
        self._act = act
        self._connection = DedicatedConnection(url, name, options=BY_KEY)
        self._batches: Batcher[Post, Stored | None] = Batcher(self._store, most=MOST_IN_A_BATCH)

    async def store(self, post: Post) -> Stored | None:
        self.threads[post.thread_id] += 1
        try:
            with span("store post"):
                return await self._batches.submit(post)
        finally:
            self.threads[post.thread_id] -= 1
            if not self.threads[post.thread_id]:
                del self.threads[post.thread_id]

    async def drain(self) -> None:
        await self._batches.drain()
        await self._connection.close()

    async def _store(self, posts: Sequence[Post]) -> list[Stored | Exception | None]:
        now = clock.now()
        results: list[Stored | Exception | None] = [None] * len(posts)
        records = [self._act.as_record(number, post) for number, post in enumerate(posts) if not _is_second(posts, number)]
        statement, values = self._act.of(records)
        try:
            await reach("posts.before_store")
            storing = self._connection.fetch(statement, {**values, "now": now, "terms": VERSION})
            rows = await reach_during("posts.during_store", storing)
            await reach("posts.after_store")
        except UniqueViolation as error:
            if len(posts) > 1 or error.diag.constraint_name != "one_message_per_client_id":
                raise
            return [None]  # the same post was stored by another process just now
        for row in rows:
            results[row.ord] = _stored(row, now)
        return results


def _is_second(posts: Sequence[Post], number: int) -> bool:
    """Whether a colleague answers in the same thread in the same batch. It is not stored then: the next batch sees the answer."""
    post = posts[number]
    return _asks(post) and any(
        each.thread_id == post.thread_id and each.author.is_staff and each.author.person_id != post.author.person_id
        for each in posts[:number]
    )


def _asks(post: Post) -> bool:
    return post.author.is_staff and post.draft.asks_before


def _post(author: Actor, thread_id: UUID, draft: MessageDraft) -> Post:
    return Post(author, thread_id, draft, draft.content_hash(thread_id), new_id())


def _text_as_record(number: int, post: Post) -> dict[str, Any]:
    author = post.author
    return {
        "ord": number,
        "practice_id": author.practice_id,
        "thread_id": post.thread_id,
        "message_id": post.message_id,
        "client_id": post.draft.client_id,
        "request_hash": post.request_hash.hex(),
        "session_id": author.session_id,
        "author_id": author.person_id,
        "author_name": author.name,
        "author_kind": author.kind,
        "author_role": author.role,
        "body": post.draft.body,
        "seen_up_to": post.draft.seen_up_to if _asks(post) else None,
        **posting_access(author),
    }


def _any_as_record(number: int, post: Post) -> dict[str, Any]:
    draft = post.draft
    return {
        **_text_as_record(number, post),
        "offered_conversation_id": new_id(),
        "kind": draft.kind,
        "pet_ids": draft.pet_ids,
        "attachment_ids": draft.attachment_ids,
        "mention_ids": draft.mention_ids,
        **_payment_as_record(draft),
    }


def _payment_as_record(draft: MessageDraft) -> dict[str, Any]:
    if draft.payment is None:
        return {}
    until = clock.now() + OPEN_FOR
    return {"payment_minor": draft.payment.amount_minor, "payment_currency": draft.payment.currency, "payment_until": until}


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
