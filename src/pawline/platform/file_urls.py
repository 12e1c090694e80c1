"""From the one URL in the settings to the store behind it."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store, from_url

if TYPE_CHECKING:  # these exist in its type stubs only
    from obstore.store import ClientConfig, RetryConfig, S3Config

_REMOTE_SCHEMES = ("gs", "az")
_S3_OPTIONS = {"endpoint", "region"}

# A person waits for a photo: give up well before their patience ends, not after the library's three minutes.
_RETRIES: "RetryConfig" = {
    "max_retries": 2,
    "retry_timeout": timedelta(seconds=8),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=1), "base": 2},
}
_TIMES: "ClientConfig" = {
    "connect_timeout": timedelta(seconds=3),
    "read_timeout": timedelta(seconds=10),
    "timeout": timedelta(minutes=5),  # of a whole request: a large PDF to a slow phone
}


class FilesUrlInvalid(ValueError):
    """The URL of the file store cannot be used; the message says what to give instead, and repeats no password."""


def read_folder(url: str) -> Path | None:
    """The folder of a ``file://`` URL; None for every other store."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return None
    if parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise FilesUrlInvalid("A file:// address needs three slashes and a whole path, like file:///var/lib/pawline/files.")
    return Path(unquote(parts.path))


def build_store(url: str) -> ObjectStore:
    """See FileStore for the forms of ``url``.

    Raises:
        FilesUrlInvalid: no such form.
    """
    folder = read_folder(url)
    if folder is not None:
        return LocalStore(folder, mkdir=True)
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return from_url("memory:///")
    if parts.scheme == "s3":
        return _s3(parts)
    if parts.scheme in _REMOTE_SCHEMES:
        return from_url(url, client_options=_TIMES, retry_config=_RETRIES)
    raise FilesUrlInvalid("The address of the file store must start with file://, s3://, gs:// or az://.")


def require_usable(url: str) -> None:
    """Raises FilesUrlInvalid. Nothing is made or asked for to find out."""
    try:
        if read_folder(url) is None:
            build_store(url)
    except FilesUrlInvalid:
        raise
    except (BaseError, ValueError) as error:
        raise FilesUrlInvalid("It is no whole address of a file store.") from error


class _Login(TypedDict, total=False):
    access_key_id: str
    secret_access_key: str


def _s3(parts: SplitResult) -> S3Store:
    options = parse_qs(parts.query, keep_blank_values=True)
    if not parts.hostname or set(options) - _S3_OPTIONS:
        raise FilesUrlInvalid(
            "Give S3 as s3://KEY:SECRET@bucket/folder?endpoint=https://...&region=...; no other options are known."
        )
    config: S3Config = {"region": options.get("region", ["us-east-1"])[0], **_login(parts)}
    client: ClientConfig = _TIMES
    endpoint = options.get("endpoint", [""])[0]
    if endpoint:
        # Servers other than Amazon's rarely answer under bucket.host; all answer under host/bucket.
        config = {**config, "endpoint": endpoint, "virtual_hosted_style_request": False}
        client = {**_TIMES, "allow_http": endpoint.startswith("http://")}
    bucket = parts.netloc.rpartition("@")[2]
    return S3Store(bucket, prefix=parts.path.strip("/") or None, config=config, client_options=client, retry_config=_RETRIES)


def _login(parts: SplitResult) -> _Login:
    if parts.username and parts.password:
        return {"access_key_id": unquote(parts.username), "secret_access_key": unquote(parts.password)}
    if parts.username or parts.password:
        raise FilesUrlInvalid(
            "The S3 address has a key without its secret; give both as s3://KEY:SECRET@bucket, percent-encoded."
        )
    return {}
