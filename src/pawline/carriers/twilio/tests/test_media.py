from collections.abc import AsyncGenerator

import httpx
import pytest

from pawline.carriers.interface import CarrierFailed, Exchange, MediaLink
from pawline.carriers.twilio.adapter import Twilio
from pawline.carriers.twilio.api import Api
from pawline.carriers.twilio.media import require_file_server
from pawline.carriers.twilio.tests.account_values import ACCOUNT
from tests.contracts.answering import AnsweringServer, Reply, answering_server

PHOTO = bytes(range(256)) * 2000
FILE = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"


@pytest.fixture
async def stranger() -> AsyncGenerator[AnsweringServer]:
    async with answering_server() as stranger:
        stranger.replies.append(Reply(body=b"come in"))
        yield stranger


async def fetched(twilio: Twilio, url: str) -> bytes:
    return b"".join([chunk async for chunk in twilio.fetch_media(MediaLink(url, "image/jpeg"))])


async def test_a_file_of_the_carrier_is_asked_for_with_our_credentials(
    twilio: Twilio, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    server.replies.append(Reply(body=PHOTO, headers={"Content-Type": "image/jpeg"}))

    assert PHOTO == await fetched(twilio, server.url + FILE)
    assert server.requests[0].headers["authorization"].startswith("Basic ")
    assert [("GET", 200, "image/jpeg, 512000 bytes")] == [(seen.method, seen.status, seen.answer) for seen in exchanges]


async def test_therequire_file_server_it_points_to_gets_no_credentials(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.extend([Reply(status=307, headers={"Location": f"{server.url}/files/1?signed=yes"}), Reply(body=PHOTO)])

    assert PHOTO == await fetched(twilio, server.url + FILE)
    assert [True, False] == ["authorization" in request.headers for request in server.requests]
    assert "/files/1?signed=yes" == server.requests[1].url.raw_path.decode()


async def test_a_stranger_is_neither_asked_nor_followed_to(
    twilio: Twilio, server: AnsweringServer, stranger: AnsweringServer
) -> None:
    """Another port of this machine is as strange as another host."""
    server.replies.append(Reply(status=302, headers={"Location": f"{stranger.url}/photo"}))
    for url in (f"{stranger.url}/photo", server.url + FILE, f"{server.url.replace('http', 'https')}{FILE}"):
        with pytest.raises(CarrierFailed):
            await fetched(twilio, url)

    assert [] == stranger.requests
    assert 1 == len(server.requests)


async def test_only_one_redirect_is_followed(twilio: Twilio, server: AnsweringServer) -> None:
    server.replies.extend([Reply(status=307, headers={"Location": f"{server.url}/files/1"})] * 3)
    with pytest.raises(CarrierFailed, match="answered 307"):
        await fetched(twilio, server.url + FILE)

    assert 2 == len(server.requests)


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(is_lost=True), Reply(body=b"x", headers={"Content-Length": "9"})])
async def test_a_file_that_does_not_come_whole_is_a_failure(twilio: Twilio, server: AnsweringServer, reply: Reply) -> None:
    server.replies.append(reply)
    with pytest.raises(CarrierFailed, match="could not be fetched"):
        await fetched(twilio, server.url + FILE)


async def test_a_reader_may_stop_in_the_middle(twilio: Twilio, server: AnsweringServer) -> None:
    """The size limit is the reader's; nothing is left open."""
    server.replies.append(Reply(body=PHOTO))
    chunks = twilio.fetch_media(MediaLink(server.url + FILE, "image/jpeg"))
    first = await anext(aiter(chunks))
    assert isinstance(chunks, AsyncGenerator)
    await chunks.aclose()

    assert 0 < len(first) < len(PHOTO)


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        ("https://media.twiliocdn.com/AC1/x?Expires=1", True),
        ("https://mms.twiliocdn.com/AC1/x", True),
        ("https://mcs.us1.twilio.com/x", True),
        ("http://media.twiliocdn.com/x", False),
        ("https://media.twiliocdn.com:8443/x", False),
        ("https://user:secret@media.twiliocdn.com/x", False),
        ("https://media.twiliocdn.com.stranger.example/x", False),
        ("https://nottwilio.com/x", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("file:///etc/passwd", False),
    ],
)
def test_whichrequire_file_servers_are_known(api: Api, url: str, *, is_known: bool) -> None:
    if is_known:
        assert url == str(require_file_server(api, httpx.URL(url)))
    else:
        with pytest.raises(CarrierFailed, match="unknown address"):
            require_file_server(api, httpx.URL(url))
