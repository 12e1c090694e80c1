"""The weather between the product's request and our answer: slow, refused, answered with an error, or not answered at all."""

import asyncio
from typing import Any

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from pawline.carriers.simulator.refusals import SERVER_TROUBLE, TOO_MANY, Refused
from pawline.carriers.simulator.simulator import Simulator


class BadWeather:
    """ASGI middleware of the carrier's API. Only what changes something can be taken and then badly answered."""

    def __init__(self, app: ASGIApp, simulator: Simulator) -> None:
        self._app = app
        self._simulator = simulator
        self._sky = simulator.desk.sky

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        weather = self._sky.weather
        if (latency := self._sky.latency()) > 0:
            await asyncio.sleep(latency)
        if self._sky.happens(weather.too_many):
            await self._answer(send, TOO_MANY, {"retry-after": str(weather.retry_after_seconds)})
        elif self._sky.happens(weather.errors_before):
            await self._answer(send, SERVER_TROUBLE)
        elif scope["method"] == "POST":
            await self._take(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_error = self._sky.happens(self._sky.weather.errors_after)
        is_lost = not is_error and self._sky.happens(self._sky.weather.lost_answers)
        if not (is_error or is_lost):
            await self._app(scope, receive, send)
            return
        answer: list[Message] = []

        async def hold(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, hold)
        is_taken = answer[0]["type"] == "http.response.start" and answer[0]["status"] < 300
        if not is_taken:
            for message in answer:
                await send(message)
            return
        self._note_lost(answer)
        if is_error:
            await self._answer(send, SERVER_TROUBLE)
        else:
            await self._cut_off(send)

    def _note_lost(self, answer: list[Message]) -> None:
        body = b"".join(message.get("body", b"") for message in answer)
        content: Any = msgspec.json.decode(body)
        entry = self._simulator.desk.ledger.find(str(content.get("sid")))
        if entry is not None:
            entry.is_answer_lost = True
            self._simulator.desk.ledger.write(entry)
            self._simulator.desk.events.log("taken, but the product does not learn it")

    async def _cut_off(self, send: Send) -> None:
        # A server closes the connection when fewer bytes come than were announced: the client is left without an answer.
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"1")]})

    async def _answer(self, send: Send, code: int, headers: dict[str, str] | None = None) -> None:
        refused = Refused(code)
        self._simulator.desk.events.log(f"answered {refused.status} by the weather")
        fields = {"content-type": "application/json", **(headers or {})}
        raw = [(name.encode(), value.encode()) for name, value in fields.items()]
        await send({"type": "http.response.start", "status": refused.status, "headers": raw})
        await send({"type": "http.response.body", "body": msgspec.json.encode(refused.as_json()), "more_body": False})
