import asyncio
from collections.abc import Sequence

import pytest

from pawline.platform.batching import Batcher
from pawline.platform.errors import Clash, Unavailable


class Till:
    """Doubles numbers, a batch at a time, and only while its door is open. Negative ones spoil the whole batch."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.door = asyncio.Event()
        self.error: type[Exception] = ValueError

    async def serve(self, items: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(items))
        await self.door.wait()
        if any(item < 0 for item in items):
            raise self.error(*([] if self.error is Clash else [str(items)]))
        return [KeyError(item) if item == 13 else item * 2 for item in items]

    async def serve_again_and_again(self, items: Sequence[int]) -> list[int | Exception]:
        """As a connection of its own does, whose patience is at its end."""
        try:
            return await self.serve(items)
        except Clash as clash:
            raise Unavailable from clash


def submit_all(batcher: Batcher[int, int], items: Sequence[int]) -> "list[asyncio.Task[int]]":
    return [asyncio.create_task(batcher.submit(item)) for item in items]


async def outcomes(tasks: "Sequence[asyncio.Task[int]]") -> list[object]:
    found = await asyncio.gather(*tasks, return_exceptions=True)
    return [type(one) if isinstance(one, BaseException) else one for one in found]


async def test_those_who_wait_together_share_one_batch_in_their_order() -> None:
    till = Till()
    batcher = Batcher(till.serve, most=4)
    tasks = submit_all(batcher, range(1, 11))
    await asyncio.sleep(0.01)
    till.door.set()

    assert [number * 2 for number in range(1, 11)] == await outcomes(tasks)
    assert list(range(1, 11)) == [item for batch in till.batches for item in batch]
    assert max(map(len, till.batches)) == 4


async def test_a_failure_is_reported_to_just_those_that_cause_it() -> None:
    till = Till()
    till.door.set()
    tasks = submit_all(Batcher(till.serve, most=10), [1, -1, 2, 13, 3])

    assert [2, ValueError, 4, KeyError, 6] == await outcomes(tasks)


async def test_a_lost_database_is_not_asked_once_for_each() -> None:
    till = Till()
    till.door.set()
    till.error = Unavailable
    tasks = submit_all(Batcher(till.serve, most=10), [1, -1, 2])

    assert [Unavailable] * 3 == await outcomes(tasks)
    assert [[1, -1, 2]] == till.batches


async def test_who_is_in_somebodys_way_is_told_so_alone() -> None:
    """F-22: the others of the batch are served, and so are those who came meanwhile."""
    till = Till()
    till.error = Clash
    batcher = Batcher(till.serve_again_and_again, most=3)
    tasks = submit_all(batcher, [1, -1, 2, 3, 4])
    await asyncio.sleep(0.01)
    till.door.set()

    assert [2, Unavailable, 4, 6, 8] == await outcomes(tasks)


async def test_what_is_in_the_way_of_everybody_is_not_waited_for_by_each() -> None:
    till = Till()
    till.door.set()
    till.error = Clash
    tasks = submit_all(Batcher(till.serve_again_and_again, most=10), [-1, -2, -3, -4, -5])

    assert [Unavailable] * 5 == await outcomes(tasks)
    assert [[-1, -2, -3, -4, -5], [-1], [-2], [-3]] == till.batches


async def test_who_stops_waiting_disturbs_nobody() -> None:
    till = Till()
    batcher = Batcher(till.serve, most=10)
    first = submit_all(batcher, [1])
    await asyncio.sleep(0)
    second = submit_all(batcher, [2, 3])
    await asyncio.sleep(0.01)
    first[0].cancel()
    second[0].cancel()
    till.door.set()

    assert [asyncio.CancelledError, asyncio.CancelledError, 6] == await outcomes([*first, *second])
    assert [8] == await outcomes(submit_all(batcher, [4]))


async def test_draining_waits_for_what_was_handed_in() -> None:
    till = Till()
    batcher = Batcher(till.serve, most=1)
    tasks = submit_all(batcher, [1, 2, 3])
    await asyncio.sleep(0)
    till.door.set()
    await batcher.drain()

    assert [2, 4, 6] == await asyncio.wait_for(outcomes(tasks), 5)
    assert [[1], [2], [3]] == till.batches
    await batcher.drain()


async def test_it_works_on_after_a_failure() -> None:
    till = Till()
    till.door.set()
    batcher = Batcher(till.serve, most=10)
    with pytest.raises(ValueError, match="-1"):
        await batcher.submit(-1)

    assert 10 == await batcher.submit(5)
