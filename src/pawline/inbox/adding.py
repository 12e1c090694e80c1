"""Adding a family, ready to be written to."""

from uuid import UUID

import msgspec

from pawline.families.service import FamilyDraft, add_family
from pawline.platform.actor import Actor
from pawline.platform.errors import Invalid
from pawline.platform.idempotency import KeyedRequest, once
from pawline.threads.access import visible_clinic_ids
from pawline.threads.desk import Desk
from pawline.threads.opening import ensure_thread


class AddedFamily(msgspec.Struct, frozen=True):
    family_id: UUID
    thread_id: UUID


async def add_family_once(desk: Desk, actor: Actor, draft: FamilyDraft, *, clinic_id: UUID, key: UUID) -> AddedFamily:
    """Add a family that a clinic of the actor treats, and its thread; a repeat under the same key adds nothing."""
    if clinic_id not in visible_clinic_ids(actor):
        raise Invalid.field("clinic_id", "is not one of your clinics; choose one of them")
    async with desk.database.transaction() as uow:

        async def add() -> AddedFamily:
            family_id = await add_family(uow, actor.practice_id, draft, clinic_id=clinic_id)
            thread_id = await ensure_thread(uow, actor.practice_id, family_id=family_id, clinic_id=clinic_id)
            return AddedFamily(family_id, thread_id)

        return await once(uow, KeyedRequest(actor, key, [clinic_id, draft]), add, form=AddedFamily)
