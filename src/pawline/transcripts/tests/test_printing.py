"""Where a transcript lies while it is printed."""

from pathlib import Path

import pytest

from pawline.transcripts.gathering import Gathering
from pawline.transcripts.tests.test_transcripts import download, path_to, talk
from tests.world import World


async def test_what_it_is_made_of_lies_below_the_data_folder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """C14: a start clears away there what a killed process left, and nobody else of the machine may look; gone when printed."""
    seen: list[tuple[Path, bool]] = []
    write_to = Gathering.write_to

    async def watched(gathering: Gathering, folder: Path) -> Path:
        seen.append((folder, folder.exists()))
        return await write_to(gathering, folder)

    monkeypatch.setattr(Gathering, "write_to", watched)
    await talk(world)
    await download(world.nora, await path_to(world))
    [(folder, was_there)] = seen

    assert (world.product.settings.data / "arriving", True, False) == (folder.parent, was_there, folder.exists())
