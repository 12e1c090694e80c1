"""Keeps open screens told of the clinics' lights, and notes which staff members are at theirs.

Per process a few statements every few seconds, however many browsers are open; no message costs anything.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Database, Hint, UnitOfWork
from pawline.platform.errors import Unavailable
from pawline.platform.realtime import Hub
from pawline.practices.availability import availability_of, for_families
from pawline.practices.presence import AT_HAND_FOR, NOTED_EVERY, note_present
from pawline.practices.views import AvailabilityView
from pawline.threads.access import may_see_thread, visible_clinic_ids
from pawline.threads.models import Thread

TICK_SECONDS = 5.0
TICKS_BETWEEN_LOOKS = 3

PracticeAndClinic = tuple[UUID, UUID]

_encode = msgspec.json.Encoder().encode


class LightFrames:
    def __init__(self, database: Database, hub: Hub) -> None:
        self._database = database
        self._hub = hub
        self._told: dict[PracticeAndClinic, AvailabilityView] = {}
        self._noted: dict[UUID, datetime] = {}
        # One look after the other: what was read later must not be sent earlier.
        self._one_look = asyncio.Lock()
        hub.on("availability", self._look_now)

    async def run(self) -> None:
        """Until cancelled. An unreachable database changes no light: it is looked at again."""
        tick = 0
        while True:
            await asyncio.sleep(TICK_SECONDS)
            tick += 1
            with suppress(Unavailable):
                await self.note_who_is_here()
                if tick % TICKS_BETWEEN_LOOKS == 0:
                    await self.look_around()

    async def note_who_is_here(self) -> None:
        """In the database every NOTED_EVERY; whoever is new counts, and is told to all processes, at once."""
        now = clock.now()
        at_hand = self._hub.actors_at_hand(now - AT_HAND_FOR)
        here = {actor.person_id: actor.practice_id for actor in at_hand if visible_clinic_ids(actor)}
        # The demo's time moves both ways.
        due = {person_id for person_id in here if not _is_recent(self._noted.get(person_id), now)}
        new = {here[person_id] for person_id in due if person_id not in self._noted}
        if due:
            async with self._database.transaction() as uow:
                await note_present(uow, {(here[person_id], person_id) for person_id in due}, now)
                for practice_id in new:
                    uow.emit(Hint.availability(practice_id, None))
        self._noted = {person_id: now if person_id in due else self._noted[person_id] for person_id in here}

    async def look(self, practice_ids: Collection[UUID], *, changed_clinic_id: UUID | None = None) -> None:
        """Tell the screens here of what they were not told yet, and of ``changed_clinic_id`` in any case.

        Another process may have answered a screen of ours in between, with what this one never saw.
        """
        if not practice_ids:
            return
        async with self._one_look, self._database.transaction() as uow:
            lights = await availability_of(uow, list(practice_ids))
            of_clinic = {(practice_id, light.clinic_id): light for practice_id, light in lights}
            news = [key for key, light in of_clinic.items() if key[1] == changed_clinic_id or self._told.get(key) != light]
            families = await self._families_here(uow, news)
            for key in news:
                self._told[key] = of_clinic[key]
                self._tell(of_clinic[key], families.get(key, []))

    async def look_around(self) -> None:
        practice_ids = {actor.practice_id for actor in self._hub.actors()}
        # Where nobody looked for a while, whoever comes may have been answered anything meanwhile.
        self._told = {key: light for key, light in self._told.items() if key[0] in practice_ids}
        await self.look(practice_ids)

    async def _look_now(self, hint: Hint) -> None:
        if any(actor.practice_id == hint.practice_id for actor in self._hub.actors()):
            await self.look([hint.practice_id], changed_clinic_id=hint.id)

    async def _families_here(self, uow: UnitOfWork, clinics: Sequence[PracticeAndClinic]) -> dict[PracticeAndClinic, list[UUID]]:
        """The families that have a thread there and a browser open here."""
        found: dict[PracticeAndClinic, list[UUID]] = {}
        family_ids = {actor.family_id for actor in self._hub.actors() if actor.family_id is not None}
        if not clinics or not family_ids:
            return found
        statement = select(Thread.practice_id, Thread.clinic_id, Thread.family_id).where(
            Thread.practice_id.in_({practice_id for practice_id, _ in clinics}),
            Thread.clinic_id.in_({clinic_id for _, clinic_id in clinics}),
            Thread.family_id.in_(family_ids),
        )
        for row in await uow.execute(statement):
            found.setdefault((row.practice_id, row.clinic_id), []).append(row.family_id)
        return found

    def _tell(self, light: AvailabilityView, family_ids: Sequence[UUID]) -> None:
        clinic_id = light.clinic_id
        self._hub.deliver(("clinic", clinic_id), _encode(light).decode(), lambda actor: clinic_id in visible_clinic_ids(actor))
        frame = _encode(for_families(light)).decode()
        for family_id in family_ids:
            self._tell_family(family_id, clinic_id, frame)

    def _tell_family(self, family_id: UUID, clinic_id: UUID, frame: str) -> None:
        def permits(actor: Actor) -> bool:
            return may_see_thread(actor, clinic_id=clinic_id, family_id=family_id)

        self._hub.deliver(("family", family_id), frame, permits)


def _is_recent(noted_at: datetime | None, now: datetime) -> bool:
    return noted_at is not None and abs(now - noted_at) < NOTED_EVERY
