"""The reminder that a client's text may be an answer to."""

from datetime import timedelta

from pawline.deliveries.service import ReminderSent, latest_reminder
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.texting.clinic_numbers import Pair

REMINDERS_COUNT_FOR = timedelta(hours=48)


async def answered_reminder(uow: UnitOfWork, pair: Pair) -> ReminderSent | None:
    since = clock.now() - REMINDERS_COUNT_FOR
    return await latest_reminder(uow, pair.practice_id, pair.number.id, to_number=pair.contact_number, since=since)
