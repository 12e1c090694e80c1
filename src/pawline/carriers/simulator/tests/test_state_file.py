"""What a carrier knows after a restart."""

from pathlib import Path

import pytest

from pawline.carriers.simulator.outbound import TextAsked
from pawline.carriers.simulator.refusals import Refused
from pawline.carriers.simulator.settings import NumberAtStart
from tests.simulated_carrier import OLIVE, STRANGER, running_carrier

NUMBER = "+18885550142"

pytestmark = pytest.mark.server


async def test_texts_numbers_and_opt_outs_outlive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "simulator" / "state.json"
    async with running_carrier(state_file=file) as carrier:
        await carrier.own(NUMBER)
        await carrier.receive(from_=OLIVE, to=NUMBER, text="STOP")
        await carrier.weather(speed=0.01)
        for count in range(2):
            carrier.inside.outbound.take(TextAsked(from_number=NUMBER, to_number=STRANGER, body=f"Text {count}"))
    async with running_carrier(state_file=file) as carrier:
        await carrier.until(lambda entries: all(entry.state == "delivered" for entry in entries if entry.kind == "outbound"))
        arrived = await carrier.sent_to(STRANGER)
        with pytest.raises(Refused, match="unsubscribed"):
            carrier.inside.outbound.take(TextAsked(from_number=NUMBER, to_number=OLIVE, body="x"))

    assert ["Text 0", "Text 1"] == sorted(arrived)
    assert [file] == list(file.parent.iterdir())


async def test_addresses_given_at_start_are_newer_than_the_file(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    for port in (8080, 8081):
        at_start = NumberAtStart(number=NUMBER, text_url=f"http://127.0.0.1:{port}/text")
        async with running_carrier(state_file=file, numbers=(at_start,)) as carrier:
            own = (await carrier.http.get("/numbers")).json()["numbers"]

    assert ["http://127.0.0.1:8081/text"] == [number["text_url"] for number in own]
