from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import aiosmtplib
from litestar import Litestar
from litestar.testing import AsyncTestClient

from pawline.demo.mailbox import Mailbox
from pawline.demo.routes import demo_router


def mail_to(address: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Pawline <pawline@localhost>", address, "Pixel · your code"
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    return mail


async def send(mailbox: Mailbox, *mails: EmailMessage) -> None:
    url = urlsplit(mailbox.smtp_url)
    async with aiosmtplib.SMTP(hostname=url.hostname, port=url.port, start_tls=False) as smtp:
        for mail in mails:
            await smtp.send_message(mail)


async def test_mail_is_kept_with_its_plain_text(tmp_path: Path) -> None:
    async with Mailbox(tmp_path / "mails") as mailbox:
        await send(mailbox, mail_to("olive@example.com", "Your code is 123456.\n.a line with a dot — and a dash"))
        mails = mailbox.list_mails()

    assert [("olive@example.com", "Pixel · your code")] == [(mail.to, mail.subject) for mail in mails]
    assert "Your code is 123456.\n.a line with a dot — and a dash" == mails[0].text.strip().replace("\r\n", "\n")


async def test_mails_come_newest_first_and_outlive_the_mailbox(tmp_path: Path) -> None:
    async with Mailbox(tmp_path) as mailbox:
        await send(mailbox, mail_to("olive@example.com", "first"), mail_to("omar@example.com", "second"))

    assert ["second", "first"] == [mail.text.strip() for mail in Mailbox(tmp_path).list_mails()]


async def test_mails_are_listed_over_http(tmp_path: Path) -> None:
    async with Mailbox(tmp_path) as mailbox, AsyncTestClient(Litestar([demo_router(tmp_path)])) as client:
        empty = await client.get("/api/v1/demo/mails")
        await send(mailbox, mail_to("olive@example.com", "hello"))
        answer = await client.get("/api/v1/demo/mails")

    assert {"mails": []} == empty.json()
    assert ["olive@example.com"] == [mail["to"] for mail in answer.json()["mails"]]
    assert {"id", "to", "subject", "sent_at", "text"} == set(answer.json()["mails"][0])
