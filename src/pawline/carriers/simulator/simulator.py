"""The simulated carrier as a whole: its parts, started and ended together."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pawline.carriers.simulator.background import Background
from pawline.carriers.simulator.calls import Calls
from pawline.carriers.simulator.desk import Desk
from pawline.carriers.simulator.events import Events, Forgotten, PhoneChanged, TextChanged, WeatherChanged
from pawline.carriers.simulator.hooks import Hooks
from pawline.carriers.simulator.inbound import Inbound
from pawline.carriers.simulator.ledger import Ledger
from pawline.carriers.simulator.opt_outs import OptOuts
from pawline.carriers.simulator.outbound import Outbound
from pawline.carriers.simulator.own_numbers import OwnNumbers
from pawline.carriers.simulator.phone_book import Phone, PhoneBook
from pawline.carriers.simulator.pictures import Pictures
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.carriers.simulator.state_file import StateFile
from pawline.carriers.simulator.weather import Sky, Weather


class Simulator:
    def __init__(self, settings: SimulatorSettings) -> None:
        sky, events = Sky(settings.seed), Events()
        self.desk = Desk(
            settings=settings,
            sky=sky,
            events=events,
            ledger=Ledger(lambda entry: events.tell(TextChanged(entry))),
            numbers=OwnNumbers(),
            phones=PhoneBook(),
            opt_outs=OptOuts(answers_help=settings.answers_help),
            pictures=Pictures(),
            hooks=Hooks(settings, sky, events),
            background=Background(),
        )
        self.outbound = Outbound(self.desk)
        self.inbound = Inbound(self.desk)
        self.calls = Calls(self.desk)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        file = StateFile(self.desk.settings.state_file, self.desk) if self.desk.settings.state_file else None
        if file is not None:
            file.load()
        self._own_numbers_at_start()
        self.outbound.resume()
        self.inbound.resume()
        keeping = asyncio.create_task(file.keep()) if file is not None else None
        try:
            yield
        finally:
            self.desk.events.end()
            await self.desk.background.stop()
            await self.desk.hooks.close()
            if keeping is not None and file is not None:
                keeping.cancel()
                file.save()

    def change_weather(self, values: dict[str, object]) -> Weather:
        weather = self.desk.sky.change(values)
        self.desk.events.tell(WeatherChanged(weather))
        return weather

    def keep_phone(self, phone: Phone) -> Phone:
        self.desk.events.tell(PhoneChanged(self.desk.phones.add(phone)))
        return phone

    async def reset(self) -> None:
        """Forget texts, calls, opt-outs, weather and the phones that were added. The account keeps its numbers."""
        self.outbound.forget()
        await self.desk.background.stop()
        self.calls.clear()
        self.desk.ledger.clear()
        self.desk.opt_outs.clear()
        self.desk.pictures.clear()
        self.desk.phones.clear()
        self.desk.sky.clear_up()
        self.desk.events.clear_log()
        self.desk.events.tell(Forgotten())

    def _own_numbers_at_start(self) -> None:
        # After the state file: the product may have another address than when that was written.
        for at_start in self.desk.settings.numbers:
            own = self.desk.numbers.own(at_start.number)
            own.name, own.is_verified = at_start.name, at_start.is_verified
            own.text_url, own.voice_url = at_start.text_url, at_start.voice_url
