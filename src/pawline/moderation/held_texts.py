"""What came by text from whom the practice blocked: in no thread, but not lost."""

from typing import Any
from uuid import UUID

import msgspec

from pawline.moderation.block_rows import block_of, held_texts_of
from pawline.moderation.queries import ListRequest
from pawline.moderation.views import HeldTextPage, HeldTextView
from pawline.platform.actor import Actor
from pawline.platform.cursors import write_cursor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.phone_numbers import ABROAD, format_for_people


async def list_held_texts(uow: UnitOfWork, actor: Actor, block_id: UUID, *, request: ListRequest) -> HeldTextPage:
    """They stay here after the block is lifted. Raises NotFound for a block that is not on the actor's list."""
    if await block_of(uow, actor, block_id) is None:
        raise NotFound
    rows = await held_texts_of(uow, actor, block_id, request=request)
    shown = rows[: request.limit]
    return HeldTextPage(
        texts=[_view(row) for row in shown],
        next_cursor=write_cursor(shown[-1].at, shown[-1].id) if len(rows) > len(shown) else None,
    )


def _view(row: Any) -> HeldTextView:
    return msgspec.convert({**row._asdict(), "number_shown": format_for_people(row.number, ABROAD)}, HeldTextView)
