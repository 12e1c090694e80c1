"""Northside with a mail server, and a clock that the tests move."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from pawline.demo.mailbox import Mail, Mailbox
from pawline.notifications.staff_mails import StaffMails
from pawline.notifications.unread_mails import UnreadMails
from pawline.platform import clock
from pawline.platform.settings import Settings
from tests.world import Json, World

NO_SERVER = "smtp://127.0.0.1:9"


@dataclass
class Scene:
    world: World
    mailbox: Mailbox
    settings: Settings
    mails: UnreadMails
    begun_at: datetime
    folder: Path

    async def write(self, body: str = "How is her paw?", *, seconds: float = 0, **values: object) -> Json:
        """Nora writes, so long after the beginning."""
        self.set_time(seconds)
        return await self.world.nora.post_text(self.world.thread_id, body, **values)

    async def look_for_staff(self, *, seconds: float) -> None:
        """The worker looks whom of the team to tell, so long after the beginning."""
        self.set_time(seconds)
        while await StaffMails(self.settings, self.world.product.database).tell_now():
            pass

    def set_time(self, seconds: float) -> None:
        moment = self.begun_at + timedelta(seconds=seconds)
        clock.set_clock(lambda: moment)

    async def look(self, *, seconds: float) -> None:
        """The worker looks, so long after the beginning."""
        self.set_time(seconds)
        while await self.mails.tell_now():
            pass

    def without_server(self) -> UnreadMails:
        return UnreadMails(replace(self.settings, smtp_url=NO_SERVER), self.world.product.database)

    def told(self, *names: str) -> list[str]:
        """Who got an e-mail about the thread, by name, as often as they got one; only of those, if any are named."""
        found = [re.split("[-@]", mail.to)[0] for mail in self.mails_about_thread()]
        return sorted(name for name in found if not names or name in names)

    def mails_about_thread(self) -> list[Mail]:
        """Newest first. The mailbox has those of other tests' families too."""
        return [mail for mail in self.mailbox.list_mails() if self.world.thread_id in mail.text]

    def mails_to(self, name: str) -> list[Mail]:
        """Newest first."""
        return [mail for mail in self.mails_about_thread() if mail.to == self.address_of(name)]

    def as_sent(self, mail: Mail) -> EmailMessage:
        content = (self.folder / f"{mail.id}.eml").read_bytes()
        return message_from_bytes(content, policy=policy.default)

    def address_of(self, name: str) -> str:
        return f"{name}-{UUID(self.world.practice_id).hex}@example.com"

    async def notices(self, name: str) -> list[tuple[str, bool]]:
        """State of each e-mail to a contact, and whether it may have arrived twice."""
        statement = text(
            "SELECT state, may_be_doubled FROM unread_notice "
            "WHERE practice_id = :practice_id AND contact_id = :contact_id ORDER BY queued_at, id"
        )
        values = {"practice_id": UUID(self.world.practice_id), "contact_id": UUID(self.world.callers[name].id)}
        async with self.world.product.database.transaction() as uow:
            return [(row.state, row.may_be_doubled) for row in await uow.execute(statement, values)]

    async def run(self, statement: str, **values: object) -> None:
        async with self.world.product.database.transaction() as uow:
            await uow.execute(text(statement), {"practice_id": UUID(self.world.practice_id), **values})


async def set_scene(world: World, mailbox: Mailbox, folder: Path) -> Scene:
    settings = replace(world.product.settings, smtp_url=mailbox.smtp_url)
    scene = Scene(world, mailbox, settings, UnreadMails(settings, world.product.database), clock.now(), folder)
    await scene.look(seconds=0)
    return scene
