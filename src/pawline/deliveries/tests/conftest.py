import pytest

from pawline.deliveries.tests.scene import Scene, set_scene
from tests.world import World


@pytest.fixture
async def scene(world: World) -> Scene:
    return await set_scene(world)
