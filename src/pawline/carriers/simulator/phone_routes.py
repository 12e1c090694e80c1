"""What people do with their phones: the page of phones and the tests use it."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, JSONBody

from pawline.carriers.simulator.dialling_plan import is_number, read_number
from pawline.carriers.simulator.events import Call
from pawline.carriers.simulator.inbound import NotPossible, TextTyped
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.phone_book import Phone, PhoneChange, changed
from pawline.carriers.simulator.simulator import Simulator

LARGEST_TEXT_BYTES = 25 * 1024 * 1024


class PhoneAdded(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    number: str
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    kind: Literal["mobile", "landline"] = "mobile"


class Dialled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    to_number: str


class Ringing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``number``: the phone on which it rings."""

    number: str


class Phones(msgspec.Struct, frozen=True):
    phones: list[Phone]


class Texts(msgspec.Struct, frozen=True):
    texts: list[Entry]


class CallList(msgspec.Struct, frozen=True):
    calls: list[Call]


@get("/phones")
async def list_phones(simulator: NamedDependency[Simulator]) -> Phones:
    return Phones(list(simulator.desk.phones))


@post("/phones", status_code=201)
async def add_phone(data: JSONBody[PhoneAdded], simulator: NamedDependency[Simulator]) -> Phone:
    number = read_number(data.number)
    if not is_number(number):
        raise ClientException(f"{data.number} is no phone number.")
    return simulator.keep_phone(Phone(number=number, name=data.name, kind=data.kind))


@patch("/phones/{number:str}")
async def change_phone(number: FromPath[str], data: JSONBody[PhoneChange], simulator: NamedDependency[Simulator]) -> Phone:
    return simulator.keep_phone(changed(_require_phone(simulator, number), data))


@get("/phones/{number:str}/texts")
async def list_texts(number: FromPath[str], simulator: NamedDependency[Simulator]) -> Texts:
    return Texts(simulator.desk.ledger.on_phone(read_number(number)))


@post("/phones/{number:str}/texts", status_code=201, request_max_body_size=LARGEST_TEXT_BYTES)
async def send_text(number: FromPath[str], data: JSONBody[TextTyped], simulator: NamedDependency[Simulator]) -> Entry:
    typed = msgspec.structs.replace(data, to_number=read_number(data.to_number))
    try:
        return simulator.inbound.text(_require_phone(simulator, number).number, typed)
    except NotPossible as error:
        raise ClientException(str(error)) from error


@post("/phones/{number:str}/calls", status_code=201)
async def dial(number: FromPath[str], data: JSONBody[Dialled], simulator: NamedDependency[Simulator]) -> Call:
    try:
        return simulator.calls.start(_require_phone(simulator, number).number, read_number(data.to_number))
    except NotPossible as error:
        raise ClientException(str(error)) from error


@get("/calls")
async def list_calls(simulator: NamedDependency[Simulator]) -> CallList:
    return CallList(simulator.calls.all())


@post("/calls/{sid:str}/answer", status_code=200)
async def answer(sid: FromPath[str], data: JSONBody[Ringing], simulator: NamedDependency[Simulator]) -> Call:
    call = _require_call(simulator, sid)
    simulator.calls.answer(sid, read_number(data.number))
    return call


@post("/calls/{sid:str}/ignore", status_code=200)
async def ignore(sid: FromPath[str], data: JSONBody[Ringing], simulator: NamedDependency[Simulator]) -> Call:
    call = _require_call(simulator, sid)
    simulator.calls.ignore(sid, read_number(data.number))
    return call


@post("/calls/{sid:str}/hang_up", status_code=200)
async def hang_up(sid: FromPath[str], simulator: NamedDependency[Simulator]) -> Call:
    call = _require_call(simulator, sid)
    simulator.calls.hang_up(sid)
    return call


@get("/pictures/{sid:str}")
async def show_picture(sid: FromPath[str], simulator: NamedDependency[Simulator]) -> Response[Any]:
    """A phone's own copy of what it sent."""
    picture = simulator.desk.pictures.on_phone(sid)
    if picture is None:
        raise NotFoundException("There is no such picture.")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(picture.content, media_type=picture.media_type, headers=headers)


phone_router = Router(
    path="/",
    route_handlers=[
        list_phones,
        add_phone,
        change_phone,
        list_texts,
        send_text,
        dial,
        list_calls,
        answer,
        ignore,
        hang_up,
        show_picture,
    ],
)


def _require_phone(simulator: Simulator, number: str) -> Phone:
    phone = simulator.desk.phones.find(read_number(number))
    if phone is None:
        raise NotFoundException(f"There is no phone {number}.")
    return phone


def _require_call(simulator: Simulator, sid: str) -> Call:
    call = simulator.calls.find(sid)
    if call is None:
        raise NotFoundException("There is no such call.")
    return call
