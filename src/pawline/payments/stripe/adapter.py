"""Payments through Stripe's own pages: card numbers never come near us.

Brings Stripe's library, which a process that nobody pays through does without: import it where it is called.
"""

import json
from collections.abc import Mapping
from typing import Any, Literal, cast
from uuid import UUID

import stripe
import structlog
from stripe.checkout import Session

from pawline.payments.interface import Checkout, CheckoutNews, Order, ProviderSilent, SignatureWrong
from pawline.platform.settings import PaymentSettings

# Paid later: a bank's word on it may come days after the page was left.
_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)
_TIMEOUT_SECONDS = 10
_TOLERANCE_SECONDS = stripe.Webhook.DEFAULT_TOLERANCE
_verify: Any = stripe.WebhookSignature.verify_header  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_log = structlog.get_logger()


class Adapter:
    def __init__(self, settings: PaymentSettings) -> None:
        self._settings = settings
        self._http = stripe.HTTPXClient(timeout=_TIMEOUT_SECONDS, allow_sync_methods=False)
        self._client = stripe.StripeClient(
            settings.key, http_client=self._http, base_addresses={"api": settings.url}, max_network_retries=2
        )

    async def open(self, order: Order) -> Checkout:
        ours = {"practice_id": str(order.practice_id), "message_id": str(order.message_id)}
        price = {
            "currency": order.currency.lower(),
            "unit_amount": order.amount_minor,
            "product_data": {"name": order.words},
        }
        params: Any = {
            "mode": "payment",
            # Cards and the wallets on top of them answer at once; a bank debit would stand open for days beside the request.
            "payment_method_types": ["card"],
            "line_items": [{"price_data": price, "quantity": 1}],
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
            "client_reference_id": str(order.message_id),
            "metadata": ours,
            "payment_intent_data": {"metadata": ours},
        }
        try:
            session = await self._client.v1.checkout.sessions.create_async(params, {"idempotency_key": order.key})
        except stripe.StripeError as error:
            raise _silent(error) from error
        return _read(session)

    async def read(self, checkout_id: str) -> Checkout | None:
        try:
            return _read(await self._client.v1.checkout.sessions.retrieve_async(checkout_id))
        except stripe.InvalidRequestError as error:
            if error.http_status == 404:  # of another account, as after a change of keys
                return None
            raise _silent(error) from error
        except stripe.StripeError as error:
            raise _silent(error) from error

    async def close_checkout(self, checkout_id: str) -> None:
        try:
            await self._client.v1.checkout.sessions.expire_async(checkout_id)
        except stripe.InvalidRequestError as error:
            _log.info("checkout_not_open", checkout_id=checkout_id, reason=error.code)  # paid or over: both are what they are
        except stripe.StripeError as error:
            raise _silent(error) from error

    def read_news(self, body: bytes, headers: Mapping[str, str]) -> CheckoutNews | None:
        try:
            _verify(body, headers.get("stripe-signature", ""), self._settings.webhook_secret, tolerance=_TOLERANCE_SECONDS)
            event = json.loads(body)
            if event["type"] not in _EVENTS:
                return None
            return CheckoutNews(event_id=str(event["id"]), checkout_id=str(event["data"]["object"]["id"]))
        except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError) as error:
            raise SignatureWrong from error

    async def close(self) -> None:
        await self._http.close_async()


def _read(session: Session) -> Checkout:
    ours = session.metadata.to_dict() if session.metadata is not None else {}
    return Checkout(
        id=session.id,
        state=_state(session),
        url=session.url or "",
        amount_minor=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        practice_id=_read_id(ours.get("practice_id")),
        message_id=_read_id(ours.get("message_id")),
    )


def _state(session: Session) -> Literal["open", "settling", "paid", "over"]:
    if session.payment_status == "paid":
        return "paid"
    states = {"open": "open", "complete": "settling"}
    return cast("Literal['open', 'settling', 'over']", states.get(session.status or "", "over"))


def _read_id(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _silent(error: stripe.StripeError) -> ProviderSilent:
    # A wrong key looks the same to who wants to pay; the log tells the practice's operator.
    _log.warning("payment_provider_failed", kind=type(error).__name__, code=error.code, request_id=error.request_id)
    return ProviderSilent()
