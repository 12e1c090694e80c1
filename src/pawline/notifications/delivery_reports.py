"""Reading the reports by which mail servers say later that they could not deliver (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import cast

_REPORT = "message/delivery-status"
_FAILED = ("failed", "error")  # as OpenSMTPD calls it
_REPLY = re.compile(r"(?:(?P<code>[245]\d\d)[ -]+)?(?P<words>.*)", re.DOTALL)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
# The second and further lines of an answer begin like the first.
_SAME_AGAIN = re.compile(r"(?<=\s)[245]\d\d(?:-| (?=[245]\.\d))(?:[245]\.\d{1,3}\.\d{1,3}\s)?")
# "Other": no more is known, and the words after the code tell more.
_SAYS_NOTHING = frozenset({"5.0.0", "5.1.0"})


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """What the last mail server on the way said: the code of its answer, 0 without one, and its words, status first."""

    code: int
    words: str

    @property
    def as_said(self) -> str:
        return f"{self.code} {self.words}" if self.code else self.words


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """``failed``: for good, or until the mail server gave up trying. None: it is late, or it has arrived."""

    failed: FailedDelivery | None


def read_report(mail: Message) -> DeliveryReport | None:
    """None: this is no such report, like an answer from somebody on holiday.

    Our e-mails go to one address each, so a report tells of one, though it may have been sent on to others.
    """
    part = next((part for part in _parts(mail) if part.get_content_type() == _REPORT), None)
    if part is None or not part.is_multipart():
        return None
    for recipient in cast(list[Message], part.get_payload()):
        if _header(recipient, "Action").lower().startswith(_FAILED):
            return DeliveryReport(_failed(recipient))
    return DeliveryReport(None)


def _parts(mail: Message) -> Iterator[Message]:
    """Not those of the e-mail that is sent back with the report."""
    yield mail
    if mail.get_content_maintype() == "multipart" and mail.is_multipart():
        for part in cast(list[Message], mail.get_payload()):
            yield from _parts(part)


def _failed(recipient: Message) -> FailedDelivery:
    status = _STATUS.search(_header(recipient, "Status"))
    said = _header(recipient, "Diagnostic-Code").partition(";")[2].strip()
    answer = _REPLY.fullmatch(said)
    code, words = (answer["code"], answer["words"]) if answer else (None, said)
    words = _SAME_AGAIN.sub("", words)
    if status is not None and status.group() not in _SAYS_NOTHING and not _STATUS.match(words):
        words = f"{status.group()} {words}".strip()
    return FailedDelivery(int(code or 0), words)


def _header(part: Message, name: str) -> str:
    """In one line, of what a text column can hold."""
    line = " ".join(str(part.get(name, "")).split())
    return "".join(sign for sign in line if sign.isprintable())
