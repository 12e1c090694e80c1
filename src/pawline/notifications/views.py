"""What the API shows and takes of how somebody is told about messages."""

from typing import Annotated

import msgspec


class NotificationsView(msgspec.Struct, frozen=True):
    """``email`` is where the e-mails go, if anywhere. ``push_key`` is for the browser to subscribe with;
    ``tells_this_browser``: it has done so."""

    email: str | None
    is_mailed: bool
    push_key: str
    tells_this_browser: bool


class NotificationsChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    is_mailed: bool


class PushKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As a browser gives them: base64url."""

    p256dh: Annotated[str, msgspec.Meta(min_length=80, max_length=100)]
    auth: Annotated[str, msgspec.Meta(min_length=20, max_length=30)]


class PushRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A browser's subscription: where to push to it, and its keys."""

    endpoint: Annotated[str, msgspec.Meta(min_length=10, max_length=1_000)]
    keys: PushKeys
