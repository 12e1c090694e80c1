"""What the verbs of this feature work with, put together once in app.py."""

from dataclasses import dataclass

from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.realtime import Hub
from pawline.platform.settings import Settings
from pawline.threads.file_links import FileLinks
from pawline.threads.frames import Frames
from pawline.threads.media.process import MediaProcessor
from pawline.threads.posting import PostingLanes


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
