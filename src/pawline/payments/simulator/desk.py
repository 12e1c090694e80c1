"""A simulated Stripe: Checkout Sessions as its API makes them, and webhooks about them as it signs them. No money moves."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from pawline.platform.settings import PaymentSettings

SIGNATURE_HEADER = "Stripe-Signature"
# Stripe itself goes on for three days.
_PAUSES_SECONDS = (0.0, 0.2, 1.0, 5.0, 20.0)
_NEEDED = ("mode", "success_url", "line_items[0][price_data][currency]", "line_items[0][price_data][unit_amount]")
_LOWEST = 50


class Refused(Exception):
    """As Stripe says it: ``kind`` is its type of error."""

    def __init__(self, status: int, kind: str, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message, **({"code": code} if code else {})}


@dataclass(slots=True)
class SimulatedSession:
    id: str
    fields: Mapping[str, str]
    url: str
    created: int
    status: str = "open"
    payment_status: str = "unpaid"

    @property
    def words(self) -> str:
        return self.fields.get("line_items[0][price_data][product_data][name]", "")

    @property
    def currency(self) -> str:
        return self.fields["line_items[0][price_data][currency]"]

    @property
    def amount(self) -> int:
        return int(self.fields["line_items[0][price_data][unit_amount]"])

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "checkout.session",
            "amount_total": self.amount,
            "cancel_url": self.fields.get("cancel_url"),
            "client_reference_id": self.fields.get("client_reference_id"),
            "created": self.created,
            "currency": self.currency,
            "metadata": {
                name.removeprefix("metadata[").rstrip("]"): value
                for name, value in self.fields.items()
                if name.startswith("metadata[")
            },
            "mode": "payment",
            "payment_status": self.payment_status,
            "status": self.status,
            "success_url": self.fields["success_url"],
            "url": self.url if self.status == "open" else None,
        }


@dataclass(slots=True)
class StripeDesk:
    """``page_url`` is where people pay, ``hook_url`` where the product hears of it. What it knows ends with the process."""

    settings: PaymentSettings
    page_url: str
    hook_url: str
    sessions: dict[str, SimulatedSession] = field(default_factory=dict[str, SimulatedSession])
    _repeats: dict[str, tuple[Mapping[str, str], SimulatedSession]] = field(
        default_factory=dict[str, tuple[Mapping[str, str], SimulatedSession]]
    )

    def open(self, fields: Mapping[str, str], idempotency_key: str) -> SimulatedSession:
        if (known := self._repeats.get(idempotency_key)) is not None:
            if known[0] != fields:
                raise Refused(400, "idempotency_error", "Keys for idempotent requests can only be used with the same parameters.")
            return known[1]
        for name in _NEEDED:
            if not fields.get(name):
                raise Refused(400, "invalid_request_error", f"Missing required param: {name}.", code="parameter_missing")
        if fields["mode"] != "payment":
            raise Refused(400, "invalid_request_error", "Invalid mode: must be one of payment, setup, or subscription")
        if int(fields["line_items[0][price_data][unit_amount]"]) < _LOWEST:
            raise Refused(400, "invalid_request_error", "The amount is too small.", code="amount_too_small")
        session_id = f"cs_test_{uuid4().hex}"
        session = SimulatedSession(session_id, fields, f"{self.page_url}/{session_id}", int(time.time()))
        self.sessions[session_id] = session
        if idempotency_key:
            self._repeats[idempotency_key] = (fields, session)
        return session

    def find(self, session_id: str) -> SimulatedSession:
        if session_id not in self.sessions:
            message = f"No such checkout.session: {session_id}"
            raise Refused(404, "invalid_request_error", message, code="resource_missing")
        return self.sessions[session_id]

    def expire(self, session_id: str) -> SimulatedSession:
        session = self.find(session_id)
        if session.status != "open":
            message = 'Only Checkout Sessions with a status in ["open"] can be expired.'
            raise Refused(400, "invalid_request_error", message)
        session.status = "expired"
        return session

    async def tell(self, kind: str, session: SimulatedSession) -> None:
        """Again and again until the product takes it, each time under the same id."""
        event = {"id": f"evt_{uuid4().hex}", "object": "event", "type": kind, "data": {"object": session.as_json()}}
        body = msgspec.json.encode({**event, "created": int(time.time())})
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            for pause in _PAUSES_SECONDS:
                await asyncio.sleep(pause)
                if await self._is_taken(client, body):
                    return

    async def _is_taken(self, client: httpx.AsyncClient, body: bytes) -> bool:
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature_of(body, self.settings.webhook_secret)}
        try:
            return (await client.post(self.hook_url, content=body, headers=headers)).is_success
        except httpx.HTTPError:
            return False


def signature_of(body: bytes, secret: str, *, at: float | None = None) -> str:
    """``Stripe-Signature``, scheme v1: HMAC-SHA256 of the time in seconds, a dot and the body."""
    moment = int(time.time() if at is None else at)
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"
