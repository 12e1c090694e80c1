"""Signing in as one of the cast with one click. Mounted in demo mode only."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import text

from pawline.platform.errors import NotFound
from pawline.sign_in.browsers import from_browser, signed_in
from pawline.sign_in.contacts import start_contact_session
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.sessions import start_session
from pawline.sign_in.views import DemoContact, DemoPeople, DemoStaff, SessionView

# tenancy: shows the made-up people of the demo practices; whoever it is for has not signed in yet.
_STAFF = text("""
SELECT m.id, p.name, m.role, m.job_title FROM staff_member m
JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
JOIN practice y ON y.id = m.practice_id AND y.is_demo
WHERE m.left_at IS NULL ORDER BY p.name <> 'Nora Ames', y.created_at, y.name, m.created_at, m.id
""")
_CONTACTS = text("""
SELECT c.id, p.name, f.name AS family_name,
    ARRAY(
        SELECT a.name FROM pet a
        WHERE a.practice_id = c.practice_id AND a.family_id = c.family_id ORDER BY a.created_at, a.name) AS pets
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN family f ON f.practice_id = c.practice_id AND f.id = c.family_id
JOIN practice y ON y.id = c.practice_id AND y.is_demo
WHERE c.role IN ('primary', 'secondary')
ORDER BY f.name <> 'Hart family', y.created_at, f.name, c.role LIMIT 12
""")
_PERSON = text("""
SELECT p.practice_id, p.id, p.kind FROM person p JOIN practice y ON y.id = p.practice_id AND y.is_demo WHERE p.id = :person_id
""")


class DemoSignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person_id: UUID


@get("/session/demo-people", summary="The cast of the demo")
async def people(sign_in: NamedDependency[SignInDesk]) -> DemoPeople:
    async with sign_in.database.transaction() as uow:
        staff = [msgspec.convert(row, DemoStaff, from_attributes=True) for row in await uow.execute(_STAFF)]
        contacts = [msgspec.convert(row, DemoContact, from_attributes=True) for row in await uow.execute(_CONTACTS)]
    return DemoPeople(staff, contacts)


@post("/session/demo", summary="Sign in as one of the cast")
async def sign_in_as(
    data: JSONBody[DemoSignIn], request: Request[Any, Any, Any], sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    browser = from_browser(request, sign_in.settings)
    async with sign_in.database.transaction() as uow:
        person = (await uow.execute(_PERSON, {"person_id": data.person_id})).one_or_none()
        if person is None:
            raise NotFound
        if person.kind == "contact":
            secret = await start_contact_session(uow, person.practice_id, person.id, browser=browser)
        else:
            secret = await start_session(uow, person.practice_id, person.id, kind=person.kind, browser=browser)
    return await signed_in(sign_in, "staff" if person.kind == "staff" else "owner", secret, request=request)


demo_sign_in_router = Router(path="/api/v1", route_handlers=[people, sign_in_as], tags=["demo"])
