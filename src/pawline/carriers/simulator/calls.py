"""Voice: a phone calls the clinic's text number, and the product says what becomes of the call."""

import asyncio
import time
from dataclasses import dataclass, field

from pawline.carriers.simulator.desk import Desk
from pawline.carriers.simulator.dialling_plan import read_number
from pawline.carriers.simulator.events import Call, CallChanged, PhoneChanged, shortened
from pawline.carriers.simulator.hooks import Hook
from pawline.carriers.simulator.inbound import NotPossible
from pawline.carriers.simulator.ledger import now
from pawline.carriers.simulator.phone_book import Phone
from pawline.carriers.simulator.sids import new_sid
from pawline.carriers.simulator.voice_answer import Dial, HangUp, Say, read_voice_answer


@dataclass(slots=True)
class _Line:
    """A call and what people do with their phones while it lasts."""

    call: Call
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    nobody_left: asyncio.Event = field(default_factory=asyncio.Event)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)


class Calls:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lines: dict[str, _Line] = {}

    def all(self) -> list[Call]:
        return [line.call for line in self._lines.values()]

    def find(self, sid: str) -> Call | None:
        line = self._lines.get(sid)
        return line.call if line is not None else None

    def start(self, phone_number: str, to_number: str) -> Call:
        """Raises NotPossible when there is no such number."""
        if self._desk.numbers.find(to_number) is None:
            raise NotPossible(f"Nobody has the number {to_number}.")
        call = Call(sid=new_sid("CA"), from_number=phone_number, to_number=to_number, at=now())
        self._lines[call.sid] = _Line(call)
        self._desk.events.log(f"call from {shortened(phone_number)} to {shortened(to_number)}")
        self._tell(call)
        self._desk.background.start(self._run(self._lines[call.sid]))
        return call

    def answer(self, sid: str, number: str) -> None:
        line = self._lines[sid]
        if number in line.call.ringing:
            line.call.answered_by = number
            line.answered.set()

    def ignore(self, sid: str, number: str) -> None:
        """That phone stops ringing."""
        line = self._lines[sid]
        if number in line.call.ringing:
            line.call.ringing.remove(number)
            self._tell(line.call)
        if not line.call.ringing:
            line.nobody_left.set()

    def hang_up(self, sid: str) -> None:
        self._lines[sid].hung_up.set()

    def clear(self) -> None:
        self._lines.clear()

    async def _run(self, line: _Line) -> None:
        own = self._desk.numbers.find(line.call.to_number)
        if own is not None and own.voice_url:
            await self._ask(line, own.voice_url, {"CallStatus": "ringing"})
        line.call.state, line.call.ringing = "ended", []
        line.call.outcome = line.call.outcome or "failed"
        self._desk.events.log(f"call ended: {line.call.outcome}")
        self._tell(line.call)

    async def _ask(self, line: _Line, url: str, fields: dict[str, str]) -> None:
        answer = await self._desk.hooks.post(Hook(url, {**self._fields(line.call), **fields}))
        if answer is None or not answer.is_taken:
            return
        try:
            verbs = read_voice_answer(answer.body, url=url)
        except ValueError as error:
            self._desk.events.log(f"12100: {error}")
            return
        for verb in verbs:
            match verb:
                case Say(words):
                    line.call.heard.append(words)
                    self._tell(line.call)
                case HangUp():
                    return
                case Dial():
                    await self._dial(line, verb)
                    if verb.done_url:
                        return

    async def _dial(self, line: _Line, dial: Dial) -> None:
        line.call.state, line.call.ringing = "ringing", [read_number(number) for number in dial.numbers]
        for number in line.call.ringing:
            self._require_phone(number)
        self._desk.events.log("rings " + ", ".join(shortened(number) for number in line.call.ringing))
        self._tell(line.call)
        line.call.outcome = await self._rung(line, dial)
        seconds = await self._talked(line, dial) if line.call.outcome == "completed" else 0
        line.call.ringing = []
        self._tell(line.call)
        if dial.done_url:
            fields = {"CallStatus": "in-progress", "DialCallStatus": line.call.outcome, "DialCallSid": new_sid("CA")}
            if line.call.outcome == "completed":
                fields["DialCallDuration"] = str(round(seconds))
            await self._ask(line, dial.done_url, fields)

    async def _rung(self, line: _Line, dial: Dial) -> str:
        """How the ringing ended, in the carrier's words."""
        ends = {line.answered: "completed", line.nobody_left: "busy", line.hung_up: "canceled"}
        waits = {asyncio.create_task(event.wait()): outcome for event, outcome in ends.items()}
        timeout = min(dial.timeout_seconds, self._desk.settings.ring_seconds)
        done, waiting = await asyncio.wait(waits, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        return waits[done.pop()] if done else "no-answer"

    async def _talked(self, line: _Line, dial: Dial) -> float:
        started = time.monotonic()
        line.call.state, line.call.ringing = "talking", []
        self._tell(line.call)
        try:
            async with asyncio.timeout(dial.limit_seconds):
                await line.hung_up.wait()
        except TimeoutError:
            self._desk.events.log("the call reached its time limit")
        return time.monotonic() - started

    def _require_phone(self, number: str) -> None:
        """A number that rings has a phone to show it on."""
        if self._desk.phones.find(number) is None:
            phone = self._desk.phones.add(Phone(number=number, name="Front desk", kind="landline"))
            self._desk.events.tell(PhoneChanged(phone))

    def _fields(self, call: Call) -> dict[str, str]:
        return {
            "AccountSid": self._desk.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": call.sid,
            "Called": call.to_number,
            "Caller": call.from_number,
            "Direction": "inbound",
            "From": call.from_number,
            "To": call.to_number,
        }

    def _tell(self, call: Call) -> None:
        self._desk.events.tell(CallChanged(call))
