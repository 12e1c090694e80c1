"""What waits for the same person at their other practices."""

from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.errors import NotFound
from pawline.sign_in.linking import others_of
from pawline.threads.desk import Desk
from pawline.threads.own_pets import OwnPets, own_pets


class OtherPractice(msgspec.Struct, frozen=True):
    """``contact_id`` is whom to switch to. ``home``: as the pets are shown there, without the words of any message."""

    contact_id: UUID
    practice_id: UUID
    practice_name: str
    home: OwnPets


class OtherPractices(msgspec.Struct, frozen=True):
    practices: list[OtherPractice]


async def other_practices(desk: Desk, actor: Actor) -> OtherPractices:
    async with desk.database.transaction() as uow:
        others = await others_of(uow, actor)
    return OtherPractices([await _practice(desk, other.actor, other.practice_name) for other in others])


async def _practice(desk: Desk, there: Actor, name: str) -> OtherPractice:
    if there.family_id is None:
        raise NotFound
    home = await own_pets(desk, there, there.family_id)
    threads = [msgspec.structs.replace(thread, last_message=None) for thread in home.threads]
    return OtherPractice(there.person_id, there.practice_id, name, msgspec.structs.replace(home, threads=threads))
