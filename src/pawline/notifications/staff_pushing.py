"""Web push to the team: what waits for one member, or for whoever is first. Beside the e-mails, never instead of them."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.notifications.pushing import PushWords, WebPush
from pawline.notifications.staff_finding import find_for_returned, find_pushes
from pawline.notifications.staff_paths import staff_path
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.practices.availability import availability_of
from pawline.threads.assigning import ROLE_NAMES
from pawline.threads.mentions import can_read

_ANY = text("""
SELECT EXISTS (
    SELECT FROM push_subscription s JOIN login_session l ON l.practice_id = s.practice_id AND l.id = s.session_id
    JOIN staff_member m ON m.practice_id = l.practice_id AND m.id = l.person_id)
""")
_FACTS = text("""
SELECT s.endpoint, s.browser_key, s.browser_secret, s.only_on_duty, y.name AS practice_name, f.name AS family_name, t.clinic_id,
    m.role, s.practice_id, coalesce(l.locks_at <= :now, false) AS is_locked
FROM push_subscription s
JOIN login_session l ON l.practice_id = s.practice_id AND l.id = s.session_id
JOIN thread t ON t.practice_id = s.practice_id AND t.id = :thread_id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN practice y ON y.id = s.practice_id
JOIN staff_member m ON m.practice_id = s.practice_id AND m.id = :staff_id AND m.left_at IS NULL
WHERE s.practice_id = :practice_id AND s.id = :subscription_id
""")
_TEAMS = {"clinic": "everybody", **ROLE_NAMES}
# More of them at once would bury a phone.
_MOST_SINGLE = 3


class StaffPush:
    """Run as many as you like, in any process."""

    def __init__(self, database: Database, push: WebPush) -> None:
        self._database = database
        self._push = push

    async def push_now(self) -> bool:
        """Tell all who are due; False, for nothing is left then."""
        async with self._database.transaction() as uow:
            if not (await uow.execute(_ANY)).scalar_one():
                return False
            found = await find_pushes(uow)
        await asyncio.gather(*(self._tell(row) for row in found))
        return False

    async def catch_up_now(self) -> bool:
        """Tell those who are back on duty of what waits since they left; of much, in one word."""
        async with self._database.transaction() as uow:
            found = await find_for_returned(uow)
        for of_browser in _by_browser(found):
            told = [(row, facts) for row in of_browser if (facts := await self._facts(row)) is not None]
            for row, facts in told[:1] if len(told) > _MOST_SINGLE else told:
                words = _words(row, facts) if len(told) <= _MOST_SINGLE else _words_for_many(facts, len(told))
                await self._push.tell(_key(row), facts, words)
        return False

    async def _tell(self, told: Any) -> None:
        facts = await self._facts(told)
        if facts is not None:
            await self._push.tell(_key(told), facts, _words(told, facts))

    async def _facts(self, told: Any) -> Any | None:
        async with self._database.transaction() as uow:
            about = {"thread_id": told.thread_id, "staff_id": told.staff_id, "now": clock.now()}
            facts = (await uow.execute(_FACTS, {**_key(told), **about})).one_or_none()
            return facts if facts is not None and await _may_be_told(uow, told, facts) else None


def _key(told: Any) -> dict[str, UUID]:
    return {"practice_id": told.practice_id, "subscription_id": told.subscription_id}


def _by_browser(found: Sequence[Any]) -> list[list[Any]]:
    of_browser: dict[UUID, list[Any]] = {}
    for row in found:
        of_browser.setdefault(row.subscription_id, []).append(row)
    return list(of_browser.values())


async def _may_be_told(uow: UnitOfWork, told: Any, facts: Any) -> bool:
    """Who cannot open the thread is not told of it; who asked for it has peace while the clinic is off duty."""
    if not await can_read(uow, told.practice_id, told.thread_id, staff_id=told.staff_id):
        return False
    if not facts.only_on_duty:
        return True
    found = await availability_of(uow, [told.practice_id], [facts.clinic_id])
    return all(view.state != "off_duty" for _, view in found)


def _words(told: Any, facts: Any) -> PushWords:
    """Who and whom, never what was written: a locked screen shows it to whoever looks."""
    if facts.is_locked:
        return _words_for_locked(facts)
    family, whom = facts.family_name, _TEAMS.get(told.to_team, "you")
    bodies = {
        "message": f"New message from the {family}",
        "mention": f"{told.by_name} mentioned you in a note about the {family}",
        "unanswered": f"New message from the {family}, and nobody answers yet",
        "away": f"New message from the {family}; {told.by_name}, who answers them, is off duty",
        "returned": f"The {family} waits for an answer, and the conversation is back with the team",
        "questions_ended": f"The automatic questions to {family} have ended, and nobody answers yet",
        "hand_off": f"{told.by_name} handed {whom} a conversation with the {family}",
    }
    path = staff_path(facts.role, told.thread_id)
    return PushWords(title=facts.practice_name, body=bodies[told.kind], thread_id=str(told.thread_id), path=path)


def _words_for_locked(facts: Any) -> PushWords:
    """A shared front desk that nobody has unlocked tells passers-by nothing of any family. The page that shows is its lock."""
    body = "Something waits for you. Unlock this computer to see it."
    return PushWords(facts.practice_name, body, str(facts.practice_id), "/staff", is_elsewhere=True)


def _words_for_many(facts: Any, waiting: int) -> PushWords:
    body = f"{waiting} conversations have news for you since you went off duty"
    return PushWords(title=facts.practice_name, body=body, thread_id=str(facts.practice_id), path="/staff")
