"""What came by text from whom the practice blocked: in no thread, but not lost."""

from typing import Any
from uuid import UUID

import msgspec

from pawline.moderation.block_rows import block_of, held_texts_of
from pawline.moderation.queries import ListRequest
from pawline.moderation.views import HeldTextPage, HeldTextView
from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.phone_numbers import ABROAD, format_for_people


async def list_held_texts(uow: UnitOfWork, actor: Actor, block_id: UUID, *, request: ListRequest) -> HeldTextPage:
    """They stay here after the block is lifted. Raises NotFound for a block that is not on the actor's list."""
    if await block_of(uow, actor, block_id) is None:
        raise NotFound
    rows = await held_texts_of(uow, actor, block_id, request=request)
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.at, row.id))
    return HeldTextPage(texts=[_view(row) for row in shown], next_cursor=next_cursor)


def _view(row: Any) -> HeldTextView:
    return msgspec.convert({**row._asdict(), "number_shown": format_for_people(row.number, ABROAD)}, HeldTextView)
