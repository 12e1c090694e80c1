import json
from pathlib import Path
from typing import Any

import pytest

from pawline.carriers.interface import CallEnded, InboundCall
from pawline.carriers.vonage.adapter import Vonage
from pawline.carriers.vonage.tests.account_values import CLINIC, OLIVE, signed, signed_query

CONVERSATION = "CON-aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"
CALL = {
    "to": "447700900142",
    "from": "447700900187",
    "conversation_uuid": CONVERSATION,
    "uuid": "63f61863-4a51-4f6b-86e1-46edebcf9357",
}
LEG = json.loads((Path(__file__).parent / "payloads" / "call_leg.json").read_bytes())


def test_a_call_comes_as_a_query_or_as_json(vonage: Vonage) -> None:
    """V2P-9: the carrier asks what to do with a call to the text number."""
    call = InboundCall(carrier_call_id=CONVERSATION, from_number=OLIVE, to_number=CLINIC)

    assert [call] == vonage.read_webhook(signed_query(CALL))
    assert [call] == vonage.read_webhook(signed(json.dumps(CALL).encode()))


@pytest.mark.parametrize(
    ("status", "was_answered"), [("completed", True), ("timeout", False), ("busy", False), ("unanswered", False)]
)
def test_what_became_of_a_forwarded_call(vonage: Vonage, status: str, *, was_answered: bool) -> None:
    assert [
        CallEnded(carrier_call_id=CONVERSATION, from_number=CLINIC, to_number="+442079460142", was_answered=was_answered)
    ] == vonage.read_webhook(signed(json.dumps({**LEG, "status": status}).encode()))


@pytest.mark.parametrize("change", [{"status": "ringing"}, {"status": "answered"}, {"direction": "inbound"}, {"from": None}])
def test_what_happens_on_the_way_is_no_event(vonage: Vonage, change: dict[str, Any]) -> None:
    assert [] == vonage.read_webhook(signed(json.dumps({**LEG, **change}).encode()))


def test_a_query_that_is_no_call_is_nonsense(vonage: Vonage) -> None:
    with pytest.raises(ValueError, match="not an event"):
        vonage.read_webhook(signed_query({"from": "447700900187"}))


def test_a_call_is_forwarded(vonage: Vonage) -> None:
    answer = vonage.forward_call(to_number="+442079460142", done_url="https://pawline.example/done")
    [action] = json.loads(answer.body)

    assert (200, "application/json") == (answer.status, answer.media_type)
    assert ("connect", ["https://pawline.example/done"]) == (action["action"], action["eventUrl"])
    assert [{"type": "phone", "number": "442079460142"}] == action["endpoint"]


def test_a_call_ends_with_words_or_without(vonage: Vonage) -> None:
    assert [{"action": "talk", "text": "Text us"}] == json.loads(vonage.end_call("Text us").body)
    assert [] == json.loads(vonage.end_call("").body)
