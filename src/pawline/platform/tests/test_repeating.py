import asyncio
from contextlib import suppress

import pytest

from pawline.platform.repeating import repeat, until_one_ends


async def for_ever() -> None:
    await asyncio.Event().wait()


async def test_what_should_go_on_for_ever_begins_anew_after_a_mistake() -> None:
    begun = asyncio.Semaphore(0)

    async def work() -> None:
        begun.release()
        raise ValueError

    repeating = asyncio.create_task(repeat(work, every=0.01, stop=asyncio.Event(), trouble="test"))
    for _ in range(3):
        await begun.acquire()
    repeating.cancel()
    with suppress(asyncio.CancelledError):
        await repeating


async def test_jobs_end_with_what_runs_beside_them() -> None:
    """A worker whose dispatcher has ended sends no texts: it ends as a whole, and is started again."""

    async def fails() -> None:
        raise ValueError("a mistake of ours")

    work, beside, failing = (asyncio.create_task(each) for each in (for_ever(), for_ever(), fails()))
    with pytest.raises(ValueError, match="a mistake of ours"):
        await until_one_ends(work, [beside, failing])

    assert work.cancelled()
    assert not beside.done()
    beside.cancel()


async def test_a_worker_asked_to_stop_lets_its_jobs_end_first() -> None:
    ended: list[str] = []

    async def job() -> None:
        try:
            await for_ever()
        finally:
            await asyncio.sleep(0)
            ended.append("job")

    work, beside = asyncio.create_task(job()), asyncio.create_task(for_ever())
    both = asyncio.create_task(until_one_ends(work, [beside]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    both.cancel()
    with pytest.raises(asyncio.CancelledError):
        await both

    assert ["job"] == ended
    assert not beside.done()
    beside.cancel()
