"""Sending e-mail over SMTP."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from pawline.notifications.bounce_addresses import bounce_address
from pawline.platform.files import FileStore
from pawline.platform.portraits import portrait_key
from pawline.platform.settings import Settings
from pawline.platform.tracing import span

_TEMPLATES = files("pawline.notifications").joinpath("templates")
_LOGO = "logo@pawline"  # its name within a mail
_environment = Environment(
    loader=FunctionLoader(lambda name: _TEMPLATES.joinpath(name).read_text()),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
)


def build_mail(settings: Settings, *, to: str, subject: str, template: str, facts: Mapping[str, Any]) -> EmailMessage:
    """A mail with a text part and an HTML part, from ``template``.txt and ``template``.html.

    ``facts``: what they say; ``logo`` among them is the JPEG, or None.
    """
    logo: bytes | None = facts.get("logo")
    shown = {**facts, "logo": _LOGO if logo is not None else ""}
    mail = EmailMessage()
    # Line ends in a name would be headers of their own.
    mail["Subject"] = " ".join(subject.split())
    mail["From"] = settings.mail_from
    mail["To"] = to
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=sender_domain(settings))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_environment.get_template(f"{template}.txt").render(shown))
    mail.add_alternative(_environment.get_template(f"{template}.html").render(shown), subtype="html")
    _add_logo(mail, logo)
    return mail


def _add_logo(mail: EmailMessage, logo: bytes | None) -> None:
    """Inside the mail: mail readers show no picture from elsewhere unasked."""
    page = mail.get_body(("html",))
    if logo is not None and page is not None:
        page.add_related(logo, maintype="image", subtype="jpeg", cid=f"<{_LOGO}>", disposition="inline")


async def read_logo(files: FileStore, logo_id: UUID | None) -> bytes | None:
    """None as well where it cannot be had now: the words matter more."""
    return None if logo_id is None else await files.find(portrait_key(logo_id))


def template_in(name: str, language: str) -> str:
    """The template of that name in a contact's language; mails to teams are English."""
    return name if language == "en" else f"{name}.{language}"


def sender_domain(settings: Settings) -> str:
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"


async def send_mail(settings: Settings, mail: EmailMessage, *, practice_id: UUID) -> None:
    """Hand a mail to the configured server: every e-mail there is leaves here.

    ``practice_id``: in whose name; a bounce says so.

    Raises:
        aiosmtplib.SMTPException, OSError: the server does not take it.
    """
    if settings.smtp_url is None:
        raise aiosmtplib.SMTPException("PAWLINE_SMTP_URL is not set")
    parts = urlsplit(settings.smtp_url)
    with span("mail"):
        await aiosmtplib.send(
            mail,
            sender=bounce_address(settings, practice_id, parseaddr(mail["To"])[1]),
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            start_tls=parts.scheme == "smtp+starttls",
            timeout=20,
        )
