from dataclasses import replace

import pytest

from pawline.carriers.telnyx.adapter import Telnyx
from pawline.carriers.telnyx.tests.account_values import FOREIGN_KEY, KEY_IN_USE, NEXT_KEY, NOW, signed

BODY = b'{"data": {"event_type": "message.sent"}}'


@pytest.mark.parametrize("key", [KEY_IN_USE, NEXT_KEY])
def test_either_key_is_good_while_one_replaces_the_other(telnyx: Telnyx, key: object) -> None:
    assert telnyx.is_genuine(signed(BODY, key=KEY_IN_USE if key is KEY_IN_USE else NEXT_KEY))


@pytest.mark.parametrize(("age", "is_good"), [(300, True), (-300, True), (301, False), (-301, False)])
def test_a_signature_is_good_for_five_minutes(telnyx: Telnyx, age: int, *, is_good: bool) -> None:
    assert is_good is telnyx.is_genuine(signed(BODY, at=NOW - age))


def test_another_key_another_body_or_another_time_is_refused(telnyx: Telnyx) -> None:
    good = signed(BODY)
    later = {**good.headers, "telnyx-timestamp": str(int(NOW) + 1)}

    assert not telnyx.is_genuine(signed(BODY, key=FOREIGN_KEY))
    assert not telnyx.is_genuine(replace(good, body=BODY + b" "))
    assert not telnyx.is_genuine(replace(good, headers=later))


@pytest.mark.parametrize("name", ["telnyx-signature-ed25519", "telnyx-timestamp"])
@pytest.mark.parametrize("value", ["", "ü", "1.5", "-1", "not base64!"])
def test_headers_that_make_no_sense_are_refused(telnyx: Telnyx, name: str, value: str) -> None:
    good = signed(BODY)

    assert not telnyx.is_genuine(replace(good, headers={**good.headers, name: value}))
    assert not telnyx.is_genuine(replace(good, headers={}))


def test_a_get_proves_nothing_about_its_query(telnyx: Telnyx) -> None:
    assert not telnyx.is_genuine(replace(signed(b""), method="GET"))
