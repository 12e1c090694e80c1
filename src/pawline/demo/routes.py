"""HTTP of the demo: the mails it has sent. Mounted in demo mode only, for they hold the codes to sign in with."""

import asyncio
from datetime import datetime
from pathlib import Path

import msgspec
from litestar import Router, get

from pawline.demo.mailbox import Mail, read_mails


class MailView(msgspec.Struct, frozen=True):
    id: str
    to: str
    subject: str
    sent_at: datetime
    text: str


class Mails(msgspec.Struct, frozen=True):
    mails: list[MailView]


def demo_router(mail_folder: Path) -> Router:
    @get("/mails", summary="The e-mails of the demo, newest first")
    async def list_mails() -> Mails:
        return Mails([_view(mail) for mail in await asyncio.to_thread(read_mails, mail_folder)])

    return Router(path="/api/v1/demo", route_handlers=[list_mails], tags=["demo"])


def _view(mail: Mail) -> MailView:
    return MailView(id=mail.id, to=mail.to, subject=mail.subject, sent_at=mail.sent_at, text=mail.text)
