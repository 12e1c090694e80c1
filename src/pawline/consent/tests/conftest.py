import pytest

from pawline.consent.tests.scene import Scene, set_scene
from tests.world import World


@pytest.fixture
async def scene(world: World) -> Scene:
    return await set_scene(world)
