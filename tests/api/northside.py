"""A family of Northside in whose every text a canary sits, and all ids that lead to it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import text

from pawline.families.numbers import add_number
from pawline.inbox.tests.triage_scene import add_label
from pawline.platform import clock
from tests.api.operations import SECRET_NUMBER, Ids
from tests.photos import make_jpeg
from tests.texting_scene import set_texting
from tests.world import Caller, Json, World

BLOCKED_NUMBER = "+14155550178"
OUTSIDERS = ("kim", "hal", "toby", "rita", "rolf", "otto", "stranger")


@dataclass(frozen=True, slots=True)
class Secrets:
    canary: str
    ids: Ids


async def add_secrets(world: World) -> Secrets:
    canary = f"canary{uuid4().hex}"
    nora = world.nora
    added = await _add_family(world, canary)
    thread_id = added["thread_id"]
    conversation = await nora.send("POST", f"/threads/{thread_id}/conversations", {"title": f"Title {canary}"})
    assert 201 == conversation.status_code, conversation.text
    attachment = await _upload(nora, thread_id, f"{canary}.jpg")
    pet_id = (await nora.thread(thread_id))["family"]["pets"][0]["id"]
    message = await nora.post_text(thread_id, f"Hello {canary}", attachment_ids=[attachment["id"]], pet_ids=[pet_id])
    await nora.post_text(thread_id, f"Note {canary}", kind="note")
    contact_id = (await nora.thread(thread_id))["family"]["contacts"][0]["id"]
    conversation_id, text_id = await _text(world, contact_id, canary)
    await _remind(world, contact_id, pet_id)
    ids = Ids(
        practice_id=world.practice_id,
        staff_id=world.nora.id,
        clinic_id=world.clinic_id,
        family_id=added["family_id"],
        pet_id=pet_id,
        person_id=contact_id,
        session_id=(await nora.get("/sessions")).json()["sessions"][0]["id"],
        attempt_id=await _attempt(world, f"{canary}@example.org"),
        thread_id=thread_id,
        conversation_id=conversation_id,
        message_id=text_id,
        attachment_id=attachment["id"],
        upload_key=await _begin_upload(nora, thread_id),
        contact_id=contact_id,
        report_id=await _report(world, thread_id, message["id"], canary=canary),
        block_id=await _block(world, canary),
        appointment_id=await _book(world, added["family_id"], pet_id, canary=canary),
        signature=message["attachments"][0]["url"].rpartition("/")[2],
        label_id=(await add_label(world.ada, canary[:30])).json()["id"],
        portrait_id=await _portray(nora, pet_id),
    )
    return Secrets(canary, ids)


async def _add_family(world: World, canary: str) -> Json:
    contact = {"first_name": "Ina", "last_name": canary, "email": f"{canary}@example.org", "phone": canary[:40]}
    pet = {"name": f"Pip {canary}", "species": canary[:40], "breed": canary}
    body = {"name": f"{canary} family", "clinic_id": world.clinic_id, "contacts": [contact], "pets": [pet]}
    response = await world.nora.send("POST", "/families", body, headers={"Idempotency-Key": str(uuid4())})
    assert 201 == response.status_code, response.text
    return response.json()


async def _text(world: World, contact_id: str, canary: str) -> tuple[str, str]:
    """The contact writes by text, and Nora answers: ids of the conversation and of her text."""
    texting = await set_texting(world)
    async with texting.desk.database.transaction() as uow:
        await add_number(uow, texting.practice_id, UUID(contact_id), number=SECRET_NUMBER)
    await texting.receive(f"Text {canary}", from_=SECRET_NUMBER)
    answer = await texting.reply(SECRET_NUMBER, f"Answer {canary}")
    clock.set_clock(None)
    return (await texting.conversation_of(SECRET_NUMBER))["id"], answer.json()["id"]


async def _remind(world: World, contact_id: str, pet_id: str) -> None:
    """Of the pet whose very name is a secret."""
    about = {"clinic_id": world.clinic_id, "pet_id": pet_id, "number": SECRET_NUMBER}
    body = {**about, "category": "health_reminders", "service": "a check-up"}
    headers = {"Idempotency-Key": str(uuid4())}
    answer = await world.nora.send("POST", f"/contacts/{contact_id}/reminders", body, headers=headers)
    assert 201 == answer.status_code, answer.text


async def _report(world: World, thread_id: str, message_id: str, *, canary: str) -> str:
    path, body = f"/threads/{thread_id}/messages/{message_id}/report", {"reason": "other", "words": f"Reported {canary}"}
    answer = await world.vane.send("POST", path, body)
    assert 200 == answer.status_code, answer.text
    [found] = (await world.ada.get("/reports")).json()["reports"]
    assert canary in found["words"]
    return found["id"]


async def _block(world: World, canary: str) -> str:
    body = {"contact_number": BLOCKED_NUMBER, "reason": f"Blocked {canary}"}
    answer = await world.ada.send("POST", "/practice-blocks", body)
    assert 200 == answer.status_code, answer.text
    return answer.json()["id"]


async def _book(world: World, family_id: str, pet_id: str, *, canary: str) -> str:
    pet = {"clinic_id": world.clinic_id, "family_id": family_id, "pet_id": pet_id}
    body = {**pet, "on_date": "2026-11-24", "at": "10:30", "minutes": 30, "kind": canary}
    answer = await world.nora.send("POST", "/appointments", body, headers={"Idempotency-Key": str(uuid4())})
    assert 201 == answer.status_code, answer.text
    return answer.json()["id"]


async def _begin_upload(caller: Caller, thread_id: str) -> str:
    key = str(uuid4())
    headers = {"Idempotency-Key": key, "Upload-Length": "1000"}
    response = await caller.http.post(f"/threads/{thread_id}/uploads", headers=headers)
    assert 201 == response.status_code, response.text
    return key


async def _upload(caller: Caller, thread_id: str, file_name: str) -> Json:
    options: Json = {
        "params": {"file_name": file_name},
        "headers": {"Idempotency-Key": str(uuid4())},
        "content": make_jpeg(64, 48),
    }
    response = await caller.http.post(f"/threads/{thread_id}/attachments", **options)
    assert 201 == response.status_code, response.text
    return response.json()


async def _portray(caller: Caller, pet_id: str) -> str:
    response = await caller.http.put(f"/pets/{pet_id}/portrait", content=make_jpeg(64, 48))
    assert 200 == response.status_code, response.text
    return response.json()["url"].rpartition("/")[2]


async def _attempt(world: World, email: str) -> str:
    response = await world.stranger.post("/session/owner/code", json={"email": email})
    assert 202 == response.status_code, response.text
    return response.json()["attempt_id"]


async def forget_tries(world: World) -> None:
    """Everybody here comes from one address, which would soon be locked."""
    async with world.product.database.transaction() as uow:
        await uow.execute(text("DELETE FROM sign_in_failure"))
