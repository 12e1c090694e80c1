"""A snow day: the team closes the clinic by hand, and texters are told as families in the app see it."""

from datetime import datetime, timedelta
from typing import Any

from tests.texting_scene import DAY, NIGHT, OLIVE, UNKNOWN, Texting


async def close(texting: Texting, state: str | None = "off_duty", until: datetime | None = None) -> None:
    body: dict[str, Any] = {"state": state, **({"until": until.isoformat()} if until else {})}
    answer = await texting.world.nora.send("PUT", f"/clinics/{texting.world.clinic_id}/availability", body)
    assert 200 == answer.status_code, answer.text


async def away_replies(texting: Texting, number: str = OLIVE) -> int:
    return sum("after-hours instructions" in body for body in await texting.sent_to(number))


async def test_off_duty_by_hand_is_told_to_whoever_texts(texting: Texting) -> None:
    """C12, V2P-49: during hours, in the words of the night; away is not off duty, and neither is what was taken back."""
    await close(texting, "away")
    await texting.receive("Are you open?", from_=OLIVE)
    assert 0 == await away_replies(texting)

    await close(texting)
    await texting.receive("Are you open?", from_=OLIVE)
    assert 1 == await away_replies(texting)

    await close(texting, None)
    texting.advance(minutes=20)
    await texting.receive("And now?", from_=OLIVE)
    assert 1 == await away_replies(texting)


async def test_it_ends_when_it_was_said_to_end(texting: Texting) -> None:
    """C12, V2P-52"""
    await close(texting, until=DAY + timedelta(hours=1))
    texting.advance(hours=1, minutes=1)

    await texting.receive("Are you open?", from_=OLIVE)

    assert 0 == await away_replies(texting)


async def test_an_answer_of_the_team_still_wins(texting: Texting) -> None:
    """V2P-53, V2P-54, V2P-55, C12: in that conversation until the clinic opens, and in no other."""
    await close(texting)
    await texting.receive("Pixel ate a sock", from_=OLIVE)
    await texting.reply(OLIVE, "Bring her in, we dig our way out")
    texting.advance(minutes=20)

    await texting.receive("On our way", from_=OLIVE)
    await texting.receive("hello")

    assert (1, 1) == (await away_replies(texting), await away_replies(texting, UNKNOWN))
    lines = (await texting.world.nora.get(f"/threads/{texting.world.thread_id}/texting")).json()
    assert (True, [True]) == (lines["is_closed"], [line["is_override_on"] for line in lines["lines"]])


async def test_the_loop_guard_counts_day_and_night_as_one(texting: Texting) -> None:
    """D3: five times from closing by hand until the morning, however often somebody closes it anew."""
    await close(texting)
    for _ in range(4):
        await texting.receive("still here", from_=OLIVE)
        texting.advance(minutes=11)
    texting.set_time(NIGHT)
    for _ in range(4):
        await texting.receive("and now?", from_=OLIVE)
        texting.advance(minutes=11)

    assert 5 == await away_replies(texting)


async def test_never_twice_within_ten_minutes_although_it_is_closed_anew(texting: Texting) -> None:
    """D3"""
    await close(texting)
    await texting.receive("Are you open?", from_=OLIVE)
    texting.advance(minutes=2)
    await close(texting)

    await texting.receive("Hello?", from_=OLIVE)

    assert 1 == await away_replies(texting)
