"""What the verbs of texting work with, put together once in app.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from pawline.carriers.interface import Carrier, OptOutRules
from pawline.platform.db import Database
from pawline.platform.settings import Settings
from pawline.texting.clinic_numbers import ClinicNumber


@dataclass(frozen=True, slots=True)
class TextingDesk:
    """``carriers`` by name: those whose settings are given."""

    settings: Settings
    database: Database
    carriers: Mapping[str, Carrier]

    def opt_out_rules(self, number: ClinicNumber) -> OptOutRules:
        carrier = self.carriers.get(number.carrier)
        return OptOutRules() if carrier is None else carrier.opt_out_rules(number.kind)
