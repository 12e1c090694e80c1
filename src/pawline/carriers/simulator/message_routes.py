"""The carrier's API for texts and the media that came with them."""

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pawline.carriers.simulator.dialling_plan import read_number
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.outbound import TextAsked
from pawline.carriers.simulator.refusals import INVALID_PARAMETER, NOT_FOUND, Refused
from pawline.carriers.simulator.simulator import Simulator
from pawline.carriers.simulator.wire import VERSION, Json, first_of, media_json, message_json, page_json, read_form

LARGEST_PAGE = 1_000


@post("/Messages.json", status_code=201)
async def create_message(request: Request[Any, Any, Any], simulator: NamedDependency[Simulator]) -> Json:
    form = await read_form(request)
    asked = TextAsked(
        from_number=first_of(form, "From"),
        to_number=first_of(form, "To"),
        body=first_of(form, "Body"),
        media_links=form.get("MediaUrl", []),
        receipt_url=first_of(form, "StatusCallback"),
    )
    return message_json(simulator.desk.settings, simulator.outbound.take(asked))


@get("/Messages.json")
async def list_messages(
    request: Request[Any, Any, Any],
    simulator: NamedDependency[Simulator],
    to: Annotated[str, QueryParameter(name="To")] = "",
    from_: Annotated[str, QueryParameter(name="From")] = "",
    since: Annotated[str, QueryParameter(name="DateSent>")] = "",
    page: Annotated[int, QueryParameter(name="Page", ge=0)] = 0,
    size: Annotated[int, QueryParameter(name="PageSize", ge=1)] = 50,
) -> Json:
    """Newest first. A text that still waits has no date of sending, and so is in no list by that date."""
    earliest = _read_date(since) if since else None
    pair = {"from_number": read_number(from_) if from_ else "", "to_number": read_number(to) if to else ""}
    found = [entry for entry in simulator.desk.ledger.between(**pair) if entry.kind != "carrier" and _is_since(entry, earliest)]
    query = "&".join(part for part in request.url.query.split("&") if part and not part.startswith("Page"))
    path = f"/{VERSION}/Accounts/{simulator.desk.settings.account_sid}/Messages.json"
    rows = [message_json(simulator.desk.settings, entry) for entry in reversed(found)]
    return page_json("messages", rows, path=f"{path}?{query}" if query else path, page=page, size=min(size, LARGEST_PAGE))


@get("/Messages/{name:str}")
async def read_message(name: FromPath[str], simulator: NamedDependency[Simulator]) -> Json:
    return message_json(simulator.desk.settings, _require_entry(simulator, name.removesuffix(".json")))


@get("/Messages/{message:str}/Media.json")
async def list_media(message: FromPath[str], simulator: NamedDependency[Simulator]) -> Json:
    entry = _require_entry(simulator, message)
    rows = [media_json(simulator.desk.settings, entry, sid) for sid in simulator.desk.pictures.of_message(entry.sid)]
    path = f"/{VERSION}/Accounts/{simulator.desk.settings.account_sid}/Messages/{message}/Media.json"
    return page_json("media_list", rows, path=path, page=0, size=50)


@get("/Messages/{message:str}/Media/{name:str}")
async def read_media(message: FromPath[str], name: FromPath[str], simulator: NamedDependency[Simulator]) -> Response[Any]:
    """With .json what is known of it; without, the way to the file itself on another server."""
    settings, sid = simulator.desk.settings, name.removesuffix(".json")
    entry = _require_media(simulator, message, sid)
    if name.endswith(".json"):
        return Response(media_json(settings, entry, sid))
    return Response(b"", status_code=307, headers={"location": f"{settings.media_url or settings.public_url}/media/{sid}"})


@delete("/Messages/{message:str}/Media/{name:str}", status_code=204)
async def delete_media(message: FromPath[str], name: FromPath[str], simulator: NamedDependency[Simulator]) -> None:
    sid = name.removesuffix(".json")
    _require_media(simulator, message, sid)
    picture = simulator.desk.pictures.at_carrier(sid)
    if picture is not None:
        picture.is_at_carrier = False
    simulator.desk.events.log("picture deleted at the carrier")


message_routes = [create_message, list_messages, read_message, list_media, read_media, delete_media]


@get("/media/{sid:str}")
async def read_file(
    sid: FromPath[str], request: Request[Any, Any, Any], simulator: NamedDependency[Simulator]
) -> Response[bytes]:
    """The file server. It is not the API: whoever shows it the account's credentials has leaked them, and gets nothing."""
    if "authorization" in request.headers:
        return Response(b"Only one authentication mechanism allowed", status_code=400, media_type="text/plain")
    picture = simulator.desk.pictures.at_carrier(sid)
    if picture is None:
        return Response(b"", status_code=404, media_type="text/plain")
    return Response(picture.content, media_type=picture.media_type)


file_router = Router(path="/", route_handlers=[read_file])


def _require_entry(simulator: Simulator, sid: str) -> Entry:
    entry = simulator.desk.ledger.find(sid)
    if entry is None or entry.kind == "carrier":
        raise Refused(NOT_FOUND, sid)
    return entry


def _require_media(simulator: Simulator, message: str, sid: str) -> Entry:
    picture = simulator.desk.pictures.at_carrier(sid)
    if picture is None or picture.message_sid != message:
        raise Refused(NOT_FOUND, sid)
    return _require_entry(simulator, message)


def _is_since(entry: Entry, earliest: datetime | None) -> bool:
    sent_at = entry.at if entry.kind == "inbound" else entry.sent_at
    return earliest is None or (sent_at is not None and sent_at >= earliest)


def _read_date(text: str) -> datetime:
    """A day, or a moment in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(INVALID_PARAMETER, "DateSent") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
