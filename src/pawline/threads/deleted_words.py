"""What deleted messages said. Everything else shows tombstones; who reads this may read it, and it is recorded who does."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.threads.file_links import Links
from pawline.threads.queries import attachments_of
from pawline.threads.views import MessageView


async def with_deleted_words(
    connection: AsyncConnection, links: Links, rows: Sequence[Any], *, views: Sequence[MessageView]
) -> list[MessageView]:
    """The views of these rows, with the words and files of those that are deleted."""
    deleted = {row.id: row for row in rows if row.deleted_at is not None}
    files = await attachments_of(connection, links, [row for row in deleted.values() if row.has_attachments])
    return [
        msgspec.structs.replace(view, body=deleted[view.id].body, attachments=files.get(view.id, []))
        if view.id in deleted
        else view
        for view in views
    ]
