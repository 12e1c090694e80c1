"""Scenarios by button: a run reports its steps as events, and waits where somebody has to see to the product."""

import asyncio

import msgspec
from litestar import Router, get, post
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath

from pawline.carriers.simulator.scenario_runner import ScenarioFailed, ScenarioRun
from pawline.carriers.simulator.scenarios import SCENARIOS
from pawline.carriers.simulator.simulator import Simulator

PRODUCT_SECONDS = 300.0


class ScenarioView(msgspec.Struct, frozen=True):
    name: str
    title: str
    steps: list[str]


class Scenarios(msgspec.Struct, frozen=True):
    scenarios: list[ScenarioView]


class RunStarted(msgspec.Struct, frozen=True):
    run_id: str


class ScenarioDesk:
    """One run at a time: two would take each other's texts for their own."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._task: asyncio.Task[None] | None = None
        self._done = asyncio.Event()

    def start(self, name: str) -> RunStarted:
        """Raises ClientException while another run is under way."""
        if self._task is not None and not self._task.done():
            raise ClientException("A scenario is running. Wait for its end, or stop it.")
        run = ScenarioRun(self._simulator, SCENARIOS[name], self._wait_for_product)
        self._task = self._simulator.desk.background.start(self._run(run))
        return RunStarted(run.id)

    def product_did_it(self) -> None:
        self._done.set()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run(self, run: ScenarioRun) -> None:
        try:
            await run.run()
        except ScenarioFailed as error:
            self._simulator.desk.events.log(f"scenario failed: {error}")

    async def _wait_for_product(self, action: str) -> None:
        self._done.clear()
        try:
            async with asyncio.timeout(PRODUCT_SECONDS):
                await self._done.wait()
        except TimeoutError as error:
            raise ScenarioFailed(f"Nobody made the product do this: {action}") from error


def build_scenario_router(simulator: Simulator) -> Router:
    desk = ScenarioDesk(simulator)

    @get("/scenarios")
    async def list_scenarios() -> Scenarios:
        return Scenarios(
            [
                ScenarioView(scenario.name, scenario.title, [step.words for step in scenario.steps])
                for scenario in SCENARIOS.values()
            ]
        )

    @post("/scenarios/{name:str}/runs", status_code=202)
    async def start_run(name: FromPath[str]) -> RunStarted:
        if name not in SCENARIOS:
            raise NotFoundException("There is no such scenario.")
        return desk.start(name)

    @post("/scenarios/done", status_code=204)
    async def product_did_it() -> None:
        desk.product_did_it()

    @post("/scenarios/stop", status_code=204)
    async def stop_run() -> None:
        desk.stop()

    return Router(path="/", route_handlers=[list_scenarios, start_run, product_did_it, stop_run])
