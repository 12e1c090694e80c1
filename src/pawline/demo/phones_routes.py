"""What the page of phones asks of the product: the time, texts and reminders, and a number that nobody knows any more.

Mounted in demo mode only. Nobody has to be signed in: the demo holds nothing worth locking away.
"""

from typing import Annotated, Any

import msgspec
from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.demo.moved_clock import MovedClock
from pawline.demo.reminders import remind_olive
from pawline.demo.texting_desk import forget_number, text_number
from pawline.demo.time_travel import DemoTime, TimeMove, demo_time, move_time
from pawline.platform.security import require_own_origin
from pawline.reminders.views import QueuedReminder
from pawline.threads.desk import Desk

MOST_TEXTS = 200
Number = Annotated[str, msgspec.Meta(pattern=r"^\+[1-9][0-9]{5,14}$")]


class TextsAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """With one text the words are those of ``body``; several are numbered instead, so that no two are alike."""

    number: Number
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_TEXTS)] = 1
    body: Annotated[str, msgspec.Meta(max_length=500)] = "Text from the clinic"

    @property
    def bodies(self) -> list[str]:
        if self.count == 1:
            return [self.body]
        return [f"Text {place} of {self.count}: {self.body}" for place in range(1, self.count + 1)]


class NumberForgotten(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: Number


@get("/time", summary="The demo's time, and which clinics are open")
async def read_time(desk: NamedDependency[Desk]) -> DemoTime:
    return await demo_time(desk.database, MovedClock(desk.settings.data))


@post("/time", status_code=200, summary="Move the demo's time")
async def set_time(data: JSONBody[TimeMove], request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> DemoTime:
    require_own_origin(desk.settings, request.headers)
    return await move_time(desk.database, MovedClock(desk.settings.data), data)


@post("/texts", status_code=204, summary="Let the practice text a number")
async def send_texts(data: JSONBody[TextsAsked], request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> None:
    require_own_origin(desk.settings, request.headers)
    await text_number(desk, data.number, data.bodies)


@post("/reminder", summary="Send Olive a reminder by text")
async def send_reminder_to_olive(request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> QueuedReminder:
    require_own_origin(desk.settings, request.headers)
    async with desk.database.transaction() as uow:
        return await remind_olive(uow)


@post("/unknown-numbers", status_code=204, summary="Make a number one that nobody knows")
async def forget(data: JSONBody[NumberForgotten], request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> None:
    require_own_origin(desk.settings, request.headers)
    await forget_number(desk, data.number)


demo_phones_router = Router(
    path="/api/v1/demo",
    route_handlers=[read_time, set_time, send_texts, send_reminder_to_olive, forget],
    include_in_schema=False,
)
