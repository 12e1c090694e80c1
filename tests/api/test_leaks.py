"""Leak sweep (P-12): nobody outside a family's circle learns anything of it, not even that it exists."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets

from pawline.platform.security import cookie_name
from tests.api.northside import OUTSIDERS, Secrets, add_secrets, forget_tries
from tests.api.operations import Ids, Operation, bodies, operations_of, path_of, queries, random_ids
from tests.world import Caller, World

SIGN_OUT = ("DELETE", "/session")
UPLOADING = {"Upload-Length": "1000", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
# Each answer makes something new of the caller's own; its ids differ from call to call.
ANSWERS_DIFFER = {
    ("POST", "/session/owner/code"),
    ("POST", "/session/owner/text"),
    ("POST", "/session/owner/passkey/challenge"),
    ("POST", "/session/staff/passkey/challenge"),
    ("POST", "/session/owner/proof/code"),
    ("POST", "/passkeys/challenge"),
    ("POST", "/family/invitations"),
    ("POST", "/family/pets"),
    ("POST", "/labels"),
}
# Toby works at that very clinic: that it has a schedule is nothing new to him, though he sees none of it here.
KNOWS_THE_CLINIC = ("Toby Reyes", ("GET", "/schedule"))


@pytest.fixture
async def secrets(world: World) -> Secrets:
    await forget_tries(world)
    return await add_secrets(world)


async def ask(caller: Caller, operation: Operation, ids: Ids, *, query: dict[str, Any]) -> httpx.Response:
    method, body = operation[0], bodies(ids)[operation]
    options: dict[str, Any] = {"params": query, "headers": {"Idempotency-Key": str(uuid4())}}
    if operation == ("POST", "/threads/{thread_id}/attachments"):
        options["content"] = b"%PDF-1.7 no more than this"
    elif "/uploads" in operation[1]:
        options["headers"] |= UPLOADING
    elif body is not None:
        options["json"] = body
    return await caller.http.request(method, path_of(operation, ids), **options)


def seen_in(response: httpx.Response) -> str:
    return f"{response.status_code} {response.headers} {response.text}"


async def test_the_sweep_knows_every_operation(world: World, secrets: Secrets) -> None:
    assert await operations_of(world.product) == set(bodies(secrets.ids))


@pytest.mark.slow
async def test_insiders_see_what_the_sweep_looks_for(world: World, secrets: Secrets) -> None:
    """A sweep that finds nothing proves something only if there is something to be found."""
    seen: set[Operation] = set()
    for operation in bodies(secrets.ids):
        for query in queries(secrets.ids, secrets.canary).get(operation, [{}]):
            if operation[0] == "GET" and secrets.canary in seen_in(await ask(world.nora, operation, secrets.ids, query=query)):
                seen.add(operation)

    thread = "/threads/{thread_id}"
    file = "/files/{attachment_id}/{variant}/{signature}"
    threads = {thread, f"{thread}/messages", f"{thread}/changes", f"{thread}/texting", "/inbox", file}
    people = {"/families", "/search/families", "/contacts", "/contacts/{contact_id}", "/pets/{pet_id}/pictures"}
    candidates = {"/chat-candidates", "/text-candidates"}
    reminders = {f"/contacts/{{contact_id}}/reminders{part}" for part in ("", "/choices", "/preview")}
    searches = {"/schedule", "/search/messages", "/inbox/species"}
    transcript = f"{thread}/conversations/{{conversation_id}}/transcript"
    threads |= {transcript, f"{transcript}.pdf"}
    people |= {"/contacts/{contact_id}/mail"}
    assert {("GET", path) for path in threads | people | reminders | candidates | searches} == seen


@pytest.mark.slow
async def test_outsiders_learn_nothing(world: World, secrets: Secrets) -> None:
    """Through every operation: no canary, and an answer for real ids that equals the one for ids of nothing."""
    snapshot = await world.nora.thread(secrets.ids.thread_id)
    for name in OUTSIDERS:
        await forget_tries(world)
        # Signing out comes last: after it nobody is an outsider with a session any more.
        for operation in sorted(bodies(secrets.ids), key=lambda operation: (operation == SIGN_OUT, operation)):
            for query in queries(secrets.ids, secrets.canary).get(operation, [{}]):
                await _compare(world.callers[name], operation, secrets, query=query)

    assert snapshot == await world.nora.thread(secrets.ids.thread_id)


async def _compare(outsider: Caller, operation: Operation, secrets: Secrets, *, query: dict[str, Any]) -> None:
    nothing = random_ids(secrets.ids.signature)
    real = await ask(outsider, operation, secrets.ids, query=query)
    about_nothing = {**query, **({"clinic_id": nothing.clinic_id} if "clinic_id" in query else {})}
    other = await ask(outsider, operation, nothing, query=about_nothing)

    assert secrets.canary not in seen_in(real), (outsider.name, operation)
    assert real.status_code < 500, (outsider.name, operation)
    if (outsider.name, operation) != KNOWS_THE_CLINIC and operation not in (*ANSWERS_DIFFER, SIGN_OUT):
        assert (other.status_code, other.text) == (real.status_code, real.text), (outsider.name, operation)


async def test_a_reference_in_a_body_is_looked_up_as_the_caller(world: World, secrets: Secrets) -> None:
    """Posting in one's own thread with pets and files of others: the answer is that of ids of nothing."""
    for name, thread_id in (
        ("kim", world.other_thread_id),
        ("rolf", world.riverside_thread_id),
        ("rita", world.riverside_thread_id),
    ):
        caller = world.callers[name]
        for field, real in (("pet_ids", secrets.ids.pet_id), ("attachment_ids", secrets.ids.attachment_id)):
            answers = [await _post_with(caller, thread_id, {field: [value]}) for value in (real, str(uuid4()))]

            assert answers[0].is_client_error
            assert answers[0].text == answers[1].text


async def _post_with(caller: Caller, thread_id: str, references: dict[str, list[str]]) -> httpx.Response:
    body = {"client_id": str(uuid4()), "body": "Look", **references}
    return await caller.send("POST", f"/threads/{thread_id}/messages", body)


async def test_a_file_opens_for_insiders_only(world: World, secrets: Secrets) -> None:
    path = path_of(("GET", "/files/{attachment_id}/{variant}/{signature}"), secrets.ids)
    inside = await world.nora.get(path)
    outside = {name: (await world.callers[name].get(path)).status_code for name in (*OUTSIDERS, "olive")}

    assert 200 == inside.status_code
    assert dict.fromkeys((*OUTSIDERS, "olive"), 404) == outside


async def _open(caller: Caller) -> websockets.ClientConnection:
    url = f"{caller.product.api.replace('http', 'ws', 1)}/live?app={caller.app}"
    headers = {"Cookie": f"{cookie_name(caller.product.settings, caller.app)}={caller.secret}"}
    return await websockets.connect(url, additional_headers=headers, compression=None)


async def _heard(connection: websockets.ClientConnection, heard: list[str]) -> None:
    async for frame in connection:
        heard.append(str(frame))  # noqa: PERF401 - what came must be there while more is awaited


async def _live_acts(world: World, secrets: Secrets) -> None:
    """Everything of a thread that is told live, ending with a text."""
    nora, thread = world.nora, f"/threads/{secrets.ids.thread_id}"
    await nora.post_text(secrets.ids.thread_id, f"Note {secrets.canary}", kind="note")
    await nora.send("PUT", f"{thread}/messages/{secrets.ids.message_id}/pets", {"pet_ids": []})
    await nora.read_up_to(secrets.ids.thread_id, 1)
    conversation = f"{thread}/conversations/{secrets.ids.conversation_id}"
    await nora.send("PATCH", conversation, {"title": f"Other {secrets.canary}"})
    await nora.send("POST", f"{conversation}/end")
    await nora.send("DELETE", f"{thread}/messages/{secrets.ids.message_id}")
    await nora.post_text(secrets.ids.thread_id, f"Last {secrets.canary}")


async def test_sockets_of_outsiders_stay_silent(world: World, secrets: Secrets) -> None:
    heard: dict[str, list[str]] = {name: [] for name in ("vane", "olive", "kim", "hal", "toby", "rita", "rolf")}
    sockets = {name: await _open(world.callers[name]) for name in heard}
    readers = [asyncio.create_task(_heard(sockets[name], heard[name])) for name in heard]
    await _live_acts(world, secrets)
    async with asyncio.timeout(30):
        while not any(f"Last {secrets.canary}" in frame for frame in heard["vane"]):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    for connection in sockets.values():
        await connection.close()
    await asyncio.gather(*readers)

    assert any(f"Note {secrets.canary}" in frame for frame in heard.pop("vane"))
    for name, frames in heard.items():
        # The light of the own clinic says nothing about anybody's thread, nor does the heartbeat.
        kinds = [json.loads(frame)["type"] for frame in frames]
        assert ["hello"] == [kind for kind in kinds if kind not in {"availability", "beat"}], name


@pytest.mark.parametrize("name", ["otto", "stranger"])
async def test_a_socket_does_not_open_for_people_without_an_app(world: World, name: str) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await _open(world.callers[name])

    assert 404 == refused.value.response.status_code


async def test_the_family_hears_texts_but_never_notes(world: World) -> None:
    async with world.olive.live() as live:
        await world.nora.post_text(world.thread_id, "Only for us", kind="note")
        await world.nora.post_text(world.thread_id, "For you")
        frame = await live.next("changes")
        while not any(message["body"] == "For you" for message in frame["messages"]):
            assert "Only for us" not in json.dumps(frame)
            frame = await live.next("changes")

    assert "Only for us" not in json.dumps(frame)
    assert "Only for us" not in json.dumps(await world.olive.thread(world.thread_id))
