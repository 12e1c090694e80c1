"""Everything that basic staff may ask at all, asked with and without the family in their reach: the matrix of table 2.6."""

import tempfile
from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from litestar.routes import HTTPRoute

from pawline.app import build_app
from pawline.platform.actor import Actor, Role
from pawline.platform.permissions import Permission
from pawline.platform.settings import Settings
from pawline.reach.service import end_grants, grant_until_day_ends
from pawline.schedule.tests.scene import in_days
from tests.api.northside import Secrets, add_secrets, forget_tries
from tests.api.operations import API, Ids, Operation, bodies, queries, random_ids
from tests.api.test_leaks import ask, seen_in
from tests.world import Json, World

_T = "/threads/{thread_id}"
_C = f"{_T}/conversations/{{conversation_id}}"
# What each answers where the family is on today's schedule. A new request that basic staff may send has to be added.
IN_REACH: dict[Operation, int] = {
    ("POST", "/threads"): 409,  # a conversation is open
    ("POST", f"{_T}/conversations"): 409,
    ("POST", "/texting/conversations"): 200,
    ("GET", _T): 200,
    ("GET", f"{_T}/messages"): 200,
    ("GET", f"{_T}/changes"): 200,
    ("GET", "/search/messages"): 200,
    ("GET", "/search/families"): 200,
    ("GET", "/pets/{pet_id}/pictures"): 200,
    ("GET", "/files/{attachment_id}/{variant}/{signature}"): 200,
    ("GET", "/portraits/{portrait_id}"): 200,
    ("POST", f"{_T}/messages"): 422,  # that file was sent already
    ("PUT", f"{_T}/messages/{{message_id}}/pets"): 200,
    ("DELETE", f"{_T}/messages/{{message_id}}"): 403,  # a colleague wrote it
    ("POST", f"{_T}/messages/{{message_id}}/links/revoke"): 200,
    ("POST", f"{_T}/messages/{{message_id}}/report"): 200,
    ("POST", f"{_T}/messages/{{message_id}}/payment/cancel"): 404,  # it asks for nothing
    ("PUT", f"{_T}/read-mark"): 200,
    ("POST", f"{_T}/attachments"): 422,  # no file that anybody can open
    ("POST", f"{_T}/uploads"): 201,
    ("GET", f"{_T}/texting"): 200,
    ("GET", f"{_T}/messages/{{message_id}}/delivery"): 200,
    ("POST", f"{_T}/messages/{{message_id}}/try-again"): 409,  # it is on its way
    ("POST", "/people/{person_id}/block"): 200,
    ("DELETE", "/people/{person_id}/block"): 204,
    ("POST", "/text-conversations/{conversation_id}/opt-out"): 204,
    ("GET", f"{_T}/hand-off-choices"): 200,
    ("GET", f"{_T}/team"): 200,
    ("GET", f"{_T}/beside"): 200,
    ("POST", f"{_T}/mark-unread"): 200,
    ("GET", f"{_T}/drafts"): 200,
    ("PUT", f"{_T}/drafts"): 200,
    ("PUT", f"{_C}/urgency"): 200,
    ("PUT", f"{_C}/labels/{{label_id}}"): 200,
    ("DELETE", f"{_C}/labels/{{label_id}}"): 200,
    ("POST", f"{_C}/take"): 200,
    ("POST", f"{_C}/hand-off"): 200,
    ("POST", f"{_C}/give-back"): 403,  # it is a colleague's now
}
# Their own sessions, uploads, blocks and appointments, and the practice's labels: no family's.
OWN: set[Operation] = {
    ("GET", "/sessions"),
    ("DELETE", "/sessions/{session_id}"),
    ("DELETE", "/session"),
    ("PUT", "/sessions/{session_id}/shared"),
    ("POST", "/session/touch"),
    ("POST", "/session/lock"),
    ("POST", "/session/unlock"),
    ("POST", "/session/unlock/password"),
    ("PUT", "/session/pin"),
    ("POST", "/session/unlock/passkey"),
    ("GET", "/own-passkeys"),
    ("POST", "/own-passkeys/challenge"),
    ("POST", "/own-passkeys"),
    ("POST", "/own-passkeys/{passkey_id}/remove"),
    ("GET", "/own-authenticator"),
    ("POST", "/own-authenticator"),
    ("POST", "/own-authenticator/confirm"),
    ("POST", "/own-authenticator/recovery-codes"),
    ("POST", "/own-authenticator/off"),
    ("GET", "/schedule"),
    ("GET", "/blocks"),
    ("GET", "/labels"),
    ("GET", "/threads/drafts"),
    ("GET", "/duty"),
    ("PUT", "/duty"),
    ("GET", "/own-profile"),
    ("PATCH", "/own-profile"),
    ("PUT", "/own-profile/address"),
    ("DELETE", "/own-profile/address"),
    ("GET", "/team-browser"),
    ("PUT", "/team-browser"),
    ("PATCH", "/team-browser"),
    ("DELETE", "/team-browser"),
    ("HEAD", "/uploads/{upload_key}"),
    ("PATCH", "/uploads/{upload_key}"),
    ("DELETE", "/uploads/{upload_key}"),
    ("POST", "/uploads/{upload_key}/attachment"),
}
STARTING = {("POST", "/threads"), ("POST", f"{_T}/conversations"), ("POST", "/texting/conversations")}


@pytest.fixture
async def secrets(world: World) -> Secrets:
    await forget_tries(world)
    return await add_secrets(world)


def permissions_by_operation() -> dict[Operation, list[Permission]]:
    """What the application's own routes ask for, but for those that are open to everybody. Files ask by themselves."""
    with tempfile.TemporaryDirectory() as place:
        values = {"PAWLINE_DATA": place, "PAWLINE_SECRET": "x" * 32, "PAWLINE_SMTP_URL": "smtp://127.0.0.1"}
        app = build_app(Settings.from_env(values), database_url="postgresql://127.0.0.1/none")
    found: dict[Operation, list[Permission]] = {}
    for route in app.routes:
        for method, (handler, _) in route.route_handler_map.items() if isinstance(route, HTTPRoute) else ():
            guards = cast("list[Any]", handler.resolve_guards())  # pyright: ignore[reportUnknownMemberType]
            if asked := [guard.permission for guard in guards if hasattr(guard, "permission")]:
                found[method, route.path_format.removeprefix(API)] = asked
    return found


def asked_of(role: Role) -> set[Operation]:
    nobody = UUID(int=0)
    somebody = Actor(nobody, nobody, nobody, "staff", "", role=role)
    return {operation for operation, asked in permissions_by_operation().items() if all(each.allows(somebody) for each in asked)}


def test_each_request_of_basic_staff_is_in_the_matrix() -> None:
    """PPB-26, I10: a request that nobody has thought about is missing here."""
    files = {("GET", "/files/{attachment_id}/{variant}/{signature}"), ("GET", "/portraits/{portrait_id}")}
    assert asked_of(Role.BASIC) | files == set(IN_REACH) | OWN


async def book(world: World, ids: Ids, **values: Any) -> str:
    family = {"clinic_id": ids.clinic_id, "family_id": ids.family_id, "pet_id": ids.pet_id}
    what = {"on_date": in_days(0), "at": "12:00", "minutes": 30, "kind": "Bath", "staff_id": world.toby.id}
    body = {**family, **what, **values}
    answer = await world.nora.send("POST", "/appointments", body, headers={"Idempotency-Key": str(uuid4())})
    assert 201 == answer.status_code, answer.text
    return answer.json()["id"]


async def hand_over(world: World, ids: Ids) -> None:
    nora = Actor(UUID(world.practice_id), UUID(world.nora.id), UUID(world.nora.id), "staff", "Nora Ames", role=Role.SENIOR)
    async with world.product.database.transaction() as uow:
        assert await grant_until_day_ends(uow, nora, UUID(ids.thread_id), staff_id=UUID(world.toby.id)) is not None


async def _nothing(world: World, ids: Ids) -> None: ...


async def _yesterday(world: World, ids: Ids) -> None:
    await book(world, ids, on_date=in_days(-1))


async def _tomorrow(world: World, ids: Ids) -> None:
    await book(world, ids, on_date=in_days(1))


async def _cancelled(world: World, ids: Ids) -> None:
    await world.nora.send("POST", f"/appointments/{await book(world, ids)}/cancel")


async def _reassigned(world: World, ids: Ids) -> None:
    change = {"revision": 1, "staff_id": world.vane.id}
    assert 200 == (await world.nora.send("PATCH", f"/appointments/{await book(world, ids)}", change)).status_code


async def _another_family(world: World, ids: Ids) -> None:
    """Of the same clinic and day; nothing of the secret family comes with it."""
    await book(world, ids, family_id=world.family_id, pet_id=world.pixel_id)


async def _taken_back(world: World, ids: Ids) -> None:
    await hand_over(world, ids)
    async with world.product.database.transaction() as uow:
        await end_grants(uow, UUID(world.practice_id), UUID(ids.thread_id))


OUT_OF_REACH: list[Callable[[World, Ids], Awaitable[None]]] = [
    _nothing,
    _yesterday,
    _tomorrow,
    _cancelled,
    _reassigned,
    _another_family,
    _taken_back,
]


@pytest.mark.slow
async def test_out_of_reach_nothing_is_there(world: World, secrets: Secrets) -> None:
    """PPB-25, PPB-26, PPB-33, PPB-34, C16, I10: each answer equals that about ids of nothing."""
    before = await world.nora.thread(secrets.ids.thread_id)
    for circumstance in OUT_OF_REACH:
        await circumstance(world, secrets.ids)
        for operation in IN_REACH:
            for query in queries(secrets.ids, secrets.canary).get(operation, [{}]):
                nothing = random_ids(secrets.ids.signature)
                real = await ask(world.toby, operation, secrets.ids, query=query)
                other = await ask(world.toby, operation, nothing, query=query)

                assert (other.status_code, other.text) == (real.status_code, real.text), (circumstance, operation)
                assert secrets.canary not in seen_in(real), (circumstance, operation)
    # A block of a person whom one has not heard is refused, and so on: nothing has changed.
    assert before == await world.nora.thread(secrets.ids.thread_id)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["schedule", "hand_off"])
async def test_within_reach_it_is_open(world: World, secrets: Secrets, way: str) -> None:
    """PPB-25, PPB-26, C16 and the columns of table 2.6: what was handed over starts no conversation."""
    await (hand_over(world, secrets.ids) if way == "hand_off" else book(world, secrets.ids))
    given: dict[Operation, int] = {}
    for operation in IN_REACH:
        query = queries(secrets.ids, secrets.canary).get(operation, [{}])[0]
        given[operation] = (await ask(world.toby, operation, secrets.ids, query=query)).status_code
    expected = dict(IN_REACH)
    if way == "hand_off":
        expected |= dict.fromkeys(STARTING, 403) | {("POST", "/texting/conversations"): 404}
        expected |= {("POST", f"{_C}/give-back"): 404}  # and with it went what had been handed over

    assert expected == given


@pytest.mark.slow
async def test_what_stays_closed_to_basic_staff(world: World, secrets: Secrets) -> None:
    """PPB-22, PPB-27, PPB-35 and table 2.6: the family on the schedule opens nothing that is not of the day's work."""
    await book(world, secrets.ids)
    closed = set(bodies(secrets.ids)) & (set(permissions_by_operation()) - asked_of(Role.BASIC))
    answers = {operation: await ask(world.toby, operation, secrets.ids, query={}) for operation in closed}
    leaks = [operation for operation, answer in answers.items() if secrets.canary in seen_in(answer)]

    assert len(closed) > 40
    assert [] == leaks
    assert {} == {
        operation: answer.status_code for operation, answer in answers.items() if answer.status_code not in (400, 403, 404)
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nora", "ada"])
async def test_what_is_for_higher_roles_is_refused_and_changes_nothing(world: World, secrets: Secrets, name: str) -> None:
    """PPB-35 and table 2.6: reports and settings are for administrators, numbers and roles for practice owners."""
    role = {"nora": Role.SENIOR, "ada": Role.ADMINISTRATOR}[name]
    closed = set(bodies(secrets.ids)) & (set(permissions_by_operation()) - asked_of(role))
    before = await world.helen.thread(secrets.ids.thread_id)
    answers = {operation: await ask(world.callers[name], operation, secrets.ids, query={}) for operation in closed}
    of_families = asked_of_families()

    assert closed > of_families
    assert {403} == {answer.status_code for operation, answer in answers.items() if operation not in of_families}
    assert {} == {operation: answer.status_code for operation, answer in answers.items() if answer.status_code not in (403, 404)}
    assert before == await world.helen.thread(secrets.ids.thread_id)


def asked_of_families() -> set[Operation]:
    """And of no staff, whatever their role."""
    return set(permissions_by_operation()) - asked_of(Role.PRACTICE_OWNER)


async def test_the_roles_above_see_all_of_their_clinics(world: World, secrets: Secrets) -> None:
    """PPB-22, PPB-23, PPB-24, PPB-35: with nobody on their schedule; other clinics and practices see nothing of it."""
    inside = ("nora", "vane", "ada", "helen")
    outside = ("hal", "toby", "kim", "rita", "rolf")
    thread = f"/threads/{secrets.ids.thread_id}"
    seen: dict[str, Json] = {name: await world.callers[name].get(thread) for name in (*inside, *outside)}
    for name in inside:
        await world.callers[name].post_text(secrets.ids.thread_id, "See you soon")
    listed = {name: secrets.canary in (await world.callers[name].get("/inbox", state="all")).text for name in inside}

    assert dict.fromkeys(inside, 200) | dict.fromkeys(outside, 404) == {name: each.status_code for name, each in seen.items()}
    assert {"role"} == {seen[name].json()["seen_through"] for name in inside}
    assert dict.fromkeys(inside, True) == listed
