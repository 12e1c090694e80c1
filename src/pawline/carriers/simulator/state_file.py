"""The carrier's memory across a restart: texts, opt-outs, numbers and phones in one JSON file. Pictures are not kept."""

import asyncio
from pathlib import Path

import msgspec

from pawline.carriers.simulator.desk import Desk
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.opt_outs import Pair
from pawline.carriers.simulator.own_numbers import OwnNumber, Verification
from pawline.carriers.simulator.phone_book import Phone

SAVE_EVERY_SECONDS = 0.25


class State(msgspec.Struct, frozen=True, kw_only=True):
    entries: list[Entry]
    blocked: list[Pair]
    numbers: list[OwnNumber]
    verifications: list[Verification]
    phones: list[Phone]


class StateFile:
    def __init__(self, path: Path, desk: Desk) -> None:
        self._path = path
        self._desk = desk
        self._saved = b""

    def load(self) -> None:
        """Raises msgspec.DecodeError for a file that is not ours."""
        if not self._path.exists():
            return
        state = msgspec.json.decode(self._path.read_bytes(), type=State)
        for entry in state.entries:
            self._desk.ledger.write(entry)
        for pair in state.blocked:
            self._desk.opt_outs.block(pair)
        for own in state.numbers:
            self._desk.numbers.numbers[own.number] = own
        for verification in state.verifications:
            self._desk.numbers.verifications[verification.sid] = verification
        for phone in state.phones:
            self._desk.phones.add(phone)

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY_SECONDS)
            self.save()

    def save(self) -> None:
        """Whole or not at all: a crash while writing leaves the last file as it was."""
        content = msgspec.json.encode(self._state())
        if content == self._saved:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        half = self._path.with_suffix(".half")
        half.write_bytes(content)
        half.replace(self._path)
        self._saved = content

    def _state(self) -> State:
        return State(
            entries=list(self._desk.ledger),
            blocked=list(self._desk.opt_outs),
            numbers=list(self._desk.numbers),
            verifications=list(self._desk.numbers.verifications.values()),
            phones=list(self._desk.phones),
        )
