"""E-mails to one staff member about one line that a colleague wrote for them."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from pawline.notifications.claims import ClaimedNotice
from pawline.notifications.mail import build_mail
from pawline.notifications.staff_paths import staff_path
from pawline.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Deed:
    """What a colleague ``did``, as it goes on after their name; ``logo``: of the clinic where they did it."""

    did: str
    template: str
    logo: bytes | None


def mail_of_colleague(settings: Settings, notice: ClaimedNotice, to: Any, *, deed: Deed) -> EmailMessage:
    """``to``: who gets it, and what it tells of."""
    headline = f"{to.by_name} {deed.did}"
    shown: dict[str, Any] = {
        "headline": headline,
        "name": to.name,
        "practice": to.practice_name,
        "clinic": to.clinic_name,
        "logo": deed.logo,
        "family": to.family_name,
        "link": settings.public_url + staff_path(to.role, notice.about_id),
        "line": to.body if to.mails_show_words else "",
    }
    return build_mail(settings, to=to.email, subject=headline, template=deed.template, facts=shown)
