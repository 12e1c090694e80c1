"""Short words for what the tests of payments do again and again."""

from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
from sqlalchemy import text

from pawline.payments.simulator.desk import SIGNATURE_HEADER, signature_of
from pawline.threads.tests.scene import post
from tests.product import Product
from tests.world import Caller, Json, World

FORTY_FIVE = {"amount_minor": 45_00, "currency": "USD"}


async def ask(author: Caller, thread_id: str, **values: Any) -> Json:
    """A message that asks for 45 dollars."""
    draft: Json = {"body": "Deposit for Pixel's dental", "payment": FORTY_FIVE, **values}
    answer = await post(author, thread_id, **draft)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def act(caller: Caller, world: World, message: Json, *, verb: str) -> httpx.Response:
    return await caller.send("POST", f"/threads/{world.thread_id}/messages/{message['id']}/payment/{verb}", {})


async def checkout(caller: Caller, world: World, message: Json) -> str:
    """The address of the page on which it is paid."""
    answer = await act(caller, world, message, verb="checkout")
    assert answer.status_code == 200, answer.text
    return answer.json()["url"]


async def pay(url: str, *, is_told: bool = True) -> str:
    """Press the button on the page; returns where it leads back to."""
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.post(url, params=None if is_told else {"lost": "true"})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def payment_of(caller: Caller, world: World, message: Json) -> Json:
    messages = (await caller.thread(world.thread_id))["messages"]
    return next(each["payment"] for each in messages if each["id"] == message["id"])


async def paid(live: Any) -> Json:
    """The frame that tells of it."""
    while True:
        for message in (await live.next("changes"))["messages"]:
            if message["payment"] is not None and message["payment"]["state"] == "paid":
                return message


async def tell(product: Product, event: Json, *, secret: str = "", at: float | None = None) -> int:
    """As the provider would; returns the status of our answer."""
    assert product.settings.payments is not None
    body = msgspec.json.encode(event)
    signature = signature_of(body, secret or product.settings.payments.webhook_secret, at=at)
    async with httpx.AsyncClient(trust_env=False) as provider:
        answer = await provider.post(f"{product.url}/hooks/payments", content=body, headers={SIGNATURE_HEADER: signature})
    return answer.status_code


def completed(url: str, event_id: str) -> Json:
    session_id = urlsplit(url).path.rsplit("/", 1)[-1]
    return {"id": event_id, "type": "checkout.session.completed", "data": {"object": {"id": session_id}}}


async def events_heard(world: World) -> int:
    statement = text("SELECT count(*) FROM payment_event WHERE practice_id = :practice_id")
    async with world.product.database.transaction() as uow:
        return (await uow.execute(statement, {"practice_id": world.practice_id})).scalar_one()


async def jobs_to_close(world: World, url: str) -> int:
    statement = text("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'session_id' = :session_id")
    async with world.product.database.transaction() as uow:
        return (await uow.execute(statement, {"session_id": url.rpartition("/")[2]})).scalar_one()


async def page_at(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False) as browser:
        return (await browser.get(url)).text


async def let_expire(world: World, message: Json) -> None:
    values = {"practice_id": world.practice_id, "message_id": message["id"]}
    async with world.product.database.transaction() as uow:
        await uow.execute(text(_OVER), values)


_OVER = """
UPDATE payment_request SET expires_at = now() - interval '1 second' WHERE practice_id = :practice_id AND message_id = :message_id
"""
