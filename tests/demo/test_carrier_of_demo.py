"""The simulated carrier beside the demo: a process that keeps its port and its memory, and shows itself under one address."""

import socket

import httpx

from pawline.demo.carrier_memory import remember_texts
from pawline.demo.carrier_process import OwnedNumber, running_carrier
from pawline.demo.carrier_proxy import simulated_carrier_address
from pawline.platform.settings import Settings
from tests.demo.scratch import Scratch
from tests.phones_demo import PhonesDemo, phones_demo

__all__ = ["phones_demo"]
STRANGER, TOLL_FREE = "+14155550134", "+18885550142"


async def test_carrier_knows_what_was_texted_before_and_remembers_it_at_the_same_port(demo: Scratch) -> None:
    settings = _on_free_port(demo.settings)
    addresses: list[str] = []
    counts: list[int] = []
    numbers: list[OwnedNumber] = []
    for _ in range(2):
        numbers = await remember_texts(settings, demo.url)
        async with running_carrier(settings, numbers) as carrier, httpx.AsyncClient(base_url=carrier.settings.public_url) as http:
            addresses.append(carrier.settings.public_url)
            counts.append(len((await http.get("/ledger")).json()["entries"]))
            await http.post(f"/phones/{STRANGER}/texts", json={"to_number": TOLL_FREE, "body": "hello"})

    texts = await demo.count("delivery") + await demo.count("message", "channel = 'sms' AND author_kind = 'contact'")
    assert [texts, texts + 1] == counts
    assert addresses[0] == addresses[1]
    assert {"+18885550142", "+447700900001"} == {found.number for found in numbers}


async def test_carrier_moves_when_somebody_else_has_its_port(demo: Scratch) -> None:
    settings = _on_free_port(demo.settings)
    async with running_carrier(settings, []) as carrier:
        first = carrier.settings.public_url
    with socket.create_server(("127.0.0.1", int(first.rpartition(":")[2]))):
        async with running_carrier(settings, []) as carrier:
            assert first != carrier.settings.public_url


async def test_carrier_leaves_its_port_to_a_product_that_is_started_there(demo: Scratch) -> None:
    """Both would listen on it: the product shares its port with other processes of its own."""
    settings = _on_free_port(demo.settings)
    async with running_carrier(settings, []) as carrier:
        first = carrier.settings.public_url
    there = _on_port(demo.settings, int(first.rpartition(":")[2]))
    async with running_carrier(there, []) as carrier:
        assert first != carrier.settings.public_url


async def test_phones_are_reached_under_the_products_address_and_the_carriers_own_interface_is_not(
    phones_demo: PhonesDemo,
) -> None:
    async with httpx.AsyncClient(base_url=phones_demo.product.url) as browser:
        phones = await browser.get("/phones/api/phones")
        others = [await browser.get(f"/phones/api/{path}") for path in ("2010-04-01/Accounts/x/Messages.json", "..%2fv1", "v1/x")]
        foreign = await browser.post("/phones/api/reset", headers={"Origin": "https://evil.example"})
        async with browser.stream("GET", "/phones/api/events") as events:
            first = await anext(events.aiter_text())

    assert "+14155550117" in {phone["number"] for phone in phones.json()["phones"]}
    assert [404, 404, 404] == [answer.status_code for answer in others]
    assert 403 == foreign.status_code
    assert first.startswith(": welcome")


def test_only_a_carrier_on_this_machine_is_shown(demo: Scratch) -> None:
    real = Settings.from_env({"PAWLINE_DATA": str(demo.settings.data), "PAWLINE_DEMO": "1"})

    assert simulated_carrier_address(real) is None


def _on_free_port(settings: Settings) -> Settings:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return _on_port(settings, port)


def _on_port(settings: Settings, port: int) -> Settings:
    return Settings.from_env({"PAWLINE_DATA": str(settings.data), "PAWLINE_DEMO": "1", "PAWLINE_PORT": str(port)})
