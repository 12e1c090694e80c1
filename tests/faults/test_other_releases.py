"""Today's code on the schema of tomorrow, as between an upgrade of the database and that of the last process."""

import asyncio
from uuid import uuid4

import pytest

from pawline.platform.schema_state import RELEASE
from tests.faults.live_socket import live_socket, next_frame
from tests.faults.scene import Scene
from tests.faults.waiting import HANG_SECONDS
from tests.faults.web import WebProcess

pytestmark = [pytest.mark.faults, pytest.mark.slow]

# As migrations may be that the previous release has to live with: only more.
OF_TOMORROW = (
    "ALTER TABLE message ADD COLUMN mood text",
    "ALTER TABLE thread ADD COLUMN colour text NOT NULL DEFAULT 'blue'",
    "CREATE TABLE mood (practice_id uuid NOT NULL REFERENCES practice, id uuid NOT NULL, PRIMARY KEY (practice_id, id))",
    "UPDATE alembic_version SET version_num = 'moods'",
)


async def test_the_release_before_works_on_and_the_one_before_that_does_not_start(scene: Scene) -> None:
    """F-55, P-15: it posts and listens one release back; two releases back it says which one to start."""
    for statement in (*OF_TOMORROW, f"COMMENT ON TABLE alembic_version IS '{RELEASE + 1}'"):
        await scene.rows(statement)
    web = await scene.start_web()
    async with live_socket(web, scene.cast.nora) as nora:
        posted = await scene.client(web).post(scene.thread, uuid4(), "Pixel limps")
        frame = await next_frame(nora, "changes", seconds=HANG_SECONDS)
    await web.stop()
    await scene.rows(f"COMMENT ON TABLE alembic_version IS '{RELEASE + 2}'")
    refused = WebProcess(scene.url, scene.folder)
    await refused.launch()
    code = await asyncio.wait_for(refused.process.wait(), HANG_SECONDS)

    assert 201 == posted.status
    assert [posted.json] == frame["messages"]
    assert 1 == code
    assert f"Start release {RELEASE + 1} or later" in refused.log
    assert "Traceback" not in refused.log
