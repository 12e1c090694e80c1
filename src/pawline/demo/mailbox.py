"""The mailbox of the demo and the tests: a real SMTP server on the loopback that keeps each mail as a file."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from pawline.platform import clock
from pawline.platform.ids import new_id

_ENDING = ".eml"


@dataclass(frozen=True, slots=True)
class Mail:
    """``text`` is the plain-text part; ``to`` are the addresses of the envelope, as the mail server saw them."""

    id: str
    to: str
    subject: str
    sent_at: datetime
    text: str


class Mailbox:
    """``async with Mailbox(folder) as mailbox: mailbox.smtp_url``. Takes mail for anybody and delivers to nobody."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: asyncio.Server | None = None
        self._read: dict[Path, Mail] = {}

    @property
    def smtp_url(self) -> str:
        if self._server is None:
            raise RuntimeError("the mailbox is not open")
        return f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        handler = _Keeper(self._folder)
        self._server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, enable_SMTPUTF8=True), "127.0.0.1", 0)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def list_mails(self) -> list[Mail]:
        """Newest first."""
        # A mail stays as it came, so it is read once however often somebody looks.
        self._read = {path: self._read.get(path) or _read_mail(path) for path in _newest_first(self._folder)}
        return list(self._read.values())


def read_mails(folder: Path) -> list[Mail]:
    """Newest first. A folder that is not there yet holds none."""
    return [_read_mail(path) for path in _newest_first(folder)]


def _newest_first(folder: Path) -> list[Path]:
    # Ids sort by time, and so do the names of the files.
    return sorted(folder.glob(f"*{_ENDING}"), reverse=True)


class _Keeper:
    """aiosmtpd calls ``handle_DATA`` by its name when a mail has come in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        content = cast(bytes, envelope.original_content)
        # Two lines of the last mail server on the way, as RFC 5322 (3.6.7) has them: who it was for, when it came.
        head = f"Delivered-To: {', '.join(envelope.rcpt_tos)}\r\nX-Received-At: {format_datetime(clock.now())}\r\n"
        target = self._folder / f"{new_id()}{_ENDING}"
        unfinished = target.with_suffix(".unfinished")
        unfinished.write_bytes(head.encode() + content)
        unfinished.rename(target)
        return "250 Kept"


def _read_mail(path: Path) -> Mail:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    part = mail.get_body(("plain",))
    return Mail(
        id=path.stem,
        to=str(mail["Delivered-To"] or mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(mail["X-Received-At"])),
        text=str(part.get_content()) if part is not None else "",
    )
