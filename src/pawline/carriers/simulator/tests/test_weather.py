"""Bad weather on the way of a request, and its one seeded source."""

import httpx
import pytest

from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.segments import count_segments
from pawline.carriers.simulator.weather import Sky
from tests.simulated_carrier import OLIVE, SimulatedCarrier

NUMBER = "+14155550150"


@pytest.fixture(autouse=True)
async def number(carrier: SimulatedCarrier) -> None:
    await carrier.own(NUMBER)


async def _send(carrier: SimulatedCarrier) -> httpx.Response:
    settings = carrier.settings
    fields = {"To": OLIVE, "From": NUMBER, "Body": "x"}
    async with httpx.AsyncClient(auth=(settings.account_sid, settings.auth_token)) as http:
        return await http.post(f"{settings.api_root}/Messages.json", data=fields)


async def _taken(carrier: SimulatedCarrier) -> Entry:
    return (await carrier.ledger())[0]


async def test_lost_answer_is_of_a_text_that_was_taken(carrier: SimulatedCarrier) -> None:
    await carrier.weather(lost_answers=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await _send(carrier)

    assert (await _taken(carrier)).is_answer_lost


async def test_error_after_acceptance_is_of_a_text_that_was_taken(carrier: SimulatedCarrier) -> None:
    await carrier.weather(errors_after=1)
    answer = await _send(carrier)

    assert 503 == answer.status_code
    assert (await _taken(carrier)).is_answer_lost


async def test_error_before_acceptance_and_too_many_take_nothing(carrier: SimulatedCarrier) -> None:
    await carrier.weather(errors_before=1)
    error = await _send(carrier)
    await carrier.weather(errors_before=0, too_many=1, retry_after_seconds=7)
    too_many = await _send(carrier)

    assert 503 == error.status_code
    assert (429, 20429, "7") == (too_many.status_code, too_many.json()["code"], too_many.headers["retry-after"])
    assert [] == await carrier.ledger()


async def test_refusal_keeps_its_words_in_bad_weather(carrier: SimulatedCarrier) -> None:
    await carrier.weather(errors_after=1)
    settings = carrier.settings
    async with httpx.AsyncClient(auth=(settings.account_sid, settings.auth_token)) as http:
        answer = await http.post(f"{settings.api_root}/Messages.json", data={"To": "?", "From": NUMBER, "Body": "x"})

    assert 21211 == answer.json()["code"]


async def test_latency(carrier: SimulatedCarrier) -> None:
    await carrier.weather(latency_seconds=0.2)
    answer = await _send(carrier)

    assert answer.elapsed.total_seconds() >= 0.2


async def test_same_seed_makes_the_same_weather(carrier: SimulatedCarrier) -> None:
    rows: list[list[int]] = []
    for _ in range(2):
        await carrier.weather(errors_before=0.5, seed=42)
        rows.append([(await _send(carrier)).status_code for _ in range(12)])

    assert rows[0] == rows[1]
    assert {201, 503} == set(rows[0])
    assert 42 == (await carrier.http.get("/weather")).json()["weather"]["seed"]


@pytest.mark.parametrize("values", [{"lost_answers": 2}, {"speed": 0}, {"rain": 1}, {"seed": "x"}])
async def test_weather_that_cannot_be_is_refused(carrier: SimulatedCarrier, values: dict[str, object]) -> None:
    answer = await carrier.http.patch("/weather", json=values)

    assert 400 == answer.status_code


def test_other_seeds_make_other_weather() -> None:
    def row(seed: int) -> list[bool]:
        sky = Sky(seed)
        return [sky.happens(0.5) for _ in range(64)]

    assert row(1) == row(1)
    assert row(1) != row(2)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("🐕" * 35, 1),
        ("🐕" * 36, 2),
    ],
)
def test_segments(text: str, segments: int) -> None:
    assert segments == count_segments(text)
