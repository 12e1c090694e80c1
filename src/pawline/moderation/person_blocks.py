"""Not wanting to hear from a person any more. Everybody else goes on getting their messages."""

from uuid import UUID

import msgspec
from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert

from pawline.moderation.models import PersonBlock
from pawline.moderation.queries import author_to, messages_since
from pawline.moderation.views import Blocks, BlockView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Forbidden, NotFound
from pawline.threads.entries import touch_messages

_OWN = text("""
SELECT b.blocked_id AS person_id, p.name, p.kind, b.since
FROM person_block b JOIN person p ON p.practice_id = b.practice_id AND p.id = b.blocked_id
WHERE b.practice_id = :practice_id AND b.blocker_id = :person_id
ORDER BY p.name, p.id
""")


async def block_person(uow: UnitOfWork, blocker: Actor, person_id: UUID) -> BlockView:
    """From now on the blocker gets nothing that this person writes. Blocking again changes nothing.

    Raises:
        NotFound: nobody who has written to the blocker.
    """
    if person_id == blocker.person_id:
        raise Forbidden("You cannot block yourself.")
    if await author_to(uow, blocker, person_id) is None:
        raise NotFound
    key = {"practice_id": blocker.practice_id, "blocker_id": blocker.person_id, "blocked_id": person_id}
    await uow.execute(insert(PersonBlock).values(**key, since=clock.now()).on_conflict_do_nothing())
    uow.emit(Hint.access(blocker.practice_id, blocker.person_id))
    return next(block for block in (await own_blocks(uow, blocker)).blocks if block.person_id == person_id)


async def unblock_person(uow: UnitOfWork, blocker: Actor, person_id: UUID) -> None:
    """Hear from them again; what they wrote meanwhile appears, for nothing is lost. Raises NotFound for who was not blocked."""
    statement = (
        delete(PersonBlock)
        .where(
            PersonBlock.practice_id == blocker.practice_id,
            PersonBlock.blocker_id == blocker.person_id,
            PersonBlock.blocked_id == person_id,
        )
        .returning(PersonBlock.since)
    )
    since = (await uow.execute(statement)).scalar_one_or_none()
    if since is None:
        raise NotFound
    # To the blocker's screens these messages are new: only as changes do they get past what a screen has seen already.
    await touch_messages(uow, blocker.practice_id, await messages_since(uow, blocker, person_id, since=since))
    uow.emit(Hint.access(blocker.practice_id, blocker.person_id))


async def own_blocks(uow: UnitOfWork, blocker: Actor) -> Blocks:
    values = {"practice_id": blocker.practice_id, "person_id": blocker.person_id}
    rows = await uow.execute(_OWN, values)
    return Blocks([msgspec.convert(row, BlockView, from_attributes=True) for row in rows])
