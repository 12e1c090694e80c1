"""Some pets of the demo have a picture that they are known by; the others show a drawing of their species."""

import tempfile
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import text

from pawline.demo.casting import SEED
from pawline.demo.ids import Ids
from pawline.demo.pictures import draw_picture
from pawline.platform.db import UnitOfWork
from pawline.platform.files import FileStore
from pawline.platform.portraits import portrait_key
from pawline.threads.media.process import MediaProcessor

_PORTRAITS = {"Pixel": "dog", "Bramble": "cat", "Pushok": "rabbit"}
_HANG = text("UPDATE pet SET portrait_id = :portrait_id WHERE practice_id = :practice_id AND name = :name")


async def hang_portraits(uow: UnitOfWork, files: FileStore, practice_id: UUID, *, start: datetime) -> None:
    """Files first: a row without its picture would be a hole on a screen."""
    ids = Ids(Random(f"{SEED}: portraits"))  # noqa: S311 - the same ids every time is the point
    async with MediaProcessor() as media:
        for name, picture in _PORTRAITS.items():
            portrait_id = ids.at(start)
            with tempfile.TemporaryDirectory(prefix="pawline-demo-") as folder:
                source = Path(folder) / "drawn.jpg"
                source.write_bytes(draw_picture(picture))
                made = await media.make_safe_image(source, Path(folder))
                await files.put(portrait_key(portrait_id), made.thumbnail)
            await uow.execute(_HANG, {"portrait_id": portrait_id, "practice_id": practice_id, "name": name})
