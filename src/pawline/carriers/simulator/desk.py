"""What every part of the simulated carrier shares."""

from dataclasses import dataclass

from pawline.carriers.simulator.background import Background
from pawline.carriers.simulator.events import Block, BlocksChanged, Events
from pawline.carriers.simulator.hooks import Hooks
from pawline.carriers.simulator.ledger import Ledger
from pawline.carriers.simulator.opt_outs import OptOuts
from pawline.carriers.simulator.own_numbers import OwnNumbers
from pawline.carriers.simulator.phone_book import PhoneBook
from pawline.carriers.simulator.pictures import Pictures
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.carriers.simulator.weather import Sky


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    settings: SimulatorSettings
    sky: Sky
    events: Events
    ledger: Ledger
    numbers: OwnNumbers
    phones: PhoneBook
    opt_outs: OptOuts
    pictures: Pictures
    hooks: Hooks
    background: Background

    def blocks(self) -> list[Block]:
        return [Block(pair.number, pair.phone) for pair in self.opt_outs]

    def tell_blocks(self) -> None:
        self.events.tell(BlocksChanged(self.blocks()))
