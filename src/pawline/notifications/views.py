"""What the API shows and takes of how somebody is told about messages."""

from datetime import datetime
from typing import Annotated

import msgspec


class NotificationsView(msgspec.Struct, frozen=True):
    """``email`` is where the e-mails go, if anywhere. ``push_key`` is for the browser to subscribe with;
    ``tells_this_browser``: it has done so."""

    email: str | None
    is_mailed: bool
    push_key: str
    tells_this_browser: bool


class DayEndView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the list of open conversations comes by e-mail when a clinic's day ends."""

    is_mailed: bool


class ContactMailView(msgspec.Struct, frozen=True):
    """Since when the address of a client takes no e-mail, and what the mail server said; null: it does, or there is none."""

    email: str | None
    refused_at: datetime | None
    words: str | None


class TeamBrowserView(msgspec.Struct, frozen=True):
    """``push_key`` is for the browser to subscribe with. ``only_on_duty``: silent while the clinic of a thread is off duty."""

    push_key: str
    tells_this_browser: bool
    only_on_duty: bool


class OnDutyChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    only_on_duty: bool


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
