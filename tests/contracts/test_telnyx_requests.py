"""Every request to this carrier, against what the vendor says it takes: an unknown field counts as an error."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, Literal, get_args, get_origin, get_type_hints

import httpx
import pytest

from pawline.carriers.interface import CarrierSettings, HookUrls, NumberKind, TextToSend
from pawline.carriers.telnyx.adapter import Telnyx, build_telnyx
from pawline.carriers.telnyx.tests.account_values import CLINIC, OLIVE, account_values
from pawline.carriers.telnyx.tests.forms import FORM
from tests.contracts.answering import AnsweringServer, Reply, answering_server, json_reply
from tests.contracts.openapi import read_description

TEXT = TextToSend(
    from_number=CLINIC,
    to_number=OLIVE,
    body="Pixel is ready 🐕",
    reference="d1-1",
    receipt_url="https://pawline.example/hooks/telnyx/receipt/d1/1/0f1e2d",
)
HOOKS = HookUrls("https://pawline.example/text", "https://pawline.example/voice", "https://pawline.example/receipt")
NO_NUMBERS = json_reply({"data": []})
ACTS: dict[str, tuple[Callable[[Telnyx], Awaitable[object]], list[Reply]]] = {
    "send": (lambda telnyx: telnyx.send(TEXT), [json_reply({"data": {"id": "1"}})]),
    "search": (lambda telnyx: telnyx.search_numbers(country="US", kind=NumberKind.TOLL_FREE), [NO_NUMBERS] * 6),
    "search by area": (lambda telnyx: telnyx.search_numbers(country="US", kind=NumberKind.LOCAL, area="212"), [NO_NUMBERS]),
    "search by town": (lambda telnyx: telnyx.search_numbers(country="CA", kind=NumberKind.LOCAL, area="Toronto"), [NO_NUMBERS]),
    "search in Britain": (lambda telnyx: telnyx.search_numbers(country="GB", kind=NumberKind.LOCAL), [NO_NUMBERS]),
    "order": (
        lambda telnyx: telnyx.order_number(CLINIC, hooks=HOOKS),
        [Reply(), json_reply({"data": {"status": "pending"}})],
    ),
}
# The newest description that may be kept is older than these two requests. Their types stand in the vendor's own client.
VERIFY = json_reply({"id": "v-1"})
ELIGIBLE = json_reply({"phone_numbers": [{"eligible": True}]})


@pytest.fixture
async def server() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as server:
        yield server


@pytest.fixture
async def telnyx(server: AnsweringServer) -> AsyncGenerator[Telnyx]:
    telnyx = build_telnyx(CarrierSettings(account_values(server.url)))
    yield telnyx
    await telnyx.close()


@pytest.mark.parametrize("name", ACTS)
async def test_a_request_is_as_the_vendor_describes_it(telnyx: Telnyx, server: AnsweringServer, name: str) -> None:
    description = read_description("telnyx_2025-02.json")
    act, replies = ACTS[name]
    server.replies += replies
    await act(telnyx)

    assert len(replies) == len(server.requests)
    assert [[] for _ in server.requests] == [description.problems_of(request) for request in server.requests]


def test_the_description_finds_a_field_it_does_not_know() -> None:
    description = read_description("telnyx_2025-02.json")
    request = httpx.Request("POST", "https://api.telnyx.com/v2/messages", json={"to": OLIVE, "body": "Pixel is ready"})

    assert any("body" in problem for problem in description.problems_of(request))


# The vendor's client is read only here: it takes a second and a half to import, and warns while it does.
@pytest.mark.filterwarnings("ignore")
async def test_a_toll_free_form_has_the_fields_of_the_vendors_client(telnyx: Telnyx, server: AnsweringServer) -> None:
    from telnyx.types.messaging_tollfree.verification.request_create_params import RequestCreateParams  # noqa: PLC0415

    server.replies.append(VERIFY)
    await telnyx.verify_toll_free(CLINIC, form=FORM)

    assert "/v2/messaging_tollfree/verification/requests" == server.requests[0].url.path
    assert [] == problems_of(json.loads(server.requests[0].content), RequestCreateParams)


@pytest.mark.filterwarnings("ignore")
async def test_the_check_of_forms_finds_what_is_wrong(telnyx: Telnyx, server: AnsweringServer) -> None:
    from telnyx.types.messaging_tollfree.verification.request_create_params import RequestCreateParams  # noqa: PLC0415

    server.replies.append(VERIFY)
    await telnyx.verify_toll_free(CLINIC, form=FORM)
    sent = json.loads(server.requests[0].content)
    del sent["useCase"]
    sent |= {"messageVolume": "11", "bogus": 1}

    assert ["bogus: is not known", "messageVolume: 11 is not one of its values", "useCase: is missing"] == problems_of(
        sent, RequestCreateParams
    )


@pytest.mark.filterwarnings("ignore")
async def test_the_vendors_client_asks_for_the_same_addresses(telnyx: Telnyx, server: AnsweringServer) -> None:
    from telnyx import AsyncTelnyx  # noqa: PLC0415

    client = AsyncTelnyx(api_key="KEY", base_url=f"{server.url}/v2", max_retries=0)
    server.replies += [ELIGIBLE, ELIGIBLE, VERIFY, VERIFY, json_reply({"data": {"id": "1"}}), json_reply({"data": {"id": "1"}})]
    await client.messaging_hosted_number_orders.check_eligibility(phone_numbers=[CLINIC])
    await telnyx.check_hosting(CLINIC)
    await client.messaging_tollfree.verification.requests.retrieve("v-1")
    await telnyx.read_verification("v-1")
    await client.messages.send(to=OLIVE, from_=CLINIC, text=TEXT.body, idempotency_key="d1-1")
    await telnyx.send(TEXT)
    await client.close()

    asked = [(request.method, request.url.path, request.headers.get("idempotency-key")) for request in server.requests]
    assert asked[0::2] == asked[1::2]
    assert json.loads(server.requests[0].content) == json.loads(server.requests[1].content)


def problems_of(sent: dict[str, object], form: type) -> list[str]:
    """Of a TypedDict of the vendor's client: names as they go over the wire, required ones, and closed sets of values."""
    hints = get_type_hints(form, include_extras=True)
    wire = {_wire_name(name, hint): hint for name, hint in hints.items()}
    missing = [name for name, hint in wire.items() if "Required" in str(hint).partition("[")[0] and name not in sent]
    wrong = [name for name, value in sent.items() if name in wire and not _fits(value, wire[name])]
    return [
        *(f"{name}: is not known" for name in sorted(sent.keys() - wire.keys())),
        *(f"{name}: {sent[name]} is not one of its values" for name in wrong),
        *(f"{name}: is missing" for name in missing),
    ]


def _wire_name(name: str, hint: Any) -> str:
    aliases = [part.alias for part in _parts(hint) if getattr(part, "alias", None)]
    return aliases[0] if aliases else name


def _fits(value: object, hint: Any) -> bool:
    closed = [get_args(part) for part in _parts(hint) if get_origin(part) is Literal]
    return not closed or value in closed[0]


def _parts(hint: Any) -> list[Any]:
    found = list(get_args(hint)) if get_origin(hint) is not Literal else []
    found += getattr(hint, "__metadata__", ())
    return [hint, *(inner for part in found for inner in _parts(part))]
