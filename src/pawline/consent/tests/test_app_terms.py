"""What a contact agrees to before the first message in the app."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import TextClause, text
from sqlalchemy.exc import DBAPIError

from pawline.consent import app_terms
from tests.newcomers import add_newcomer
from tests.world import Caller, Json, World

WORDS = {
    "Messaging is NOT for emergencies — call your vet for urgent care",
    "Response times may vary — this is not a real-time emergency service",
    "A valid veterinarian-client-patient relationship (VCPR) must exist",
    "Messages are stored securely and encrypted in transit",
    "You can report inappropriate messages and block users",
}
_RECORD = text("SELECT contact_id, version, practice_id FROM app_consent WHERE contact_id = :id")
_LANGUAGE = text("SELECT language, version FROM app_consent WHERE contact_id = :id")
_REWRITE = text("UPDATE app_consent SET version = '0' WHERE contact_id = :id RETURNING id")
_REVOKE = text("UPDATE connection SET state = 'revoked' WHERE pet_id = :id RETURNING id")


@pytest.fixture
async def olga(world: World) -> Caller:
    return await add_newcomer(world)


async def test_the_screen_says_what_messaging_is_not(olga: Caller) -> None:
    """AL-2, AL-3, AL-4, AL-5, AL-6, AL-7: word for word."""
    terms = (await olga.get("/app-terms")).json()

    assert WORDS == {terms["not_for_emergencies"], *terms["sentences"]}
    assert terms["accepted_at"] is None


async def test_who_reads_spanish_agrees_to_spanish_words(world: World, olga: Caller) -> None:
    """AL-8: the record says to which words; whoever agreed in one language is not asked again in the other."""
    terms = (await olga.http.get("/app-terms", headers={"Accept-Language": "es-MX,en;q=0.5"})).json()
    spoken = {"version": terms["version"], "language": terms["language"]}
    agreed = await olga.send("POST", "/app-terms", spoken)

    assert terms["not_for_emergencies"].startswith("La mensajería NO es para urgencias")
    assert not WORDS.intersection(terms["sentences"])
    assert 4 == len(terms["sentences"])
    assert 200 == agreed.status_code, agreed.text
    assert [("es", app_terms.VERSION)] == await _rows(world, _LANGUAGE, olga.id)
    assert not (await olga.thread(world.thread_id))["must_agree"]
    assert 400 <= (await olga.send("POST", "/app-terms", {**spoken, "language": "tlh"})).status_code < 500


async def test_until_it_is_accepted_the_server_refuses_to_send(world: World, olga: Caller) -> None:
    """AL-2: not only the screen. Reading is free, and so is the answer that says what to do."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    before = await olga.thread(world.thread_id)
    refused = await olga.send("POST", f"/threads/{world.thread_id}/messages", _draft("She limps"))
    await _agree(olga)
    sent = await olga.post_text(world.thread_id, "She limps")

    assert (True, True) == (before["must_agree"], before["can_post"])
    assert (403, "consent_needed") == (refused.status_code, refused.json()["code"])
    assert "read how messaging works" in refused.json()["detail"]
    thread = await olga.thread(world.thread_id)
    assert ("She limps", False) == (thread["messages"][-1]["body"], thread["must_agree"])
    assert 1 == sum(message["id"] == sent["id"] for message in thread["messages"])


async def test_the_record_says_who_when_and_to_what_and_cannot_be_changed(world: World, olga: Caller) -> None:
    """AL-8, C7: asked once; agreeing again changes nothing."""
    first = await _agree(olga)
    answers = await asyncio.gather(*(_agree(olga) for _ in range(10)))
    rows = await _rows(world, _RECORD, olga.id)

    assert {first["accepted_at"]} == {answer["accepted_at"] for answer in answers}
    assert [(olga.id, app_terms.VERSION, world.practice_id)] == [tuple(map(str, row)) for row in rows]
    with pytest.raises(DBAPIError, match="append-only"):
        await _rows(world, _REWRITE, olga.id)


async def test_another_wording_is_asked_for_again(world: World, olga: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """AL-8: the same version is not; and nobody agrees to words they have not seen."""
    await _agree(olga)
    monkeypatch.setattr(app_terms, "VERSION", "2")
    thread = await olga.thread(world.thread_id)
    stale = await olga.send("POST", "/app-terms", {"version": "1"})

    assert thread["must_agree"]
    assert (409, "This has been reworded since you opened it. Please read it again.") == (
        stale.status_code,
        stale.json()["detail"],
    )


async def test_each_contact_agrees_for_themselves(world: World, olga: Caller) -> None:
    assert not (await world.olive.thread(world.thread_id))["must_agree"]
    assert (await olga.thread(world.thread_id))["must_agree"]


async def test_the_team_is_asked_nothing(world: World) -> None:
    assert 404 == (await world.nora.get("/app-terms")).status_code
    assert not (await world.nora.thread(world.thread_id))["must_agree"]


async def test_a_connection_is_the_record_that_the_clinic_treats_the_pet(world: World) -> None:
    """AL-10: agreeing does not replace it."""
    await _rows(world, _REVOKE, world.pixel_id)
    refused = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", _draft("She limps"))

    assert (403, "forbidden") == (refused.status_code, refused.json()["code"])
    assert not (await world.olive.thread(world.thread_id))["can_post"]


def _draft(body: str) -> Json:
    return {"client_id": str(uuid4()), "body": body}


async def _agree(caller: Caller) -> Json:
    answer = await caller.send("POST", "/app-terms", {"version": app_terms.VERSION})
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def _rows(world: World, statement: TextClause, key: str) -> list[tuple[object, ...]]:
    async with world.product.database.transaction() as uow:
        return [tuple(row) for row in (await uow.execute(statement, {"id": UUID(key)})).all()]
