"""Fixtures of the tests of reminders."""

import pytest

from pawline.reminders.tests.scene import Reminding, set_reminding
from tests.world import World


@pytest.fixture
async def reminding(world: World) -> Reminding:
    return await set_reminding(world)
