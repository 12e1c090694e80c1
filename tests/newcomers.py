"""Olga Hart, who joined the family today and has agreed to nothing yet."""

from uuid import UUID, uuid4

from sqlalchemy import insert

from pawline.families.models import Contact, ContactRole
from pawline.platform import clock
from pawline.platform.person import Person
from pawline.sign_in.sessions import Browser, start_session
from tests.world import Caller, World


async def add_newcomer(world: World) -> Caller:
    practice_id, person_id = UUID(world.practice_id), uuid4()
    key = {"practice_id": practice_id, "id": person_id}
    async with world.product.database.transaction() as uow:
        await uow.execute(insert(Person).values(**key, kind="contact", name="Olga Hart"))
        contact = {"family_id": UUID(world.family_id), "role": ContactRole.SECONDARY, "created_at": clock.now()}
        await uow.execute(insert(Contact).values(**key, **contact))
        secret = await start_session(uow, practice_id, person_id, kind="contact", browser=Browser("test", "127.0.0.1"))
    world.callers["olga"] = Caller(str(person_id), "Olga Hart", "owner", secret, world.product)
    return world.callers["olga"]
