"""A family with something everywhere, and erasing it as the worker does."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from pawline.moderation.family_erasing import FamilyErasing
from pawline.moderation.tests.sealing_scene import change, copies_of
from pawline.platform.db import Database
from pawline.threads.tests.scene import delete, post_note, upload_photo
from tests.texting_scene import OLIVE, Texting
from tests.world import Caller, Json, World

CANARY = "qzxfamily4417"
OTHER_CANARY = "qzxothers5528"

# What people type where no test of its own goes: each sows the word into the rows of the Harts.
_THEIR = "FROM contact WHERE practice_id = :practice_id AND id = ANY(:contact_ids)"
_SOWN = (
    "UPDATE person SET name = :word || ' Hart' WHERE practice_id = :practice_id AND id = ANY(:contact_ids)",
    """UPDATE contact SET email = id::text || :word || '@example.com', phone = :word
    WHERE practice_id = :practice_id AND id = ANY(:contact_ids)""",
    "UPDATE pet SET name = :word, breed = :word WHERE practice_id = :practice_id AND family_id = :family_id",
    f"""INSERT INTO family_invitation
        (practice_id, id, family_id, name, email, link_hash, invited_by_id, created_at, expires_at)
    SELECT practice_id, gen_random_uuid(), family_id, :word, :word || '@example.com', id::text::bytea, id,
        now(), now() {_THEIR}""",
    f"""INSERT INTO vet_invitation
        (practice_id, id, pet_id, invited_by_id, email, link_hash, state, mail_count, created_at, expires_at)
    SELECT practice_id, gen_random_uuid(), (SELECT p.id FROM pet p WHERE p.family_id = contact.family_id LIMIT 1), id,
        :word || '@example.com', id::text::bytea, 'invited', 0, now(), now() {_THEIR} LIMIT 1""",  # noqa: S608
    f"""INSERT INTO mail_refusal (practice_id, contact_id, email, refused_at, words)
    SELECT practice_id, id, :word, now(), :word {_THEIR}""",
    f"""INSERT INTO passkey (practice_id, id, contact_id, credential_id, public_key, sign_count, device, created_at)
    SELECT practice_id, gen_random_uuid(), id, id::text::bytea, convert_to(:word, 'UTF8'), 0, :word, now() {_THEIR}""",
    "UPDATE login_session SET device = :word, address = :word WHERE practice_id = :practice_id AND person_id = ANY(:contact_ids)",
    """INSERT INTO push_subscription
        (practice_id, id, session_id, endpoint, endpoint_hash, browser_key, browser_secret, created_at)
    SELECT practice_id, gen_random_uuid(), id, :word, id::text::bytea, convert_to(:word, 'UTF8'), '', now()
    FROM login_session WHERE practice_id = :practice_id AND person_id = ANY(:contact_ids)""",
    "UPDATE conversation SET title = :word WHERE practice_id = :practice_id AND thread_id = :thread_id",
    """INSERT INTO carrier_exchange (practice_id, id, delivery_id, carrier, method, url, request, status, answer, seconds, at)
    SELECT d.practice_id, gen_random_uuid(), d.id, 'fake', 'POST', :word, :word, 200, :word, 0.1, now() FROM delivery d
    JOIN message m ON m.practice_id = d.practice_id AND m.id = d.message_id
    WHERE d.practice_id = :practice_id AND m.thread_id = :thread_id""",
    """INSERT INTO answered_request (practice_id, person_id, key, request_hash, answer, answered_at)
    SELECT :practice_id, :staff_id, gen_random_uuid(), '',
        jsonb_build_object('thread_id', CAST(:thread_id AS uuid), 'title', CAST(:word AS text)), now()""",
)


async def sow(texting: Texting, word: str, *, owner: Caller, thread_id: str, family_id: str) -> Json:
    """The word in everything that a family of the practice may leave behind. Returns a photo of theirs."""
    world = texting.world
    photo = await upload_photo(owner, thread_id)
    await owner.post_text(thread_id, f"The code is {word}", attachment_ids=[photo["id"]])
    gone = await owner.post_text(thread_id, f"Not this {word}")
    said = await world.nora.post_text(thread_id, f"Dear {word}")
    await delete(owner, thread_id, gone)
    await post_note(world.nora, thread_id, f"{word} is worried")
    await world.nora.send("PUT", f"/threads/{thread_id}/drafts", {"place": "text", "body": f"{word}, we"})
    await owner.send("POST", f"/threads/{thread_id}/messages/{said['id']}/report", {"reason": "other", "words": word})
    loose = await upload_photo(owner, thread_id)
    named = "UPDATE attachment SET file_name = :word WHERE practice_id = :practice_id AND thread_id = CAST(:id AS uuid)"
    await change(world, named, word=word, id=thread_id)
    async with world.product.database.transaction() as uow:
        ids = {"practice_id": UUID(world.practice_id), "family_id": UUID(family_id), "thread_id": UUID(thread_id)}
        found = await uow.execute(text("SELECT id FROM contact WHERE family_id = :family_id"), ids)
        values = {**ids, "word": word, "contact_ids": list(found.scalars()), "staff_id": UUID(world.nora.id)}
        for statement in _SOWN:
            names = {name: value for name, value in values.items() if f":{name}" in statement}
            await uow.execute(text(statement), names)
    return {"photo": photo, "loose": loose}


async def texted(texting: Texting, word: str) -> None:
    """From and to Olive's phone, one text of each kind being kept."""
    await texting.receive(f"From Olive {word}", from_=OLIVE)
    await texting.reply(OLIVE, f"From Nora {word}")
    await change(texting.world, "UPDATE delivery SET state = 'delivered' WHERE practice_id = :practice_id")
    await texting.reply(OLIVE, f"Later {word}")


async def erase_family(
    caller: Caller, family_id: str, *, name: str = "Hart family", reason: str = "By letter of 3 May"
) -> httpx.Response:
    return await caller.send("POST", f"/families/{family_id}/erasure", {"family_name": name, "reason": reason})


async def run_job(world: World, family_id: str, *, database: Database | None = None) -> None:
    """``database``: one that tells the screens, where there are any."""
    await erasing_of(world, database).erase_family_now(practice_id=world.practice_id, family_id=family_id)


def erasing_of(world: World, database: Database | None = None) -> FamilyErasing:
    copies = copies_of(world)
    return FamilyErasing(replace(copies, database=database or copies.database))


async def state(caller: Caller, family_id: str) -> Any:
    answer = await caller.get(f"/families/{family_id}/erasure")
    assert 200 == answer.status_code, answer.text
    return answer.json()["erasure"]
