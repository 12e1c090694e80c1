"""Short words for what a staff member does with a passkey."""

import httpx

from pawline.sign_in.tests.conftest import PASSWORD
from tests.soft_authenticator import SoftAuthenticator
from tests.world import Caller, Json, World

WITH_PASSWORD = {"password": PASSWORD}


def new_key(world: World) -> SoftAuthenticator:
    return SoftAuthenticator(world.product.url.replace("127.0.0.1", "localhost"))


async def begin(caller: Caller, oneself: Json = None) -> httpx.Response:
    return await caller.send("POST", "/own-passkeys/challenge", oneself or WITH_PASSWORD)


async def add(caller: Caller, key: SoftAuthenticator, *, name: str = "Work laptop", oneself: Json = None) -> httpx.Response:
    begun = await begin(caller, oneself)
    assert 201 == begun.status_code, begun.text
    return await caller.send("POST", "/own-passkeys", {"name": name, "made": key.make(begun.json())})


async def remove(caller: Caller, passkey_id: str, oneself: Json = None) -> httpx.Response:
    return await caller.send("POST", f"/own-passkeys/{passkey_id}/remove", oneself or WITH_PASSWORD)


async def listed(caller: Caller) -> Json:
    return (await caller.get("/own-passkeys")).json()["passkeys"]


async def proof(browser: httpx.AsyncClient, key: SoftAuthenticator) -> Json:
    """What the key says to a challenge of this browser."""
    return key.sign((await browser.post("/session/staff/passkey/challenge")).json())


async def enter(browser: httpx.AsyncClient, key: SoftAuthenticator, *, is_shared: bool = False) -> httpx.Response:
    return await browser.post("/session/staff/passkey", json={"proof": await proof(browser, key), "is_shared": is_shared})
