"""Making a received file safe and keeping it: whoever it came from, only what we made of it is ever stored."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from pawline.platform.byte_ranges import read_range
from pawline.platform.failpoints import reach
from pawline.platform.files import FileDownload, FileStore
from pawline.platform.ids import new_id
from pawline.threads.file_links import storage_key
from pawline.threads.media.inspect import MediaType, read_media_type
from pawline.threads.media.process import MediaProcessor, NotPrepared, SafeImage, SafeVideo
from pawline.threads.uploads import ReceivedFile

ENDINGS = {"image/jpeg": ".jpg", "image/gif": ".gif", "video/mp4": ".mp4", "audio/mp4": ".m4a", "application/pdf": ".pdf"}


class Workshop(Protocol):
    """Where files are made safe and kept."""

    @property
    def files(self) -> FileStore: ...

    @property
    def media(self) -> MediaProcessor: ...


@dataclass(frozen=True, slots=True)
class Workbench:
    """A workshop and nothing else, as the worker has it."""

    files: FileStore
    media: MediaProcessor


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What of a received file was kept; sizes in pixels are those of the kept picture or video."""

    attachment_id: UUID
    media_type: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None
    duration_ms: int | None = None

    def columns(self, file_name: str) -> dict[str, Any]:
        """The attachment's row, as far as the file itself decides it."""
        return {
            "id": self.attachment_id,
            "media_type": self.media_type,
            "file_name": shown_name(file_name, self.media_type),
            "size_bytes": self.size_bytes,
            "width": self.width,
            "height": self.height,
            "thumbnail_width": self.thumbnail_width,
            "thumbnail_height": self.thumbnail_height,
            "duration_ms": self.duration_ms,
        }


async def make_safe(workshop: Workshop, received: ReceivedFile, *, folder: Path) -> KeptFile:
    """Make a received file safe, and keep what was made of it.

    Raises:
        Unsupported, Invalid: the file itself. Also for one that has got in the way of every try.
        NotPrepared: it or this machine is at fault, and it is worth another try.
    """
    setbacks = workshop.media.setbacks
    try:
        kept = await _make_safe(workshop, received, folder=folder)
    except NotPrepared as error:
        if setbacks.is_last(received.sha256):
            raise error.refusal from error
        raise
    setbacks.forget(received.sha256)
    return kept


async def _make_safe(workshop: Workshop, received: ReceivedFile, *, folder: Path) -> KeptFile:
    media_type = read_media_type(received.path)
    if media_type.is_photo:
        image = await workshop.media.make_safe_image(received.path, folder)
        return await _keep_shown(workshop.files, image, image.display_type)
    if media_type.is_video:
        return await _keep_shown(workshop.files, await workshop.media.make_safe_video(received.path, folder), MediaType.MP4)
    if media_type.is_voice:
        voice = await workshop.media.make_safe_voice(received.path, folder)
        return await _keep_alone(workshop.files, voice.display, MediaType.M4A, duration_ms=voice.duration_ms)
    pdf = await workshop.media.make_safe_pdf(received.path, folder)
    return await _keep_alone(workshop.files, pdf.document, media_type)


async def _keep_alone(files: FileStore, made: Path, media_type: str, *, duration_ms: int | None = None) -> KeptFile:
    attachment_id = new_id()
    stored = await files.put(storage_key(attachment_id, "file"), made)
    return KeptFile(attachment_id, media_type, stored.size_bytes, duration_ms=duration_ms)


async def _keep_shown(files: FileStore, made: SafeImage | SafeVideo, media_type: str) -> KeptFile:
    attachment_id = new_id()
    await files.put(storage_key(attachment_id, "thumbnail"), made.thumbnail)
    await reach("uploads.after_thumbnail")
    stored = await files.put(storage_key(attachment_id, "file"), made.display)
    return KeptFile(
        attachment_id,
        media_type,
        stored.size_bytes,
        width=made.width,
        height=made.height,
        thumbnail_width=made.thumb_width,
        thumbnail_height=made.thumb_height,
    )


async def open_kept(files: FileStore, attachment_id: UUID, *, size_bytes: int, asked_range: str | None) -> FileDownload:
    """The file of an attachment, or the part of it that a ``Range`` header asks for; raises NotInFile."""
    return await files.open(storage_key(attachment_id, "file"), read_range(asked_range, size_bytes=size_bytes))


async def open_thumbnail(files: FileStore, attachment_id: UUID) -> FileDownload:
    return await files.open(storage_key(attachment_id, "thumbnail"))


def shown_name(file_name: str, media_type: str) -> str:
    """The sender's name for the file, with the ending of what it has become."""
    printable = "".join(character for character in file_name if character.isprintable())
    stem = printable.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "photo"
    return stem[:100] + ENDINGS[media_type]
