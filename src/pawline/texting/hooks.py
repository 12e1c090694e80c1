"""Webhooks of carriers: the signature first, then the database, then the answer. Nothing is acknowledged without a row."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from litestar import Request, Response, Router, post, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.carriers.interface import (
    CallEnded,
    Carrier,
    CarrierEvent,
    InboundCall,
    InboundText,
    Receipt,
    WebhookAnswer,
    WebhookRequest,
)
from pawline.deliveries.service import AttemptKey, read_receipt_path, record_receipt
from pawline.platform.errors import Forbidden, NotFound, Unreadable
from pawline.texting.calls import answer_call, end_call
from pawline.texting.desk import TextingDesk
from pawline.texting.receiving import receive_text
from pawline.threads.entries import touch_message

LARGEST_BYTES = 256 * 1024

_Call = TypeVar("_Call", InboundCall, CallEnded)


@post("/{carrier:str}/text", status_code=200)
async def text_hook(
    carrier: FromPath[str], request: Request[Any, Any, Any], texting: NamedDependency[TextingDesk]
) -> Response[str]:
    """A text to one of our numbers. Some carriers send their receipts here as well; those have an address of their own."""
    vendor, events = await _read(texting, carrier, request)
    for event in events:
        if isinstance(event, InboundText):
            await receive_text(texting, carrier, event)
    return _answer(vendor.acknowledge())


@post("/{carrier:str}/receipt/{path:path}", status_code=200)
async def receipt_hook(
    carrier: FromPath[str], path: FromPath[str], request: Request[Any, Any, Any], texting: NamedDependency[TextingDesk]
) -> Response[str]:
    """What became of a text; every attempt has an address of its own."""
    vendor, events = await _read(texting, carrier, request)
    key = read_receipt_path(texting.settings, carrier, path)
    if key is None:
        raise NotFound
    for event in events:
        if isinstance(event, Receipt):
            await _record(texting, key, event)
    return _answer(vendor.acknowledge())


@route("/{carrier:str}/voice", http_method=["GET", "POST"], status_code=200)
async def voice_hook(
    carrier: FromPath[str], request: Request[Any, Any, Any], texting: NamedDependency[TextingDesk]
) -> Response[str]:
    """Somebody calls one of our text numbers."""
    return await _answer_call(texting, carrier, request, kind=InboundCall, act=answer_call)


@post("/{carrier:str}/voice/done", status_code=200)
async def voice_done_hook(
    carrier: FromPath[str], request: Request[Any, Any, Any], texting: NamedDependency[TextingDesk]
) -> Response[str]:
    """A call that was sent on to the clinic is over."""
    return await _answer_call(texting, carrier, request, kind=CallEnded, act=end_call)


async def _record(texting: TextingDesk, key: AttemptKey, receipt: Receipt) -> None:
    async with texting.database.transaction() as uow:
        await record_receipt(uow, key, receipt, touch=touch_message)


async def _answer_call(
    texting: TextingDesk,
    carrier: str,
    request: Request[Any, Any, Any],
    *,
    kind: type[_Call],
    act: Callable[[TextingDesk, str, _Call], Coroutine[Any, Any, WebhookAnswer]],
) -> Response[str]:
    vendor, events = await _read(texting, carrier, request)
    for event in events:
        if isinstance(event, kind):
            return _answer(await act(texting, carrier, event))
    return _answer(vendor.acknowledge())


async def _read(texting: TextingDesk, carrier: str, request: Request[Any, Any, Any]) -> tuple[Carrier, Sequence[CarrierEvent]]:
    """Who sent it and what it says. An address without a carrier of ours behind it does not exist."""
    vendor = texting.carriers.get(carrier)
    if vendor is None:
        raise NotFound
    # The address that was signed is the one we gave away: built from settings, never from what a header claims.
    query = request.scope["query_string"].decode("ascii", "replace")
    url = f"{texting.settings.public_url}{request.scope['raw_path'].decode('ascii', 'replace')}{f'?{query}' if query else ''}"
    webhook = WebhookRequest(request.method, url, dict(request.headers), await request.body())
    if not vendor.is_genuine(webhook):
        raise Forbidden("The signature of this request is not one of your carrier's.")
    try:
        return vendor, vendor.read_webhook(webhook)
    except ValueError as error:
        raise Unreadable("This is not a webhook that this carrier is known to send.") from error


def _answer(answer: WebhookAnswer) -> Response[str]:
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type)


hooks_router = Router(
    path="/hooks",
    route_handlers=[text_hook, receipt_hook, voice_hook, voice_done_hook],
    include_in_schema=False,
    request_max_body_size=LARGEST_BYTES,
)
