from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from pawline.demo.mailbox import Mailbox
from pawline.notifications.tests.scene import Scene, set_scene
from tests.world import World


@pytest.fixture
async def scene(world: World, tmp_path: Path) -> AsyncGenerator[Scene]:
    async with Mailbox(tmp_path) as mailbox:
        yield await set_scene(world, mailbox, tmp_path)
