"""What ``pawline doctor`` checks beside the database. Each returns what it found, or raises CheckFailed with what to do."""

import asyncio
import shutil
import smtplib
import ssl
import tempfile
from urllib.parse import unquote, urlsplit

from pawline.carriers.interface import forget_exchange
from pawline.carriers.registry import build_carriers
from pawline.notifications.push_keys import PushIdentity
from pawline.payments.interface import ProviderSilent
from pawline.payments.provider import provider_of
from pawline.platform.errors import Problem, Unavailable
from pawline.platform.files import FileStore
from pawline.platform.room import is_full
from pawline.platform.settings import Settings, SettingsInvalid

LEAST_FREE_GIB = 1
SMTP_SECONDS = 10
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class CheckFailed(Exception):
    """The text says what is wrong and what to do."""


async def check_data_folder(settings: Settings) -> str:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data) as file:
            file.write(b"can be written to")
    except OSError as error:
        raise CheckFailed(
            f"{settings.data} cannot be written to: {error.strerror}. Give PAWLINE_DATA a folder this user can write to."
        ) from error
    free_gib = shutil.disk_usage(settings.data).free / 2**30
    if free_gib < LEAST_FREE_GIB:
        raise CheckFailed(
            f"only {free_gib:.1f} GiB free where {settings.data} is. Free some space, or move the folder to a larger disk."
        )
    if is_full(settings.data):
        raise CheckFailed(
            f"only {free_gib:.1f} GiB free where {settings.data} is: no photos and files are taken any more. Free some space."
        )
    return f"{settings.data}, {free_gib:.1f} GiB free"


async def check_files(settings: Settings) -> str:
    key = "doctor/probe"
    try:
        store = FileStore(settings.files_url)
        await store.put(key, b"probe")
        found = await store.get(key)
        await store.delete(key)
    except (Problem, OSError, ValueError) as error:
        raise CheckFailed(
            f"a file cannot be kept there: {error.__cause__ or error}. Check PAWLINE_FILES_URL and the rights there."
        ) from error
    if found != b"probe":
        raise CheckFailed("a stored file came back changed. Give PAWLINE_FILES_URL another.")
    return "stored, read and deleted one"


async def check_mail(settings: Settings) -> str:
    if settings.smtp_url is None:
        return "the demo brings its own mailbox"
    parts = urlsplit(settings.smtp_url)
    server = f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"
    try:
        await asyncio.to_thread(_greet, settings.smtp_url)
    except smtplib.SMTPAuthenticationError as error:
        raise CheckFailed(f"{server} refuses the user name or password. Check them in PAWLINE_SMTP_URL.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise CheckFailed(f"{server} cannot be used: {error}. Check PAWLINE_SMTP_URL and the firewall.") from error
    return f"{server} answers"


async def check_bounces(settings: Settings) -> str:
    if settings.mail_bounces is None:
        return "not taken; with PAWLINE_MAIL_BOUNCES addresses that do not exist are marked (docs/operating.md)"
    return f"come to {settings.mail_bounces}; there your mail server hands them to `pawline bounce`"


def _greet(url: str) -> None:
    parts = urlsplit(url)
    connect = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with connect(parts.hostname or "", parts.port or PORTS[parts.scheme], timeout=SMTP_SECONDS) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.noop()


async def check_other_processes(settings: Settings) -> str:
    if settings.valkey_url is None:
        return "several tell each other over the database"
    from pawline.platform.peers_on_valkey import try_out  # noqa: PLC0415 - its client is loaded where it is set only

    parts = urlsplit(settings.valkey_url)
    try:
        await try_out(settings.valkey_url)
    except Unavailable as error:
        raise CheckFailed(
            f"nothing sent over {parts.hostname} comes back: {str(error.__cause__ or '') or 'no answer'}. "
            "Check PAWLINE_VALKEY_URL, the firewall and what its user may do there."
        ) from error
    return f"several tell each other over {parts.hostname}"


async def check_payments(settings: Settings) -> str:
    """Does the key open the account? Nothing is charged to find out."""
    if settings.payments is None:
        return "no account is set up, so the team cannot ask for payments (docs/operating.md)"
    host = urlsplit(settings.payments.url).hostname
    try:
        async with provider_of(settings) as provider:
            await provider.read("cs_of_doctor")
    except ProviderSilent as error:
        raise CheckFailed(
            f"{host} does not answer, or refuses the key; the line above says which. "
            "Check the settings of payments and the firewall."
        ) from error
    return f"through {host}, which tells {settings.public_url}/hooks/payments what is paid"


async def check_push(settings: Settings) -> str:
    """Nothing is sent to find out: push services answer for real browsers only."""
    key = PushIdentity(settings).public_key
    if not settings.is_https:
        return "browsers ask for it where PAWLINE_PUBLIC_URL starts with https://"
    if settings.mail_from.rstrip(">").endswith("@localhost"):
        raise CheckFailed("push services want an address to write to in case of trouble. Give PAWLINE_MAIL_FROM a real one.")
    return f"signed with the key {key[:12]}…, which is made of the secret"


async def check_texting(settings: Settings) -> str:
    """Are the settings of each carrier complete? Nothing is sent to find out."""
    try:
        carriers = build_carriers(settings, lambda _: forget_exchange)
    except SettingsInvalid as error:
        raise CheckFailed(" ".join(error.problems)) from error
    for carrier in carriers.values():
        await carrier.close()
    return f"set up for {', '.join(carriers)}" if carriers else "no carrier is set up, so there is no texting"
