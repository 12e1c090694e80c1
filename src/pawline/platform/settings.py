"""Settings: read once from the environment, checked together, never changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from pawline.platform.kept_secret import LEAST_CHARACTERS, SecretUnusable, kept_secret

_ADDRESS = r"[^\s@<>,;]+@[^\s@<>,;]+"
_PAYMENTS = "PAWLINE_STRIPE_"  # words: settings are called what their source calls them
PAYMENTS_URL = "https://api.stripe.com"  # words: as above
# A plus and 45 characters follow the name of the mailbox, and 64 may stand before an @ (RFC 5321).
_BOUNCES = r"[A-Za-z0-9.-]{1,18}@[A-Za-z0-9.-]+"


class SettingsInvalid(Exception):
    """One or more settings are missing or wrong. ``problems`` has one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(["Pawline cannot start with these settings:", *(f"  - {p}" for p in problems)]))


@dataclass(frozen=True, slots=True)
class PaymentSettings:
    """The practice's account with whoever takes the money. ``url``: where its API is."""

    key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    url: str = PAYMENTS_URL


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one installation and another.

    ``mail_bounces``: the address whose mail `pawline bounce` reads. ``carriers``: what is set for each carrier, by its name
    and the setting's, both in lower case. ``payments``: where families pay, if they can. ``hurry``: how many times shorter than
    outside of tests the waits on the way to a carrier are. ``worker_port``: where `pawline worker` tells how it does; None:
    nowhere.
    """

    data: Path
    public_url: str
    bind: str
    port: int
    database_url: str | None = field(repr=False)
    files_url: str
    smtp_url: str | None = field(repr=False)
    mail_from: str
    secret: str = field(repr=False)
    is_demo: bool = False
    mail_bounces: str | None = None
    valkey_url: str | None = field(default=None, repr=False)
    traces_url: str | None = field(default=None, repr=False)
    carriers: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]], repr=False)
    payments: PaymentSettings | None = field(default=None, repr=False)
    upload_limit_bytes: int = 25 * 1024 * 1024
    database_connections: int = 16
    trusted_proxies: int = 0
    hurry: int = 1
    worker_port: int | None = None

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def postgres_folder(self) -> Path:
        return self.data / "postgres"

    @staticmethod
    def from_env(env: Mapping[str, str]) -> "Settings":
        """Read all settings; name every problem in one SettingsInvalid."""
        return _Reader(env).read()


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._problems: list[str] = []

    def read(self) -> Settings:
        data = Path(self._env.get("PAWLINE_DATA") or "data").expanduser().resolve()
        port = self._number("PAWLINE_PORT", self._env.get("PORT") or "8080", highest=65_535)
        is_demo = self._env.get("PAWLINE_DEMO", "") == "1"
        settings = Settings(
            data=data,
            public_url=self._public_url(f"http://127.0.0.1:{port}"),
            bind=self._env.get("PAWLINE_BIND") or "127.0.0.1",
            port=port,
            database_url=self._database_url(),
            files_url=self._files_url((data / "files").as_uri()),
            smtp_url=self._smtp_url(is_demo=is_demo),
            mail_from=self._mail_from(),
            secret=self._secret(data),
            is_demo=is_demo,
            mail_bounces=self._mail_bounces(),
            valkey_url=self._valkey_url(),
            traces_url=self._traces_url(),
            carriers=self._carriers(),
            payments=self._payments(),
            upload_limit_bytes=self._number("PAWLINE_UPLOAD_LIMIT_MB", "25", highest=1_000) * 1024 * 1024,
            database_connections=self._number("PAWLINE_DATABASE_CONNECTIONS", "16", highest=500),
            trusted_proxies=self._number("PAWLINE_TRUSTED_PROXIES", "0", lowest=0, highest=9),
            hurry=self._hurry(),
            worker_port=self._worker_port(),
        )
        if self._problems:
            raise SettingsInvalid(self._problems)
        return settings

    def _number(self, name: str, default: str, *, highest: int, lowest: int = 1) -> int:
        raw = self._env.get(name) or default
        if raw.isascii() and raw.isdigit() and lowest <= int(raw) <= highest:
            return int(raw)
        self._problems.append(f"{name} is {raw!r}; give a whole number from {lowest} to {highest}.")
        return lowest

    def _worker_port(self) -> int | None:
        return self._number("PAWLINE_WORKER_PORT", "", highest=65_535) if self._env.get("PAWLINE_WORKER_PORT") else None

    def _hurry(self) -> int:
        if self._env.get("PAWLINE_HURRY") and self._env.get("PAWLINE_TESTING") != "1":
            self._problems.append(
                "PAWLINE_HURRY gives carriers no time to answer; leave it out, or say PAWLINE_TESTING=1 in a test."
            )
        return self._number("PAWLINE_HURRY", "1", highest=100)

    def _public_url(self, default: str) -> str:
        url = (self._env.get("PAWLINE_PUBLIC_URL") or default).rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            self._problems.append(f"PAWLINE_PUBLIC_URL is {url!r}; give the address people open, like https://chat.example.org.")
        elif parts.scheme == "http" and not _is_loopback(parts.hostname):
            self._problems.append("PAWLINE_PUBLIC_URL must start with https:// unless it is an address of this machine itself.")
        return url

    def _database_url(self) -> str | None:
        url = self._env.get("DATABASE_URL") or None
        if url is not None and urlsplit(url).scheme not in ("postgres", "postgresql"):
            self._problems.append("DATABASE_URL must start with postgresql://; leave it out to use the built-in database.")
        return url

    def _valkey_url(self) -> str | None:
        url = self._env.get("PAWLINE_VALKEY_URL") or None
        if url is not None and not _is_server(url, ("redis", "rediss", "valkey", "valkeys")):
            self._problems.append(
                "PAWLINE_VALKEY_URL must be like redis://user:password@host:6379, or rediss:// for TLS; "
                "leave it out to let processes tell each other over the database."
            )
        return url

    def _traces_url(self) -> str | None:
        url = self._env.get("PAWLINE_TRACES_URL") or None
        if url is not None and not _is_server(url, ("http", "https")):
            self._problems.append("PAWLINE_TRACES_URL must be like http://127.0.0.1:4318/v1/traces; leave it out to keep none.")
        return url

    def _smtp_url(self, *, is_demo: bool) -> str | None:
        url = self._env.get("PAWLINE_SMTP_URL") or None
        if url is not None and urlsplit(url).scheme not in ("smtp", "smtps", "smtp+starttls"):
            self._problems.append("PAWLINE_SMTP_URL must start with smtp://, smtp+starttls:// or smtps://.")
        if url is None and not is_demo:
            self._problems.append(
                "PAWLINE_SMTP_URL is missing; pet owners sign in by e-mail. "
                "Give your mail server, like smtp+starttls://user:password@mail.example.org:587."
            )
        return url

    def _files_url(self, default: str) -> str:
        url = self._env.get("PAWLINE_FILES_URL")
        if not url:
            return default
        from pawline.platform.file_urls import FilesUrlInvalid, require_usable  # noqa: PLC0415 - brings 12 MiB of libraries

        try:
            require_usable(url)
        except FilesUrlInvalid as error:
            self._problems.append(f"PAWLINE_FILES_URL cannot be used. {error}")
        return url

    def _mail_from(self) -> str:
        sender = (self._env.get("PAWLINE_MAIL_FROM") or "Pawline <pawline@localhost>").strip()
        if not sender.isprintable() or re.fullmatch(_ADDRESS, parseaddr(sender)[1]) is None:
            self._problems.append(
                f"PAWLINE_MAIL_FROM is {sender!r}; give an address, or a name and an address like "
                "Northside Veterinary <chat@clinic.example>; a name with a comma in it goes in double quotes."
            )
        return sender

    def _mail_bounces(self) -> str | None:
        address = (self._env.get("PAWLINE_MAIL_BOUNCES") or "").strip()
        if not address:
            return None
        if re.fullmatch(_BOUNCES, address) is None:
            self._problems.append(
                f"PAWLINE_MAIL_BOUNCES is {address!r}; give an address like bounces@clinic.example, "
                "with at most 18 letters, digits, dots and hyphens before the @."
            )
        return address

    def _carriers(self) -> dict[str, dict[str, str]]:
        """``PAWLINE_CARRIER_<NAME>_<SETTING>``; what each carrier needs is its own adapter's to say."""
        found: dict[str, dict[str, str]] = {}
        for variable, value in self._env.items():
            name, _, setting = variable.removeprefix("PAWLINE_CARRIER_").partition("_")
            if variable.startswith("PAWLINE_CARRIER_") and setting and value:
                found.setdefault(name.lower(), {})[setting.lower()] = value
        return found

    def _payments(self) -> PaymentSettings | None:
        key, secret = (self._env.get(f"{_PAYMENTS}{name}") or "" for name in ("KEY", "WEBHOOK_SECRET"))
        url = (self._env.get(f"{_PAYMENTS}URL") or PAYMENTS_URL).rstrip("/")
        if not key and not secret:
            return None
        if not key or not secret:
            self._problems.append(
                f"{_PAYMENTS}KEY and {_PAYMENTS}WEBHOOK_SECRET belong together: with one alone nobody could pay, or nobody would "
                "learn of it. Give both, or neither."
            )
        parts = urlsplit(url)
        if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname))):
            self._problems.append(f"{_PAYMENTS}URL must start with https://; leave it out for {PAYMENTS_URL}.")
        return PaymentSettings(key, secret, url)

    def _secret(self, data: Path) -> str:
        secret = self._env.get("PAWLINE_SECRET") or self._read_secret("PAWLINE_SECRET_FILE")
        if secret is None and not self._env.get("DATABASE_URL"):
            return self._kept_secret(data)
        if secret is None:
            self._problems.append(
                "PAWLINE_SECRET is missing; processes that share a database share a secret. "
                "Give at least 32 random characters, or PAWLINE_SECRET_FILE."
            )
        elif len(secret.strip()) < LEAST_CHARACTERS:
            self._problems.append(f"PAWLINE_SECRET is too short; give at least {LEAST_CHARACTERS} random characters.")
        return secret or ""

    def _kept_secret(self, data: Path) -> str:
        try:
            return kept_secret(data)
        except SecretUnusable as error:
            self._problems.append(str(error))
            return ""

    def _read_secret(self, name: str) -> str | None:
        path = self._env.get(name)
        if not path:
            return None
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            self._problems.append(f"{name} cannot be read: {error.strerror or error}.")
            return None


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _is_server(url: str, schemes: tuple[str, ...]) -> bool:
    """Is it a host with, at most, a user, a password, a port and the number of a database?"""
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    number = parts.path.removeprefix("/")
    return parts.scheme in schemes and bool(parts.hostname) and has_port and not parts.query and (not number or number.isdigit())
