"""What the verbs of this feature work with, put together once in app.py."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.files import FileStore
from pawline.platform.realtime import Hub
from pawline.platform.settings import Settings
from pawline.threads.drafts import MessageDraft
from pawline.threads.file_links import FileLinks
from pawline.threads.frames import Frames
from pawline.threads.media.process import MediaProcessor
from pawline.threads.opened import Openings
from pawline.threads.posting import PostingLanes
from pawline.threads.views import MessageView


class Texts(Protocol):
    """What threads ask of texting, which knows of threads and not the other way round."""

    async def post(self, desk: "Desk", author: Actor, draft: MessageDraft, *, thread_id: UUID) -> tuple[MessageView, bool]:
        """Add a message to the text conversation that the draft names, and a delivery of it."""
        ...

    async def conversation_ended(self, uow: UnitOfWork, practice_id: UUID, conversation_id: UUID) -> None: ...

    async def end_taken_back(self, uow: UnitOfWork, conversation: Any) -> None:
        """``conversation``: its row as it ended. The thread's row is held."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    settings: Settings
    database: Database
    hub: Hub
    lanes: PostingLanes
    frames: Frames
    links: FileLinks
    files: FileStore
    media: MediaProcessor
    texts: Texts
    openings: Openings = field(default_factory=Openings)
