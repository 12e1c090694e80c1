"""Runs a scenario on the phones, step by step, and says of each how it went."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from uuid import uuid4

from PIL import Image

from pawline.carriers.simulator.dialling_plan import NumberType, type_of
from pawline.carriers.simulator.events import StepChanged, StepState
from pawline.carriers.simulator.inbound import NotPossible, PictureTaken, TextTyped
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.scenarios import (
    CAST,
    CannotTextPicture,
    Product,
    ProductHasAll,
    Receives,
    ReceivesNothing,
    ReceivesOnce,
    Scenario,
    Step,
    Texts,
    WeatherTurns,
)
from pawline.carriers.simulator.simulator import Simulator

POLL_SECONDS = 0.05
# How long a second copy of a text would have to come.
SETTLING_SECONDS = 3.0
# Nobody texts faster, however fast the networks are.
THUMB_SECONDS = 1.0

AskProduct = Callable[[str], Awaitable[None]]
"""Makes the product do what the action names. Raises ScenarioFailed when it cannot."""


class ScenarioFailed(Exception):
    """The text says what did not happen."""


class ScenarioRun:
    def __init__(self, simulator: Simulator, scenario: Scenario, ask_product: AskProduct) -> None:
        self.id = uuid4().hex
        self._simulator = simulator
        self._scenario = scenario
        self._ask_product = ask_product
        self._sent: list[Entry] = []
        # What a phone showed before is no answer to what happens now.
        self._known = {entry.sid for entry in simulator.desk.ledger}

    async def run(self) -> None:
        """Raises ScenarioFailed at the first step that goes wrong; the weather clears up then."""
        for place, step in enumerate(self._scenario.steps, start=1):
            self._tell(place, step, state="waiting" if isinstance(step, Product) else "running")
            try:
                await self._take(step)
            except ScenarioFailed as error:
                self._simulator.desk.sky.clear_up()
                self._tell(place, step, state="failed", problem=str(error))
                raise
            self._tell(place, step, state="done")

    async def _take(self, step: Step) -> None:
        match step:
            case Texts():
                await self._text(step)
            case CannotTextPicture():
                self._require_no_picture(step)
            case Receives():
                await self._receive(step)
            case ReceivesOnce():
                await self._receive_once(step)
            case ReceivesNothing():
                await self._receive_nothing(step)
            case ProductHasAll():
                await self._hand_over(step)
            case Product():
                await self._ask_product(step.action)
            case WeatherTurns():
                self._turn_weather(step)

    async def _text(self, step: Texts) -> None:
        pictures = [_photo()] if step.has_picture else []
        for place in range(1, step.times + 1):
            body = f"{step.body} {place}" if step.times > 1 else step.body
            typed = TextTyped(to_number=self._clinic_number(step.who), body=body, pictures=pictures)
            try:
                self._sent.append(self._simulator.inbound.text(CAST[step.who], typed))
            except NotPossible as error:
                raise ScenarioFailed(str(error)) from error
            if place < step.times:
                await asyncio.sleep(self._simulator.desk.sky.scaled(THUMB_SECONDS))

    def _require_no_picture(self, step: CannotTextPicture) -> None:
        typed = TextTyped(to_number=self._clinic_number(step.who), pictures=[_photo()])
        try:
            self._simulator.inbound.text(CAST[step.who], typed)
        except NotPossible:
            return
        raise ScenarioFailed(f"{step.who} could text a picture.")

    async def _receive(self, step: Receives) -> None:
        def is_there() -> bool:
            found = next((entry for entry in self._new_on(step.who) if step.part in entry.body), None)
            if found is not None:
                self._known.add(found.sid)
            return found is not None

        await _until(is_there, step.within_seconds, f"{step.who} got no text with: {step.part}")

    async def _receive_once(self, step: ReceivesOnce) -> None:
        def bodies() -> list[str]:
            return [entry.body for entry in self._new_on(step.who) if step.part in entry.body]

        await _until(lambda: len(set(bodies())) >= step.times, step.within_seconds, f"{step.who} did not get all texts.")
        await asyncio.sleep(SETTLING_SECONDS)
        came = bodies()
        if len(came) != step.times:
            raise ScenarioFailed(f"{step.who} got {len(came)} texts instead of {step.times}; {len(set(came))} differ.")

    async def _receive_nothing(self, step: ReceivesNothing) -> None:
        await asyncio.sleep(step.for_seconds)
        if came := self._new_on(step.who):
            raise ScenarioFailed(f"{step.who} got a text: {came[0].body}")

    async def _hand_over(self, step: ProductHasAll) -> None:
        def is_over() -> bool:
            return all(entry.state != "received" for entry in self._sent)

        await _until(is_over, step.within_seconds, "The product has not taken all texts in time.")
        if refused := [entry for entry in self._sent if entry.state == "refused"]:
            raise ScenarioFailed(f"The product did not take {len(refused)} texts.")

    def _turn_weather(self, step: WeatherTurns) -> None:
        self._simulator.desk.sky.clear_up()
        self._simulator.change_weather(dict(step.values))

    def _new_on(self, who: str) -> list[Entry]:
        shown = self._simulator.desk.ledger.on_phone(CAST[who])
        return [entry for entry in shown if entry.kind != "inbound" and entry.sid not in self._known]

    def _clinic_number(self, who: str) -> str:
        """A number of the country of who texts; toll-free before local."""
        is_uk = type_of(CAST[who]) is NumberType.UK
        fitting = [own.number for own in self._simulator.desk.numbers if (type_of(own.number) is NumberType.UK) == is_uk]
        if not fitting:
            raise ScenarioFailed(f"No clinic has a number that {who} could text.")
        return min(fitting, key=lambda number: type_of(number) is not NumberType.TOLL_FREE)

    def _tell(self, place: int, step: Step, *, state: StepState, problem: str = "") -> None:
        action = step.action if isinstance(step, Product) else ""
        self._simulator.desk.events.tell(
            StepChanged(
                run_id=self.id,
                scenario=self._scenario.name,
                step=place,
                of=len(self._scenario.steps),
                words=step.words,
                state=state,
                action=action,
                problem=problem,
            )
        )


async def _until(is_reached: Callable[[], bool], seconds: float, problem: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            while True:
                if is_reached():
                    return
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError as error:
        raise ScenarioFailed(problem) from error


def _photo() -> PictureTaken:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (201, 162, 117)).save(file, "JPEG")
    return PictureTaken("image/jpeg", file.getvalue())
