"""Filling an empty database with the demo practices and their year, in one transaction: a crash half-way leaves nothing.

It inserts into the tables of other features itself: their verbs write what happens now, and a year of past cannot be told
through them. Threads are written by their own feature (``threads/history.py``).
"""

from collections.abc import Iterator

from sqlalchemy import insert, select, text

from pawline.demo.casting import SEED, build_northside, build_riverside
from pawline.demo.labels import label_tables
from pawline.demo.own_database import NotADemoDatabase
from pawline.demo.payments import payment_tables
from pawline.demo.people import Table, belonging_to, practice_rows
from pawline.demo.photos import photos_kept
from pawline.demo.portraits import hang_portraits
from pawline.demo.schedule import DAYS_BEFORE, book_days, tables_of_family_to_play
from pawline.demo.text_rows import consent_tables, number_tables
from pawline.demo.texts import tell_texts, with_texts
from pawline.demo.year import tell_year
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.files import FileStore
from pawline.platform.settings import Settings
from pawline.practices.models import Practice  # imports: the past cannot be written by today's verbs
from pawline.threads.answer_times import measure_reply_times
from pawline.threads.history import write_history


async def fill_demo(settings: Settings, database_url: str) -> None:
    """Make sure the demo practices are there. Their year ends at the minute of the first fill.

    Raises:
        NotADemoDatabase: the database holds a practice that is not of the demo; nothing is changed.
    """
    database = Database(database_url, connections=1)
    try:
        async with database.transaction() as uow:
            is_filled = await _is_filled(uow)
        if not is_filled:
            await _fill(settings, database)
            await measure_reply_times(database)
    finally:
        await database.close()


async def _is_filled(uow: UnitOfWork) -> bool:
    kinds = (await uow.execute(select(Practice.is_demo).distinct())).scalars().all()
    if False in kinds:
        raise NotADemoDatabase
    return True in kinds


async def _fill(settings: Settings, database: Database) -> None:
    start = clock.now().replace(second=0, microsecond=0)
    practices = [build_northside(start), build_riverside(start)]
    talks = {practice.id: list(tell_texts(practice, start, seed=SEED)) for practice in practices}
    told = [
        thread
        for practice in practices
        for thread in with_texts(practice, tell_year(practice, start, seed=SEED), talks[practice.id])
    ]
    files = FileStore(settings.files_url)
    async with photos_kept(files, told) as threads, database.transaction() as uow:
        for practice in practices:
            await _insert(uow, practice_rows(practice))
            await _insert(uow, belonging_to(practice, number_tables(practice, talks[practice.id])))
        for thread in threads:
            await write_history(uow, thread)
        for practice in practices:
            await _insert(uow, belonging_to(practice, label_tables(practice, told)))
            await _insert(uow, belonging_to(practice, payment_tables(practice, told)))
            await _insert(uow, belonging_to(practice, tables_of_family_to_play(practice, start)))
            await _insert(uow, belonging_to(practice, consent_tables(talks[practice.id])))
        await hang_portraits(uow, files, practices[0].id, start=start)
        await book_days(uow, days_before=DAYS_BEFORE)
        # Nobody is e-mailed about a past that never was.
        await uow.execute(text("UPDATE notice_sweep SET swept_until = :start"), {"start": start})


async def _insert(uow: UnitOfWork, tables: Iterator[Table]) -> None:
    for model, rows in tables:
        if rows:
            await uow.execute(insert(model), rows)
