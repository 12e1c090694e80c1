"""A carrier in memory, for tests: it does what a script says, and keeps a ledger of the texts that went out."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pawline.carriers.interface import (
    Accepted,
    AvailableNumber,
    CarrierEvent,
    CarrierFailed,
    HookUrls,
    Hosting,
    HostingVerdict,
    MediaLink,
    NumberKind,
    OptOutRules,
    OrderedNumber,
    OutcomeUnknown,
    ReceiptState,
    SentText,
    TextToSend,
    TollFreeForm,
    Verification,
    VerificationState,
    WebhookAnswer,
    WebhookRequest,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the ledger."""

    text: TextToSend
    carrier_message_id: str
    at: datetime


Step = Callable[["FakeCarrier", TextToSend], Awaitable[Accepted]]


async def accept(carrier: "FakeCarrier", text: TextToSend) -> Accepted:
    return carrier.take(text)


async def accept_and_lose_the_answer(carrier: "FakeCarrier", text: TextToSend) -> Accepted:
    carrier.take(text)
    raise OutcomeUnknown("lost")


async def lose_the_request(_: "FakeCarrier", __: TextToSend) -> Accepted:
    raise OutcomeUnknown("lost")


def fail_with(error: Exception) -> Step:
    async def step(_: "FakeCarrier", __: TextToSend) -> Accepted:
        raise error

    return step


def accept_after(seconds: float) -> Step:
    async def step(carrier: "FakeCarrier", text: TextToSend) -> Accepted:
        await asyncio.sleep(seconds)
        return carrier.take(text)

    return step


@dataclass
class FakeCarrier:
    """``script`` is what happens to the next sends, one step each; ``otherwise`` to all that follow."""

    name: str = "fake"
    sends_are_keyed: bool = False
    script: deque[Step] = field(default_factory=deque[Step])
    otherwise: Step = accept
    rules: OptOutRules = field(default_factory=OptOutRules)
    # False: its list of texts cannot be read.
    is_listing: bool = True
    events: Sequence[CarrierEvent] = ()
    calls: list[TextToSend] = field(default_factory=list[TextToSend])
    ledger: list[Sent] = field(default_factory=list[Sent])
    # What it keeps for texts with pictures, by address; and which of it was asked for.
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    fetched: list[str] = field(default_factory=list[str])

    def take(self, text: TextToSend) -> Accepted:
        """Put a text into the ledger; a known reference makes no second one where sends are keyed."""
        known = next((each for each in self.ledger if each.text.reference == text.reference), None)
        if known is None or not self.sends_are_keyed:
            known = Sent(text, f"fake-{id(self)}-{len(self.ledger) + 1}", datetime.now(UTC))
            self.ledger.append(known)
        return Accepted(known.carrier_message_id)

    def sent_to(self, number: str) -> list[str]:
        return [each.text.body for each in self.ledger if each.text.to_number == number]

    async def send(self, text: TextToSend) -> Accepted:
        self.calls.append(text)
        step = self.script.popleft() if self.script else self.otherwise
        return await step(self, text)

    async def find_sent(self, *, from_number: str, to_number: str, since: datetime) -> Sequence[SentText]:
        if not self.is_listing:
            raise CarrierFailed("The list cannot be read.")
        return [
            SentText(each.carrier_message_id, each.text.body, each.at, ReceiptState.ACCEPTED)
            for each in self.ledger
            if (each.text.from_number, each.text.to_number) == (from_number, to_number) and each.at >= since
        ]

    def is_genuine(self, request: WebhookRequest) -> bool:
        return request.headers.get("x-fake-signature") == "genuine"

    def read_webhook(self, request: WebhookRequest) -> Sequence[CarrierEvent]:
        if not request.body:
            raise ValueError("empty")
        return self.events

    def acknowledge(self) -> WebhookAnswer:
        return WebhookAnswer(204)

    def forward_call(self, *, to_number: str, done_url: str) -> WebhookAnswer:
        return WebhookAnswer(200, body=f"forward {to_number} {done_url}")

    def end_call(self, words: str) -> WebhookAnswer:
        return WebhookAnswer(200, body=words)

    async def fetch_media(self, link: MediaLink) -> AsyncIterator[bytes]:
        self.fetched.append(link.url)
        if not link.url.startswith("fake:"):
            raise CarrierFailed("Not an address of this carrier.")
        if link.url not in self.files:
            raise CarrierFailed("The file is not there yet.")
        yield self.files[link.url]

    async def search_numbers(self, *, country: str, kind: NumberKind, area: str = "") -> Sequence[AvailableNumber]:
        return [AvailableNumber("+18885550142" if kind is NumberKind.TOLL_FREE else "+12025550142", area or country)]

    async def order_number(self, number: str, *, hooks: HookUrls) -> OrderedNumber:
        return OrderedNumber(number, f"number at {hooks.text}")

    async def check_hosting(self, number: str) -> Hosting:
        return Hosting(HostingVerdict.ELIGIBLE if number.startswith("+1") else HostingVerdict.NOT_ELIGIBLE)

    async def verify_toll_free(self, number_id: str, *, form: TollFreeForm) -> Verification:
        return Verification(f"{number_id} for {form.business_name}", VerificationState.PENDING)

    async def read_verification(self, carrier_verification_id: str) -> Verification:
        return Verification(carrier_verification_id, VerificationState.APPROVED)

    def opt_out_rules(self, kind: NumberKind) -> OptOutRules:
        return self.rules if kind is NumberKind.TOLL_FREE else OptOutRules()

    async def close(self) -> None:
        """Nothing is open."""
