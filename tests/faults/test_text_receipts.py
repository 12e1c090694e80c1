"""Five hundred receipts in any order, many of them more than once, over HTTP: every text ends where it would have in order."""

import asyncio
from collections import defaultdict
from http import HTTPStatus
from random import Random
from typing import NamedTuple
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import insert

from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.models import Delivery, DeliveryAttempt
from pawline.deliveries.receipts import receipt_url
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.ids import new_id
from pawline.platform.settings import Settings
from tests.faults.chance import SEED, choose_seed, random_from
from tests.faults.environment import SECRET
from tests.faults.telling import Tell
from tests.faults.text_checker import downs
from tests.faults.text_scene import TextScene

pytestmark = pytest.mark.faults

TEXTS = 60
RECEIPTS = 500
AT_ONCE = 12
# In the order in which things happen. The last ones contradict each other, as they do in the world.
STORIES = (
    ("queued", "sent", "delivered"),
    ("sent", "delivered", "read"),
    ("queued", "sending", "sent", "undelivered"),
    ("sent", "undelivered"),
    ("failed",),
    ("queued", "sent"),
    ("sent", "undelivered", "delivered"),
)


class _Story(NamedTuple):
    """A text of its own, and what the carrier reports of it."""

    key: AttemptKey
    sid: str
    statuses: tuple[str, ...]


async def test_receipts_in_any_order_and_number_end_in_the_same_state(texting: TextScene, tell: Tell) -> None:
    """P-09, F-25: half of the texts have no answer of the carrier yet when the first receipt comes."""
    seed = choose_seed()
    random = random_from(seed)
    ordered, shuffled = await _texts(texting), await _texts(texting)
    await _post(texting, [(story, status) for story in ordered for status in story.statuses], at_once=1)
    posts = _shuffled(shuffled, random)
    await _post(texting, posts, at_once=AT_ONCE)
    states = {UUID(str(row[0])): row[1:] for row in await texting.rows("SELECT id, state, reason, carrier_code FROM delivery")}
    events = dict(await texting.rows("SELECT delivery_id, count(*) FROM delivery_event GROUP BY 1"))
    expected = [(states[story.key.delivery_id], events[story.key.delivery_id]) for story in ordered]
    met = [(states[story.key.delivery_id], events[story.key.delivery_id]) for story in shuffled]
    tell(f"{len(posts)} receipts of {TEXTS} texts: {len(expected)} end alike, of these {_counted(expected)}")
    tell(f"replay: {SEED}={seed} make test ARGS=tests/faults/test_text_receipts.py")

    assert RECEIPTS == len(posts)
    assert expected == met
    assert [] == downs(await texting.changes())


async def _texts(texting: TextScene) -> list[_Story]:
    """Every other one is still being handed over."""
    stories: list[_Story] = []
    [client] = await texting.take(1)
    database = Database(texting.scene.url, connections=1)
    async with database.transaction() as uow:
        for number in range(TEXTS):
            key = AttemptKey(texting.cast.practice_id, new_id(), new_id())
            story = _Story(key, f"SM{uuid4().hex}", STORIES[number % len(STORIES)])
            stories.append(story)
            is_answered, now = number % 2 == 0, clock.now()
            ids = {"practice_id": key.practice_id, "id": key.delivery_id}
            accepted = {"accepted_at": now, "carrier_message_id": story.sid} if is_answered else {}
            await uow.execute(
                insert(Delivery).values(
                    **ids,
                    clinic_id=client.clinic_number.clinic_id,
                    number_id=client.clinic_number.id,
                    # No worker of this test's texts: nothing but receipts is to move them.
                    carrier="receipts alone",
                    from_number=client.clinic_number.number,
                    to_number=client.phone,
                    category="health_reminders",
                    is_automatic=True,
                    request_key=new_id(),
                    body=f"Pixel {number}",
                    segments=1,
                    state="accepted" if is_answered else "attempting",
                    due_at=now,
                    queued_at=now,
                    **accepted,
                )
            )
            await uow.execute(
                insert(DeliveryAttempt).values(
                    practice_id=key.practice_id,
                    id=key.attempt_id,
                    delivery_id=key.delivery_id,
                    fence=1,
                    body_sha256=b"",
                    begun_at=now,
                    outcome="accepted" if is_answered else None,
                    carrier_message_id=story.sid if is_answered else None,
                )
            )
    await database.close()
    return stories


def _shuffled(stories: list[_Story], random: Random) -> list[tuple[_Story, str]]:
    """Each at least once."""
    posts = [(story, status) for story in stories for status in story.statuses]
    posts += random.choices(posts, k=RECEIPTS - len(posts))
    random.shuffle(posts)
    return posts


async def _post(texting: TextScene, posts: list[tuple[_Story, str]], *, at_once: int) -> None:
    settings = Settings.from_env(
        {
            "DATABASE_URL": texting.scene.url,
            "PAWLINE_PUBLIC_URL": texting.web.url,
            "PAWLINE_SECRET": SECRET,
            "PAWLINE_SMTP_URL": "smtp://127.0.0.1:1",
        }
    )
    room = asyncio.Semaphore(at_once)

    async def post(http: httpx.AsyncClient, story: _Story, status: str) -> int:
        fields = {"MessageSid": story.sid, "SmsSid": story.sid, "MessageStatus": status, "AccountSid": "AC" + "5" * 32}
        if status in {"undelivered", "failed"}:
            fields["ErrorCode"] = "30006"
        url, answer = receipt_url(settings, "twilio", story.key), int(HTTPStatus.SERVICE_UNAVAILABLE)
        async with room:
            while answer == HTTPStatus.SERVICE_UNAVAILABLE:  # a carrier comes again, too
                answer = await texting.post_hook(http, url, fields)
        return answer

    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        statuses = await asyncio.gather(*(post(http, story, status) for story, status in posts))
    assert {200} == set(statuses)


def _counted(results: list[tuple[tuple[str, ...], int]]) -> dict[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for (state, *_), _ in results:
        counts[state] += 1
    return dict(counts)
