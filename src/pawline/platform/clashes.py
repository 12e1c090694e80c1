"""Transactions in each other's way: a deadlock, a serialization failure, a lock that somebody holds for too long."""

import asyncio
import random
from contextvars import ContextVar
from dataclasses import dataclass

import psycopg

CLASHES = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.LockNotAvailable)
"""PostgreSQL has undone all of the transaction: run again, it will most likely succeed."""
MOST_TRIES = 4
MOST_WAITS = 2
"""For a lock, each as long as the connection waits for one: whoever gave up waiting stands last in line again."""
_FIRST_PAUSE_SECONDS = 0.05


@dataclass(slots=True)
class Course:
    """What a request has come to so far. ``commits``: how many transactions and single statements of it have ended well."""

    commits: int = 0
    is_replay: bool = False


_course: ContextVar[Course | None] = ContextVar("course", default=None)


def begin_course() -> Course:
    """From now on, in this task and those it starts."""
    course = Course()
    _course.set(course)
    return course


def note_commit() -> None:
    if (course := _course.get()) is not None:
        course.commits += 1


def note_replay() -> None:
    """The answer will be that of an earlier request."""
    if (course := _course.get()) is not None:
        course.is_replay = True


async def pause_after(tries: int) -> None:
    """Longer each time, and never as long as whoever was in the way: the two would only meet again."""
    await asyncio.sleep(random.uniform(0.5, 1) * _FIRST_PAUSE_SECONDS * 2**tries)  # noqa: S311 - not secret
