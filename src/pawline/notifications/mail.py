"""Sending e-mail over SMTP."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib
from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from pawline.platform.settings import Settings

_TEMPLATES = files("pawline.notifications").joinpath("templates")
_environment = Environment(
    loader=FunctionLoader(lambda name: _TEMPLATES.joinpath(name).read_text()),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
)


def build_mail(settings: Settings, *, to: str, subject: str, template: str, facts: Mapping[str, Any]) -> EmailMessage:
    """A mail with a text part and an HTML part, from ``template``.txt and ``template``.html."""
    mail = EmailMessage()
    # Line ends in a name would be headers of their own.
    mail["Subject"] = " ".join(subject.split())
    mail["From"] = settings.mail_from
    mail["To"] = to
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=sender_domain(settings))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_environment.get_template(f"{template}.txt").render(facts))
    mail.add_alternative(_environment.get_template(f"{template}.html").render(facts), subtype="html")
    return mail


def template_in(name: str, language: str) -> str:
    """The template of that name in a contact's language; mails to teams are English."""
    return name if language == "en" else f"{name}.{language}"


def sender_domain(settings: Settings) -> str:
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"


async def send_new_mail(settings: Settings, *, to: str, subject: str, template: str, facts: Mapping[str, Any]) -> None:
    """``build_mail`` and ``send_mail`` in one."""
    await send_mail(settings, build_mail(settings, to=to, subject=subject, template=template, facts=facts))


async def send_mail(settings: Settings, mail: EmailMessage) -> None:
    """Hand a mail to the configured server; raises ``aiosmtplib.SMTPException`` or OSError when it does not take it."""
    if settings.smtp_url is None:
        raise aiosmtplib.SMTPException("PAWLINE_SMTP_URL is not set")
    parts = urlsplit(settings.smtp_url)
    await aiosmtplib.send(
        mail,
        hostname=parts.hostname,
        port=parts.port,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        start_tls=parts.scheme == "smtp+starttls",
        timeout=20,
    )
