"""Families and rows, for the tests of the inbox."""

from typing import Any
from uuid import uuid4

import httpx

from tests.world import Caller, Json, World


async def add_family(world: World, surname: str, pet: str, *, clinic_id: str = "", by: Caller | None = None) -> Json:
    """``{family_id, thread_id}`` of a new family, of the first clinic and by Nora unless named; its contact is Ida."""
    draft = {
        "name": f"{surname} family",
        "clinic_id": clinic_id or world.clinic_id,
        "contacts": [{"first_name": "Ida", "last_name": surname, "role": "primary"}],
        "pets": [{"name": pet, "species": "dog"}],
    }
    response = await (by or world.nora).send("POST", "/families", draft, headers={"Idempotency-Key": str(uuid4())})
    assert response.status_code == 201, response.text
    return response.json()


async def inbox(person: Caller, **parameters: Any) -> Json:
    """The first page, together with the count of unread threads."""
    response: httpx.Response = await person.get("/inbox", **{"state": "all", **parameters})
    assert response.status_code == 200, response.text
    return {**response.json(), **(await person.get("/inbox/unread")).json()}


async def families_in_order(person: Caller, **parameters: Any) -> list[str]:
    return [row["family_name"] for row in (await inbox(person, **parameters))["rows"]]


async def row_of(person: Caller, thread_id: str) -> Json:
    [row] = [row for row in (await inbox(person))["rows"] if row["thread_id"] == thread_id]
    return row
