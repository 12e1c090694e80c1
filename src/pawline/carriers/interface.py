"""What Pawline asks of a carrier: the same words for all of them. A vendor's folder imports nothing else of Pawline."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from pawline.carriers.reasons import FailureReason
from pawline.carriers.toll_free_form import TollFreeForm


class SendFailed(Exception):
    """A carrier refused a text: it is certain that nothing went out. ``carrier_code`` is theirs, for logs."""

    def __init__(self, reason: FailureReason, *, carrier_code: str = "", retry_after_seconds: float | None = None) -> None:
        super().__init__(reason.name.lower())
        self.reason = reason
        self.carrier_code = carrier_code
        self.retry_after_seconds = retry_after_seconds


class OutcomeUnknown(Exception):
    """The request left, and no usable answer came: the text may be on its way."""


class CarrierFailed(Exception):
    """Something other than a text could not be done at the carrier. The text is fit for an administrator."""


class NumberKind(StrEnum):
    TOLL_FREE = "toll_free"
    HOSTED = "hosted"
    LOCAL = "local"


class ReceiptState(StrEnum):
    """In rising rank; ``FAILED`` is last unless ``DELIVERED`` came."""

    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToSend:
    """Numbers are E.164. ``reference`` is ours, one per attempt: carriers that take a key use it. ``receipt_url`` likewise."""

    from_number: str
    to_number: str
    body: str
    reference: str
    receipt_url: str


@dataclass(frozen=True, slots=True)
class Accepted:
    carrier_message_id: str


@dataclass(frozen=True, slots=True)
class SentText:
    """A text found in the carrier's own list, when we look for one whose outcome is unknown."""

    carrier_message_id: str
    body: str
    sent_at: datetime | None
    state: ReceiptState
    reason: FailureReason | None = None
    carrier_code: str = ""


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """``url`` is built from the configured public address, the path and the raw query; never from headers.

    Header names are in lower case.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    status: int
    media_type: str = "text/plain"
    body: str = ""


@dataclass(frozen=True, slots=True)
class MediaLink:
    """A picture that came with a text, still at the carrier. ``media_type`` is what the carrier claims."""

    url: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundText:
    """Numbers as the carrier spells them. ``keyword``: what the carrier itself made of the text, if it says so."""

    carrier_message_id: str
    from_number: str
    to_number: str
    body: str
    media: Sequence[MediaLink] = ()
    sent_at: datetime | None = None
    keyword: Literal["stop", "start", "help"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    carrier_message_id: str
    state: ReceiptState
    reason: FailureReason | None = None
    carrier_code: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundCall:
    """Somebody calls the text number."""

    carrier_call_id: str
    from_number: str
    to_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    """What became of a forwarded call."""

    carrier_call_id: str
    from_number: str
    to_number: str
    was_answered: bool


CarrierEvent = InboundText | Receipt | InboundCall | CallEnded


@dataclass(frozen=True, slots=True)
class AvailableNumber:
    number: str
    locality: str = ""


@dataclass(frozen=True, slots=True)
class HookUrls:
    """Where the carrier tells us of what happens to a number."""

    text: str
    voice: str
    receipt: str


@dataclass(frozen=True, slots=True)
class OrderedNumber:
    number: str
    carrier_number_id: str


class VerificationState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verification:
    carrier_verification_id: str
    state: VerificationState
    rejection: str = ""


class HostingVerdict(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Hosting:
    """May a number that belongs to another phone company carry texts here? ``words`` say why not, for an administrator."""

    verdict: HostingVerdict
    words: str = ""


@dataclass(frozen=True, slots=True)
class OptOutRules:
    """What the carrier does by itself with a text that is nothing but one of these words, in upper case.

    A ``stop`` word blocks all further texts and is confirmed by the carrier, so we must not confirm it as well;
    a ``start`` word lifts the block and is confirmed likewise.
    """

    stop: Collection[str] = ()
    start: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request to a carrier and its answer, already without secrets, numbers shortened. ``status`` None: no answer came."""

    method: str
    url: str
    request: str
    status: int | None
    answer: str
    seconds: float
    reference: str = ""


RecordExchange = Callable[[Exchange], Awaitable[None]]


async def forget_exchange(_: Exchange) -> None:
    """For callers that keep no record."""


class Carrier(Protocol):
    """One account at one carrier. Methods that call out raise CarrierFailed unless they say otherwise."""

    name: str
    # True: sending again under the same reference within a day cannot make a second text.
    sends_are_keyed: bool

    async def send(self, text: TextToSend) -> Accepted:
        """Raises SendFailed when it is certain that nothing goes out, OutcomeUnknown when it is not."""
        ...

    async def find_sent(self, *, from_number: str, to_number: str, since: datetime) -> Sequence[SentText]:
        """What the carrier has taken from us for this pair of numbers since then."""
        ...

    def is_genuine(self, request: WebhookRequest) -> bool:
        """Was it signed by the carrier, with a secret of ours that is in use?"""
        ...

    def read_webhook(self, request: WebhookRequest) -> Sequence[CarrierEvent]:
        """The events of a genuine request. Raises ValueError when it makes no sense."""
        ...

    def acknowledge(self) -> WebhookAnswer:
        """The answer that tells the carrier we have it, and to say nothing by itself."""
        ...

    def forward_call(self, *, to_number: str, done_url: str) -> WebhookAnswer: ...

    def end_call(self, words: str) -> WebhookAnswer:
        """Say ``words`` to whoever calls, unless empty, and hang up."""
        ...

    def fetch_media(self, link: MediaLink) -> AsyncIterator[bytes]:
        """Stream a file that came with a text. Raises CarrierFailed for an address that is not the carrier's own."""
        ...

    async def search_numbers(self, *, country: str, kind: NumberKind, area: str = "") -> Sequence[AvailableNumber]: ...

    async def order_number(self, number: str, *, hooks: HookUrls) -> OrderedNumber: ...

    async def check_hosting(self, number: str) -> Hosting: ...

    async def verify_toll_free(self, number_id: str, *, form: TollFreeForm) -> Verification: ...

    async def read_verification(self, carrier_verification_id: str) -> Verification: ...

    def opt_out_rules(self, kind: NumberKind) -> OptOutRules: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class CarrierSettings:
    """The settings of one carrier, by their names without the prefix, and what every adapter is given."""

    values: Mapping[str, str] = field(repr=False)
    record: RecordExchange = forget_exchange


BuildCarrier = Callable[[CarrierSettings], Carrier]
"""Raises ValueError with one sentence a line, naming each setting that is missing or wrong."""
