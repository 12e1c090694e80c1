"""Behind the counter: ledger, log, weather, the account's numbers, and what happens while it happens."""

from collections.abc import AsyncGenerator, Mapping
from typing import Annotated, Any

import msgspec
from litestar import Router, get, patch, post, put
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from pawline.carriers.simulator.dialling_plan import is_number, read_number
from pawline.carriers.simulator.events import Block, LogLine
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.own_numbers import OwnNumber, OwnNumberChange
from pawline.carriers.simulator.simulator import Simulator
from pawline.carriers.simulator.weather import PRESETS, Weather

_encode = msgspec.json.Encoder().encode


class LedgerView(msgspec.Struct, frozen=True):
    entries: list[Entry]


class Log(msgspec.Struct, frozen=True):
    lines: list[LogLine]


class Blocks(msgspec.Struct, frozen=True):
    blocks: list[Block]


class WeatherView(msgspec.Struct, frozen=True):
    weather: Weather
    presets: Mapping[str, Weather]


class Numbers(msgspec.Struct, frozen=True):
    numbers: list[OwnNumber]


@get("/ledger")
async def read_ledger(
    simulator: NamedDependency[Simulator],
    to: Annotated[str, QueryParameter(name="to")] = "",
    from_: Annotated[str, QueryParameter(name="from")] = "",
    kind: Annotated[str, QueryParameter(name="kind")] = "",
) -> LedgerView:
    pair = {"from_number": read_number(from_) if from_ else "", "to_number": read_number(to) if to else ""}
    return LedgerView(simulator.desk.ledger.between(**pair, kind=kind))


@get("/log")
async def read_log(simulator: NamedDependency[Simulator], after: Annotated[int, QueryParameter(name="after")] = 0) -> Log:
    return Log(simulator.desk.events.lines(after=after))


@get("/blocks")
async def list_blocks(simulator: NamedDependency[Simulator]) -> Blocks:
    return Blocks(simulator.desk.blocks())


@get("/weather")
async def read_weather(simulator: NamedDependency[Simulator]) -> WeatherView:
    return WeatherView(simulator.desk.sky.weather, PRESETS)


@patch("/weather")
async def change_weather(data: JSONBody[dict[str, Any]], simulator: NamedDependency[Simulator]) -> Weather:
    try:
        return simulator.change_weather(data)
    except msgspec.ValidationError as error:
        raise ClientException(str(error)) from error


@get("/numbers")
async def list_numbers(simulator: NamedDependency[Simulator]) -> Numbers:
    return Numbers(list(simulator.desk.numbers))


@put("/numbers/{number:str}")
async def give_number(number: FromPath[str], data: JSONBody[OwnNumberChange], simulator: NamedDependency[Simulator]) -> OwnNumber:
    """The account has this number from now on, without an order."""
    read = read_number(number)
    if not is_number(read):
        raise ClientException(f"{number} is no phone number.")
    own = simulator.desk.numbers.own(read)
    own.name, own.is_verified = data.name, data.is_verified
    own.text_url, own.voice_url = data.text_url, data.voice_url
    return own


@post("/reset", status_code=204)
async def reset(simulator: NamedDependency[Simulator]) -> None:
    await simulator.reset()


@get("/events")
async def watch(simulator: NamedDependency[Simulator]) -> Stream:
    """Server-sent events without names; each one's data is an event with its ``type``."""

    async def frames() -> AsyncGenerator[bytes]:
        events = simulator.desk.events.listen()
        yield b": welcome\n\n"
        async for event in events:
            yield b"data: " + _encode(event) + b"\n\n"

    return Stream(frames(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


desk_router = Router(
    path="/",
    route_handlers=[
        read_ledger,
        read_log,
        list_blocks,
        read_weather,
        change_weather,
        list_numbers,
        give_number,
        reset,
        watch,
    ],
)
