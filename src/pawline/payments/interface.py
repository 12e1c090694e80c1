"""What payments ask of whoever takes the money, in our words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from pawline.platform.errors import Unavailable


class ProviderSilent(Unavailable):
    """Whoever takes the money does not answer, or not as it should."""

    def __init__(self) -> None:
        super().__init__("The payment page cannot be reached right now. Nothing was charged. Please try again in a moment.")


class SignatureWrong(Exception):
    """The request does not come from the provider, or is too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody is about to pay. The same ``key`` opens the same checkout again, however often it is asked for."""

    key: str
    practice_id: UUID
    message_id: UUID
    words: str
    amount_minor: int
    currency: str
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """``state`` "settling": the money is on its way. "over": nobody can pay there any more, and nobody has.

    ``practice_id`` and ``message_id`` are missing with a checkout that is none of ours.
    """

    id: str
    state: Literal["open", "settling", "paid", "over"]
    url: str
    amount_minor: int
    currency: str
    practice_id: UUID | None
    message_id: UUID | None


@dataclass(frozen=True, slots=True)
class CheckoutNews:
    """``event_id`` is the same each time that the provider tells of it."""

    event_id: str
    checkout_id: str


class Provider(Protocol):
    async def open(self, order: Order) -> Checkout:
        """Raises ProviderSilent, as the others do."""
        ...

    async def read(self, checkout_id: str) -> Checkout | None:
        """None: the provider knows of no such checkout."""
        ...

    async def close_checkout(self, checkout_id: str) -> None:
        """Nobody can pay there any more, unless somebody has."""
        ...

    def read_news(self, body: bytes, headers: Mapping[str, str]) -> CheckoutNews | None:
        """None: nothing that we asked to hear of. Raises SignatureWrong."""
        ...

    async def close(self) -> None: ...
