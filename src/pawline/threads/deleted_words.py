"""What deleted messages said. Everything else shows tombstones; who reads this may read it, and it is recorded who does."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.threads.file_links import Links
from pawline.threads.queries import attachments_of
from pawline.threads.sealing import SealedContent, sealed_contents
from pawline.threads.views import AttachmentView, MessageView


async def with_deleted_words(
    connection: AsyncConnection, links: Links, rows: Sequence[Any], *, views: Sequence[MessageView]
) -> list[MessageView]:
    """The views of these rows, with the words and files of those that are deleted and not erased."""
    deleted = {row.id: row for row in rows if row.deleted_at is not None and row.erased_at is None}
    if not deleted:
        return list(views)
    files = await attachments_of(connection, links, [row for row in deleted.values() if row.has_attachments])
    sealed = await sealed_contents(connection, rows[0].practice_id, list(deleted))
    return [
        _said(view, sealed.get(view.id), body=deleted[view.id].body, files=files.get(view.id, [])) if view.id in deleted else view
        for view in views
    ]


def _said(view: MessageView, content: SealedContent | None, *, body: str, files: list[AttachmentView]) -> MessageView:
    if content is None:  # deleted under an earlier release a moment ago, and not sealed yet
        return msgspec.structs.replace(view, body=body, attachments=files)
    # What came from the carrier only after the deletion has its name still with it.
    named = [msgspec.structs.replace(each, file_name=content.file_names.get(each.id) or each.file_name) for each in files]
    return msgspec.structs.replace(view, body=content.body, attachments=named)
