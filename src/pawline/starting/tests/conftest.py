"""Fixtures of the tests about starting."""

import pytest

from tests.texting_scene import Texting, set_texting
from tests.world import World


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)
