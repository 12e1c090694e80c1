"""Asking families for a payment in the app, and their paying it (PA-18)."""

import asyncio
from uuid import uuid4

from pawline.payments.jobs import close_checkout_now, expire_requests
from pawline.payments.tests.scene import (
    FORTY_FIVE,
    act,
    ask,
    checkout,
    completed,
    events_heard,
    jobs_to_close,
    let_expire,
    page_at,
    paid,
    pay,
    payment_of,
    tell,
)
from pawline.platform import clock
from pawline.schedule.tests.scene import in_days
from pawline.threads.tests.scene import delete, post
from tests.world import Json, World


async def test_a_family_pays_what_the_team_asks_for_and_both_sides_see_it_at_once(world: World) -> None:
    """PA-18: the request is a message like any other; "Paid" reaches the team's and the family's screens by themselves."""
    asked = await ask(world.nora, world.thread_id)
    async with world.nora.live() as at_nora, world.omar.live() as at_omar:
        back = await pay(await checkout(world.olive, world, asked))
        seen = [await paid(at_nora), await paid(at_omar)]
    snapshots = [await payment_of(person, world, asked) for person in (world.nora, world.olive, world.omar)]

    assert ("requested", 45_00, "USD") == tuple(asked["payment"][name] for name in ("state", "amount_minor", "currency"))
    assert [asked["id"]] * 2 == [message["id"] for message in seen]
    assert [seen[0]["payment"]] * 3 == snapshots
    assert back == f"{world.product.url}/owner/threads/{world.thread_id}?paid={asked['id']}"


async def test_a_request_that_is_sent_again_asks_once(world: World) -> None:
    """PA-18, I3: the client-made id makes one message and one request; another amount under it is refused."""
    draft = {"client_id": str(uuid4()), "body": "Deposit", "payment": FORTY_FIVE}
    first, again = [await post(world.nora, world.thread_id, **draft) for _ in range(2)]
    other = await post(world.nora, world.thread_id, **{**draft, "payment": {**FORTY_FIVE, "amount_minor": 46_00}})

    assert [201, 200, 409] == [answer.status_code for answer in (first, again, other)]
    assert first.json() == again.json()


async def test_what_is_wrong_with_a_request_is_named(world: World) -> None:
    """PA-18: amount, currency and purpose; and neither in a note nor in a text (PA-15, C5)."""
    wrong: list[tuple[str, Json]] = [
        ("payment.amount_minor", {"payment": {**FORTY_FIVE, "amount_minor": 99}}),
        ("payment.amount_minor", {"payment": {**FORTY_FIVE, "amount_minor": 20_000_01}}),
        ("payment.currency", {"payment": {**FORTY_FIVE, "currency": "EUR"}}),
        ("body", {"payment": FORTY_FIVE, "body": "  "}),
        ("body", {"payment": FORTY_FIVE, "body": "x" * 201}),
        ("payment", {"payment": FORTY_FIVE, "kind": "note"}),
        ("payment", {"payment": FORTY_FIVE, "text_conversation_id": str(uuid4())}),
    ]
    answers = [await post(world.nora, world.thread_id, **values) for _, values in wrong]

    assert [(422, field) for field, _ in wrong] == [(each.status_code, each.json()["errors"][0]["field"]) for each in answers]
    assert [] == (await world.nora.thread(world.thread_id))["messages"]


async def test_nobody_but_the_family_can_pay_and_nobody_but_the_team_can_ask_or_cancel(world: World) -> None:
    """PA-18, I10: others do not even learn that it is there."""
    asked = await ask(world.nora, world.thread_id)
    outsiders = [await act(person, world, asked, verb="checkout") for person in (world.kim, world.rolf, world.rita, world.nora)]
    checks = [await act(person, world, asked, verb="check") for person in (world.kim, world.rolf)]
    cancels = [await act(person, world, asked, verb="cancel") for person in (world.olive, world.rita, world.hal, world.toby)]
    by_olive = await post(world.olive, world.thread_id, payment=FORTY_FIVE)

    assert {404} == {answer.status_code for answer in (*outsiders, *checks, *cancels, by_olive)}
    assert "requested" == (await payment_of(world.olive, world, asked))["state"]


async def test_basic_staff_ask_and_cancel_where_they_may_write(world: World) -> None:
    """PA-18, 2.6 "Send": the family of today's appointment, and no other."""
    outside = await post(world.toby, world.thread_id, payment=FORTY_FIVE)
    await world.nora.send("POST", "/appointments", _todays_bath(world), headers={"Idempotency-Key": str(uuid4())})
    asked = await ask(world.toby, world.thread_id)
    cancelled = await act(world.toby, world, asked, verb="cancel")

    assert (404, "cancelled") == (outside.status_code, cancelled.json()["payment"]["state"])


async def test_two_of_a_family_who_pay_at_once_get_to_one_page(world: World) -> None:
    """PA-18, nothing twice: one checkout takes the money once."""
    asked = await ask(world.nora, world.thread_id)
    urls = await asyncio.gather(*(checkout(person, world, asked) for person in (world.olive, world.omar, world.olive)))
    await pay(urls[0])
    later = await act(world.omar, world, asked, verb="checkout")

    assert 1 == len(set(urls))
    assert (409, "This is paid already. Thank you.") == (later.status_code, later.json()["detail"])


async def test_a_lost_word_is_made_up_for_when_the_payer_comes_back(world: World) -> None:
    """PA-18, nothing lost: the screen asks on return, and what comes late changes nothing."""
    asked = await ask(world.nora, world.thread_id)
    url = await checkout(world.olive, world, asked)
    before = (await act(world.olive, world, asked, verb="check")).json()
    await pay(url, is_told=False)
    back = (await act(world.olive, world, asked, verb="check")).json()
    late = await tell(world.product, completed(url, "evt_late"))

    assert ("requested", "paid") == (before["payment"]["state"], back["payment"]["state"])
    assert 200 == late
    assert back == (await world.olive.thread(world.thread_id))["messages"][-1]


async def test_the_same_word_twice_is_heard_once(world: World) -> None:
    """PA-18: providers tell at least once, in any order; a word before the payment does not make it paid."""
    asked = await ask(world.nora, world.thread_id)
    url = await checkout(world.olive, world, asked)
    early = await tell(world.product, completed(url, "evt_early"))
    unpaid = await payment_of(world.nora, world, asked)
    await pay(url, is_told=False)
    news = completed(url, "evt_once")
    answers = [early, *await asyncio.gather(*(tell(world.product, news) for _ in range(3)))]

    assert [200] * 4 == answers
    assert ("requested", "paid") == (unpaid["state"], (await payment_of(world.nora, world, asked))["state"])
    assert 2 == await events_heard(world)


async def test_a_word_that_is_not_the_providers_own_changes_nothing(world: World) -> None:
    """PA-18: a forged signature, an old one, none; and news of what is none of ours."""
    asked = await ask(world.nora, world.thread_id)
    url = await checkout(world.olive, world, asked)
    await pay(url, is_told=False)
    news = completed(url, "evt_forged")
    forged = await tell(world.product, news, secret="whsec_of_somebody_else")
    old = await tell(world.product, news, at=clock.now().timestamp() - 600)
    of_others = [
        await tell(world.product, {"id": "evt_x", "type": "charge.refunded", "data": {"object": {"id": "ch_1"}}}),
        await tell(world.product, completed("https://checkout.example/cs_unknown", "evt_y")),
    ]

    assert ([403, 403], [200, 200]) == ([forged, old], of_others)
    assert "requested" == (await payment_of(world.nora, world, asked))["state"]


async def test_what_is_cancelled_cannot_be_paid_and_what_is_paid_not_cancelled(world: World) -> None:
    """PA-18: cancelling twice is one cancel; whoever paid meanwhile has paid."""
    cancelled, kept = [await ask(world.nora, world.thread_id) for _ in range(2)]
    answers = [await act(world.vane, world, cancelled, verb="cancel") for _ in range(2)]
    refused = await act(world.olive, world, cancelled, verb="checkout")
    await pay(await checkout(world.olive, world, kept), is_told=False)
    await act(world.olive, world, kept, verb="check")
    too_late = await act(world.nora, world, kept, verb="cancel")

    assert [("cancelled", 200)] * 2 == [(answer.json()["payment"]["state"], answer.status_code) for answer in answers]
    assert answers[0].json() == answers[1].json()
    assert [409, 409] == [refused.status_code, too_late.status_code]
    assert "paid" == (await payment_of(world.olive, world, kept))["state"]


async def test_money_that_came_although_it_was_cancelled_is_shown(world: World) -> None:
    """PA-18, nothing lost: the page was open in a browser when a colleague cancelled."""
    asked = await ask(world.nora, world.thread_id)
    url = await checkout(world.olive, world, asked)
    await act(world.nora, world, asked, verb="cancel")
    await pay(url, is_told=False)
    heard = await tell(world.product, completed(url, "evt_after_all"))

    assert (200, "paid") == (heard, (await payment_of(world.nora, world, asked))["state"])


async def test_the_page_of_a_cancelled_request_is_closed(world: World) -> None:
    """PA-18: by a job of the same commit, which may run twice; nobody can pay there afterwards."""
    asked = await ask(world.nora, world.thread_id)
    url = await checkout(world.olive, world, asked)
    await act(world.nora, world, asked, verb="cancel")
    waiting = await jobs_to_close(world, url)
    for _ in range(2):
        await close_checkout_now(world.product.settings, session_id=url.rpartition("/")[2])

    assert 1 == waiting
    assert "Nobody can pay here any more" in await page_at(url)


async def test_a_deleted_request_asks_no_more_and_a_paid_one_stays(world: World) -> None:
    """PA-18: deleting withdraws what is unpaid; what was paid stays where both can see it."""
    gone, kept = [await ask(world.nora, world.thread_id) for _ in range(2)]
    deleted = await delete(world.nora, world.thread_id, gone)
    refused = await act(world.olive, world, gone, verb="checkout")
    await pay(await checkout(world.olive, world, kept), is_told=False)
    await act(world.olive, world, kept, verb="check")
    too_late = await delete(world.nora, world.thread_id, kept)

    assert (200, None) == (deleted.status_code, deleted.json()["payment"])
    assert [404, 409] == [refused.status_code, too_late.status_code]
    assert "paid" == (await payment_of(world.olive, world, kept))["state"]


async def test_what_nobody_paid_in_time_is_over(world: World) -> None:
    """PA-18: to the second for whoever presses, and soon on every screen."""
    asked, waits = [await ask(world.nora, world.thread_id) for _ in range(2)]
    await let_expire(world, asked)
    refused = await act(world.olive, world, asked, verb="checkout")
    await expire_requests(world.product.database)
    over = await payment_of(world.nora, world, asked)

    assert (409, "expired") == (refused.status_code, over["state"])
    assert "requested" == (await payment_of(world.olive, world, waits))["state"]


async def test_only_the_team_is_told_in_which_currency_it_can_ask(world: World) -> None:
    """PA-18: that of the clinic's country; families ask nobody."""
    found = [(await person.thread(world.thread_id))["payment_currency"] for person in (world.nora, world.olive)]

    assert ["USD", None] == found


def _todays_bath(world: World) -> Json:
    family = {"clinic_id": world.clinic_id, "family_id": world.family_id, "pet_id": world.pixel_id}
    return {**family, "on_date": in_days(0), "at": "12:00", "minutes": 30, "kind": "Bath", "staff_id": world.toby.id}
