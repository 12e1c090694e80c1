"""Photos, videos, voice notes and PDFs from strangers, made safe: in children, by the modules beside this one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, Self, TypeVar

import msgspec

from pawline.platform.errors import Invalid, Unavailable
from pawline.threads.media.child_processes import NOT_NOW, ChildFailed, ChildProcesses
from pawline.threads.media.setbacks import Setbacks

MOST_AT_ONCE = 2
MOST_VIDEOS_AT_ONCE = 1
TIMEOUT_SECONDS = 20.0
VIDEO_TIMEOUT_SECONDS = 300.0
VOICE_TIMEOUT_SECONDS = 90.0
_AGAIN_AFTER_SECONDS = 30


class NotPrepared(Unavailable):
    """The file or this machine is at fault, and nobody knows which. ``refusal`` is for a file that this happens to again."""

    def __init__(self, kind: str) -> None:
        super().__init__(NOT_NOW)
        self.retry_after_seconds = _AGAIN_AFTER_SECONDS
        self.refusal = _refusal("unreadable", kind)


@dataclass(frozen=True, slots=True)
class SafeImage:
    """Sizes in pixels, as shown (upright). The thumbnail is always JPEG."""

    display: Path
    display_type: Literal["image/jpeg", "image/gif"]
    width: int
    height: int
    thumbnail: Path
    thumb_width: int
    thumb_height: int


@dataclass(frozen=True, slots=True)
class SafeVideo:
    """Always MP4 (H.264, AAC); the thumbnail is a JPEG of its first second."""

    display: Path
    width: int
    height: int
    thumbnail: Path
    thumb_width: int
    thumb_height: int


@dataclass(frozen=True, slots=True)
class SafeVoice:
    """Always M4A (AAC)."""

    display: Path
    duration_ms: int


@dataclass(frozen=True, slots=True)
class SafePdf:
    document: Path
    pages: int


class _ImageAnswer(msgspec.Struct):
    display_type: Literal["image/jpeg", "image/gif"]
    width: int
    height: int
    thumb_width: int
    thumb_height: int


class _VideoAnswer(msgspec.Struct):
    width: int
    height: int
    thumb_width: int
    thumb_height: int


class _VoiceAnswer(msgspec.Struct):
    duration_ms: int


class _PdfAnswer(msgspec.Struct):
    pages: int


_Made = TypeVar("_Made", _ImageAnswer, _VideoAnswer, _VoiceAnswer, _PdfAnswer)


class _Answer(msgspec.Struct, Generic[_Made]):
    refused: Literal["unreadable", "too_large", "too_long", "locked"] | None = None
    made: _Made | None = None


_SENTENCES = {
    "unreadable": "This {kind} could not be read. It may be damaged; please try another one.",
    "too_large": "This {kind} is too large to be prepared. Please send a smaller one.",
    "too_long": "This {kind} is longer than {minutes} minutes. Please send a shorter one.",
    "locked": "This {kind} needs a password to open. Please send it without one.",
}


_MOST_MINUTES = {"video": 3, "voice note": 5}


class MediaProcessor:
    """One per process of Pawline, made at start and closed at the end: ``async with MediaProcessor() as media``."""

    def __init__(self, *, timeout_seconds: float = TIMEOUT_SECONDS, video_timeout_seconds: float = VIDEO_TIMEOUT_SECONDS) -> None:
        self.setbacks = Setbacks()
        self._timeout_seconds = timeout_seconds
        self._video_timeout_seconds = video_timeout_seconds
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)
        # A queue of their own: no photo waits for a minute of video.
        self._video_turns = asyncio.Semaphore(MOST_VIDEOS_AT_ONCE)
        self._photos = ChildProcesses("pawline.threads.media.reencode", keeps_spare=True)
        self._videos = ChildProcesses("pawline.threads.media.video", keeps_spare=False)
        self._voices = ChildProcesses("pawline.threads.media.voice", keeps_spare=False)
        self._pdfs = ChildProcesses("pawline.threads.media.pdf", keeps_spare=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._photos.close()
        await self._videos.close()
        await self._voices.close()
        await self._pdfs.close()

    async def make_safe_image(self, source: Path, folder: Path) -> SafeImage:
        """New pictures in ``folder`` (which must exist), from the photo at ``source``; on failure they are gone again.

        Raises:
            Invalid: not a photo we can read, or too large.
            NotPrepared: it took too long, or its child was killed.
        """
        made = (folder / "display", folder / "thumbnail")
        async with _turn(self._turns, made, kind="photo"):
            answer = await self._photos.work(source, folder, timeout_seconds=self._timeout_seconds)
            read = _read_answer(answer, _ImageAnswer, kind="photo")
        return SafeImage(made[0], read.display_type, read.width, read.height, made[1], read.thumb_width, read.thumb_height)

    async def make_safe_video(self, source: Path, folder: Path) -> SafeVideo:
        """A new MP4 and its poster in ``folder``, without metadata. Raises as ``make_safe_image`` does; also when too long."""
        made = (folder / "display", folder / "thumbnail")
        async with _turn(self._video_turns, made, kind="video"):
            answer = await self._videos.work(source, folder, timeout_seconds=self._video_timeout_seconds)
            read = _read_answer(answer, _VideoAnswer, kind="video")
        return SafeVideo(made[0], read.width, read.height, made[1], read.thumb_width, read.thumb_height)

    async def make_safe_voice(self, source: Path, folder: Path) -> SafeVoice:
        """A new M4A in ``folder``, without metadata. Raises as ``make_safe_image`` does; also when too long."""
        sound = folder / "display"
        async with _turn(self._turns, (sound,), kind="voice note"):
            answer = await self._voices.work(source, folder, timeout_seconds=VOICE_TIMEOUT_SECONDS)
            read = _read_answer(answer, _VoiceAnswer, kind="voice note")
        return SafeVoice(sound, read.duration_ms)

    async def make_safe_pdf(self, source: Path, folder: Path) -> SafePdf:
        """A new PDF in ``folder`` without scripts, embedded files and metadata. Raises as ``make_safe_image`` does."""
        document = folder / "document"
        async with _turn(self._turns, (document,), kind="PDF"):
            answer = await self._pdfs.work(source, folder, timeout_seconds=self._timeout_seconds)
            read = _read_answer(answer, _PdfAnswer, kind="PDF")
        return SafePdf(document, read.pages)


@asynccontextmanager
async def _turn(turns: asyncio.Semaphore, made: tuple[Path, ...], *, kind: str) -> AsyncGenerator[None]:
    is_done = False
    try:
        async with turns:
            yield
        is_done = True
    except ChildFailed as error:
        raise NotPrepared(kind) from error
    finally:
        if not is_done:
            for path in made:
                path.unlink(missing_ok=True)


def _read_answer(answer: bytes, form: type[_Made], *, kind: str) -> _Made:
    """The child has met the stranger's file; what it says is foreign input."""
    try:
        read = msgspec.json.decode(answer, type=_Answer[form])
    except msgspec.MsgspecError as error:
        raise ChildFailed from error
    if read.refused is not None:
        raise _refusal(read.refused, kind)
    if read.made is None:
        raise ChildFailed
    return read.made


def _refusal(reason: str, kind: str) -> Invalid:
    return Invalid(_SENTENCES[reason].format(kind=kind, minutes=_MOST_MINUTES.get(kind)))
