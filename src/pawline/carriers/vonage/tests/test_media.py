import pytest

from pawline.carriers.interface import CarrierFailed, Exchange, MediaLink
from pawline.carriers.vonage.adapter import Vonage
from pawline.carriers.vonage.tests.account_values import APPLICATION, read_token
from tests.contracts.answering import AnsweringServer, Reply


async def fetch(vonage: Vonage, url: str) -> bytes:
    return b"".join([part async for part in vonage.fetch_media(MediaLink(url, "image/jpeg"))])


async def test_a_file_at_the_carrier_is_streamed_and_not_kept_in_the_record(
    vonage: Vonage, server: AnsweringServer, exchanges: list[Exchange]
) -> None:
    server.replies.append(Reply(body=b"\xff\xd8 a picture", headers={"Content-Type": "image/jpeg"}))

    assert b"\xff\xd8 a picture" == await fetch(vonage, f"{server.url}/media/1.jpg")
    assert APPLICATION == read_token(server.requests[0].headers["authorization"])["application_id"]
    assert ["image/jpeg, 12 bytes"] == [exchange.answer for exchange in exchanges]


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/1.jpg",
        "https://nexmo.com.elsewhere.example/1.jpg",
        "https://notnexmo.com/1.jpg",
        "https://api-us.nexmo.com@elsewhere.example/1.jpg",
        "https://user@api-us.nexmo.com/1.jpg",
        "http://api-us.nexmo.com/1.jpg",
        "https://api-us.nexmo.com:8443/1.jpg",
        "http://127.0.0.1:1/1.jpg",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
async def test_no_other_address_is_asked(vonage: Vonage, exchanges: list[Exchange], url: str) -> None:
    with pytest.raises(CarrierFailed):
        await fetch(vonage, url)
    assert [] == exchanges


async def test_a_redirect_stays_at_the_carrier(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies += [Reply(status=302, headers={"Location": "/2.jpg"}), Reply(body=b"a picture")]

    assert b"a picture" == await fetch(vonage, f"{server.url}/1.jpg")


@pytest.mark.parametrize("target", ["https://elsewhere.example/2.jpg", "//elsewhere.example", "http://[", "http://127.0.0.1:1/"])
async def test_a_redirect_elsewhere_is_not_followed(
    vonage: Vonage, server: AnsweringServer, exchanges: list[Exchange], target: str
) -> None:
    server.replies.append(Reply(status=302, headers={"Location": target}))

    with pytest.raises(CarrierFailed):
        await fetch(vonage, f"{server.url}/1.jpg")
    assert 1 == len(exchanges)


async def test_redirects_come_to_an_end(vonage: Vonage, server: AnsweringServer) -> None:
    server.replies += [Reply(status=302, headers={"Location": "/again"}) for _ in range(9)]

    with pytest.raises(CarrierFailed, match="one address to the next"):
        await fetch(vonage, f"{server.url}/1.jpg")
    assert 4 == len(server.requests)


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(is_lost=True)])
async def test_a_file_that_is_not_there_fails_in_words(vonage: Vonage, server: AnsweringServer, reply: Reply) -> None:
    server.replies.append(reply)

    with pytest.raises(CarrierFailed):
        await fetch(vonage, f"{server.url}/1.jpg")
