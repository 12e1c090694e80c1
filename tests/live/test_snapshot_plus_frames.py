"""Whatever the cast does while a screen is open: an old snapshot and the frames make what a fresh snapshot says."""

import asyncio
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.live.acts import FAMILY, FOR_ALL, FOR_STAFF, STAFF, Act, empty_thread, perform
from tests.live.listening import recording
from tests.live.reducer import contiguous, loaded_from, project
from tests.world import Caller, World

Json = Any
# Requests to a real server take their time, and the thread is emptied before every example.
# What fails is small already; to make it smaller would take more requests than it saves reading.
_NO_MATTER = [
    HealthCheck.too_slow,
    HealthCheck.function_scoped_fixture,
    HealthCheck.large_base_example,
    HealthCheck.data_too_large,
]
_NUMBERS = st.integers(-1, 6)
_ACTS = st.one_of(
    st.builds(Act, st.sampled_from(STAFF + FAMILY), st.sampled_from(FOR_ALL), _NUMBERS),
    st.builds(Act, st.sampled_from(STAFF), st.sampled_from(FOR_STAFF), _NUMBERS),
)
_MOMENTS = st.lists(st.lists(_ACTS, min_size=1, max_size=3), min_size=1, max_size=5)
"""What happens in each moment happens at once."""


@settings(max_examples=15, phases=[Phase.reuse, Phase.generate], suppress_health_check=_NO_MATTER)
@given(moments=_MOMENTS, seed=st.integers(0, 1000))
async def test_an_old_snapshot_and_the_frames_make_the_fresh_snapshot(world: World, moments: list[list[Act]], seed: int) -> None:
    """I9 and I12 hold on the way: the family's frames know no notes, and unread is what the server counts."""
    mix = Random(seed)  # noqa: S311 - how much it is asked depends on the server, which a drawn one would not forgive
    await empty_thread(world)
    async with recording(world.nora) as for_nora, recording(world.olive) as for_olive:
        taken = [await _one_moment(world, acts) for acts in moments]
        for viewer, recorded, position in ((world.nora, for_nora, 0), (world.olive, for_olive, 1)):
            fresh = await viewer.thread(world.thread_id)
            frames = await recorded.whole(fresh["revision"])
            for snapshots in taken:
                snapshot = snapshots[position]
                arriving = await _arriving(viewer, snapshot, frames, mix=mix)
                first = loaded_from(fresh)

                assert project(fresh, [], viewer.id) == project(snapshot, arriving, viewer.id, from_seq=first)


async def _one_moment(world: World, acts: list[Act]) -> tuple[Json, Json]:
    """Both sides' snapshots, taken while it happens."""
    snapshots = asyncio.gather(world.nora.thread(world.thread_id), world.olive.thread(world.thread_id))
    await asyncio.gather(*(perform(world, act) for act in acts))
    return tuple(await snapshots)


async def _arriving(viewer: Caller, snapshot: Json, frames: list[Json], *, mix: Random) -> list[Json]:
    """Some frames are lost, and the answer about changes replaces them; the rest comes mixed, some of it twice."""
    kept = [frame for frame in frames if mix.random() < 0.8]
    asked_after = contiguous(snapshot["revision"], kept)
    answer = (await viewer.get(f"/threads/{snapshot['thread_id']}/changes", after=asked_after)).json()
    arriving = [*kept, answer, *(frame for frame in kept if mix.random() < 0.3)]
    mix.shuffle(arriving)
    return arriving
