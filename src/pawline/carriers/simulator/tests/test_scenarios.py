"""The scripts themselves, against a product that does just what they expect."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from pawline.carriers.simulator.events import StepChanged
from pawline.carriers.simulator.outbound import TextAsked
from pawline.carriers.simulator.refusals import Refused
from pawline.carriers.simulator.scenario_runner import ScenarioFailed, ScenarioRun
from pawline.carriers.simulator.scenarios import AWAY_REPLY, FIRST_QUESTION, SCENARIOS, SECOND_QUESTION, THIRD_QUESTION
from pawline.carriers.simulator.tests.product import Product
from tests.simulated_carrier import OLIVE, STRANGER, SimulatedCarrier

TOLL_FREE = "+18885550142"
UK = "+447700900001"


@pytest.fixture(autouse=True)
async def numbers(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    for number in (TOLL_FREE, UK):
        await carrier.own(number, text_url=product_hooks.hook("text"))


def _send(carrier: SimulatedCarrier, to: str, body: str) -> None:
    carrier.inside.outbound.take(TextAsked(from_number=TOLL_FREE, to_number=to, body=body))


def _answering(carrier: SimulatedCarrier, product: Product, *, to: str, replies: list[str]) -> asyncio.Task[None]:
    """Sends the next reply after each text."""

    async def answer() -> None:
        for count, reply in enumerate(replies, start=1):
            while len(product.told("text")) < count:  # noqa: ASYNC110 - the product knows nothing of events
                await asyncio.sleep(0.01)
            _send(carrier, to, reply)

    return asyncio.create_task(answer())


def _doing(actions: dict[str, Callable[[], None]]) -> Callable[[str], Awaitable[None]]:
    async def do(action: str) -> None:
        actions.get(action, lambda: None)()

    return do


async def _run(carrier: SimulatedCarrier, name: str, actions: dict[str, Callable[[], None]] | None = None) -> None:
    await ScenarioRun(carrier.inside, SCENARIOS[name], _doing(actions or {})).run()


async def test_unknown_number_questions(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    replies = [FIRST_QUESTION, SECOND_QUESTION, THIRD_QUESTION]
    answering = _answering(carrier, product_hooks, to=STRANGER, replies=replies)
    await _run(carrier, "unknown_number_questions")
    await answering

    assert 4 == len(product_hooks.told("text"))


async def test_night_text(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    answering = _answering(carrier, product_hooks, to=OLIVE, replies=[AWAY_REPLY])
    await _run(carrier, "night_text")
    await answering

    assert 1 == len(product_hooks.told("text"))


async def test_stop_and_start(carrier: SimulatedCarrier) -> None:
    refused: list[int] = []

    def try_to_text() -> None:
        try:
            _send(carrier, OLIVE, "Are you there?")
        except Refused as refusal:
            refused.append(refusal.code)

    await _run(
        carrier, "stop_and_start", {"send_reminder": lambda: _send(carrier, OLIVE, "Pixel is due"), "try_to_text": try_to_text}
    )

    assert [21610] == refused


@pytest.mark.parametrize("name", ["photo_in", "uk_no_pictures"])
async def test_pictures(carrier: SimulatedCarrier, product_hooks: Product, name: str) -> None:
    await _run(carrier, name)

    assert ("1" if name == "photo_in" else "0") == product_hooks.told("text")[0]["NumMedia"]


async def test_step_that_does_not_come_true_fails_the_run(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    product_hooks.statuses.extend([404])

    with pytest.raises(ScenarioFailed, match="did not take 1 texts"):
        await _run(carrier, "photo_in")


async def test_run_by_button_waits_for_the_product(carrier: SimulatedCarrier, product_hooks: Product) -> None:
    answering = _answering(carrier, product_hooks, to=OLIVE, replies=[AWAY_REPLY])
    events = carrier.inside.desk.events.listen()
    started = (await carrier.http.post("/scenarios/night_text/runs")).json()
    second = await carrier.http.post("/scenarios/night_text/runs")
    steps: list[tuple[int, str]] = []
    async with asyncio.timeout(10):
        async for event in events:
            if not isinstance(event, StepChanged):
                continue
            steps.append((event.step, event.state))
            if event.state == "waiting":
                await carrier.http.post("/scenarios/done")
            if (event.step, event.state) == (event.of, "done"):
                break
    await answering

    assert started["run_id"]
    assert 400 == second.status_code
    assert [(1, "waiting"), (1, "done"), (2, "running"), (2, "done"), (3, "running"), (3, "done")] == steps
