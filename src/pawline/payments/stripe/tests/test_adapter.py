"""What Stripe's own library and the simulated Stripe say to each other; the tests of payments stand on it."""

from uuid import UUID, uuid4

import pytest

from pawline.payments.interface import CheckoutNews, Order, ProviderSilent, SignatureWrong
from pawline.payments.simulator.desk import SIGNATURE_HEADER, signature_of
from pawline.payments.simulator.routes import simulated_provider
from pawline.payments.stripe.adapter import Adapter
from pawline.payments.tests.scene import pay
from pawline.platform.settings import PaymentSettings
from tests.product import Product

PRACTICE, MESSAGE = UUID(int=1), UUID(int=2)
NEWS = b'{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1"}}}'


def stripe_of(product: Product) -> Adapter:
    return Adapter(simulated_provider(product.settings.port))


def signed(body: bytes, secret: str, *, at: float | None = None) -> dict[str, str]:
    return {SIGNATURE_HEADER.lower(): signature_of(body, secret, at=at)}


def order(key: str, amount_minor: int = 45_00) -> Order:
    return Order(
        key=key,
        practice_id=PRACTICE,
        message_id=MESSAGE,
        words="Deposit for Pixel's dental",
        amount_minor=amount_minor,
        currency="EUR",
        success_url="https://chat.example/paid",
        cancel_url="https://chat.example/back",
    )


async def test_a_checkout_is_opened_once_for_each_key_and_read_again(product: Product) -> None:
    """PA-18: a retry after a lost answer opens no second checkout."""
    stripe, key = stripe_of(product), str(uuid4())
    first, again = [await stripe.open(order(key)) for _ in range(2)]
    other = await stripe.open(order(str(uuid4())))
    read = await stripe.read(first.id)
    unknown = await stripe.read("cs_unknown")
    await stripe.close()

    assert first == again == read
    assert first.id != other.id
    assert ("open", 45_00, "EUR", PRACTICE, MESSAGE) == (
        first.state,
        first.amount_minor,
        first.currency,
        first.practice_id,
        first.message_id,
    )
    assert unknown is None


async def test_what_becomes_of_a_checkout(product: Product) -> None:
    """PA-18: paid, or closed by us; closing what is paid leaves it paid."""
    stripe = stripe_of(product)
    to_pay, to_close = [await stripe.open(order(str(uuid4()))) for _ in range(2)]
    await pay(to_pay.url, is_told=False)
    for each in (to_pay, to_close, to_close):
        await stripe.close_checkout(each.id)
    found = [await stripe.read(each.id) for each in (to_pay, to_close)]
    await stripe.close()

    assert ["paid", "over"] == [each.state for each in found if each is not None]


async def test_a_refusal_a_wrong_key_and_silence_say_that_nothing_was_charged(product: Product) -> None:
    """PA-18: whoever presses can try again, and the log says what it was."""
    wrong_key = Adapter(PaymentSettings("sk_test_wrong", "whsec", simulated_provider(product.settings.port).url))
    nobody_there = Adapter(PaymentSettings("sk", "whsec", "http://127.0.0.1:9"))
    for stripe, amount in ((stripe_of(product), 1), (wrong_key, 45_00), (nobody_there, 45_00)):
        with pytest.raises(ProviderSilent):
            await stripe.open(order(str(uuid4()), amount))
        await stripe.close()


async def test_only_what_stripe_signed_a_moment_ago_is_read() -> None:
    """PA-18: the same bytes, the right secret, at most five minutes old."""
    stripe = Adapter(PaymentSettings("sk", "whsec_ours"))
    other = NEWS.replace(b"completed", b"refunded")

    assert CheckoutNews("evt_1", "cs_1") == stripe.read_news(NEWS, signed(NEWS, "whsec_ours"))
    assert stripe.read_news(other, signed(other, "whsec_ours")) is None
    for body, headers in (
        (other, signed(NEWS, "whsec_ours")),
        (NEWS, signed(NEWS, "whsec_theirs")),
        (NEWS, signed(NEWS, "whsec_ours", at=1_700_000_000)),
        (NEWS, {}),
        (b"\xff", signed(b"\xff", "whsec_ours")),
        (b"[]", signed(b"[]", "whsec_ours")),
    ):
        with pytest.raises(SignatureWrong):
            stripe.read_news(body, headers)
    await stripe.close()
