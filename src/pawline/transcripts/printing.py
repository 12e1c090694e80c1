"""Printing transcripts: in a child process, one at a time, so that nobody's message waits for it and its memory comes back."""

import asyncio
from pathlib import Path

import structlog

from pawline.platform.arriving import arriving
from pawline.platform.errors import Unavailable
from pawline.threads.media.child_processes import ChildFailed, ChildProcesses
from pawline.transcripts.gathering import Gathering
from pawline.transcripts.sheet import PRINTED

_LONGEST_SECONDS = 90.0
_log = structlog.get_logger()


class Printer:
    """Keeps no process waiting: transcripts are rare."""

    def __init__(self) -> None:
        self._children = ChildProcesses("pawline.transcripts.print_child", keeps_spare=False)
        self._one_at_a_time = asyncio.Semaphore(1)

    async def print(self, gathering: Gathering, data: Path) -> bytes:
        """The PDF. ``data``: the folder below which what it is made of lies meanwhile, and where a start clears away.

        Raises:
            NotFound: whoever it is for may not see the thread.
            Unavailable: it could not be printed now.
        """
        async with self._one_at_a_time:
            with arriving(data) as folder:
                sheet = await gathering.write_to(folder)
                try:
                    await self._children.work(sheet, folder, timeout_seconds=_LONGEST_SECONDS)
                    return await asyncio.to_thread((folder / PRINTED).read_bytes)
                except (ChildFailed, FileNotFoundError) as error:
                    _log.exception("transcript_not_printed")
                    raise Unavailable("The transcript could not be made right now. Please try again in a minute.") from error
