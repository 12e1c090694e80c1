"""The practice's labels: its own words to sort conversations by, and how they are kept."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pawline.inbox.models import ConversationLabel, Label
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.ids import new_id
from pawline.platform.text import clean_line
from pawline.threads.desk import Desk

LONGEST_NAME = 30
MOST_LABELS = 100

Colour = Literal["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple"]


class LabelDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(max_length=200)]
    colour: Colour


class LabelView(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    colour: Colour


class LabelInUse(msgspec.Struct, frozen=True):
    """``conversations``: how many have it, ended ones included."""

    id: UUID
    conversations: int


class LabelList(msgspec.Struct, frozen=True):
    labels: list[LabelView]


class NameTaken(Conflict):
    code = "label_exists"


async def labels_of(desk: Desk, actor: Actor) -> LabelList:
    """By name."""
    statement = select(Label.id, Label.name, Label.colour).where(Label.practice_id == actor.practice_id)
    async with desk.database.single_statements() as connection:
        rows = await connection.execute(statement.order_by(func.lower(Label.name), Label.id))
        return LabelList([msgspec.convert(row, LabelView, from_attributes=True) for row in rows])


async def add_label(desk: Desk, actor: Actor, draft: LabelDraft, *, key: UUID) -> LabelView:
    """A repeat under the same key adds nothing.

    Raises:
        NameTaken: there is one of this name, however it is spelt.
    """
    name = clean_line("name", draft.name, longest=LONGEST_NAME)
    async with desk.database.transaction() as uow:

        async def add() -> LabelView:
            await _require_room(uow, actor)
            view = LabelView(new_id(), name, draft.colour)
            values = {"practice_id": actor.practice_id, "id": view.id, "name": name, "colour": view.colour}
            await _write(uow, actor, insert(Label).values(**values, created_at=clock.now()), name=name)
            return view

        return await once(uow, KeyedRequest(actor, key, draft), add, form=LabelView)


async def change_label(desk: Desk, actor: Actor, label_id: UUID, *, draft: LabelDraft) -> LabelView:
    """Every conversation that has it shows the new name. Raises NameTaken."""
    name = clean_line("name", draft.name, longest=LONGEST_NAME)
    async with desk.database.transaction() as uow:
        await _hold(uow, actor, label_id)
        changed = update(Label).where(Label.practice_id == actor.practice_id, Label.id == label_id)
        await _write(uow, actor, changed.values(name=name, colour=draft.colour), name=name)
        return LabelView(label_id, name, draft.colour)


async def label_in_use(desk: Desk, actor: Actor, label_id: UUID) -> LabelInUse:
    async with desk.database.transaction() as uow:
        await _hold(uow, actor, label_id)
        count = select(func.count()).where(
            ConversationLabel.practice_id == actor.practice_id, ConversationLabel.label_id == label_id
        )
        return LabelInUse(label_id, (await uow.execute(count)).scalar_one())


async def delete_label(desk: Desk, actor: Actor, label_id: UUID) -> LabelInUse:
    """Take it off all conversations, and off the list."""
    async with desk.database.transaction() as uow:
        taken = delete(ConversationLabel).where(
            ConversationLabel.practice_id == actor.practice_id, ConversationLabel.label_id == label_id
        )
        await _hold(uow, actor, label_id)
        count = len((await uow.execute(taken.returning(ConversationLabel.conversation_id))).all())
        await uow.execute(delete(Label).where(Label.practice_id == actor.practice_id, Label.id == label_id))
        uow.emit(Hint("labels", actor.practice_id, actor.practice_id))
        return LabelInUse(label_id, count)


async def _hold(uow: UnitOfWork, actor: Actor, label_id: UUID) -> None:
    found = select(Label.id).where(Label.practice_id == actor.practice_id, Label.id == label_id).with_for_update()
    if (await uow.execute(found)).first() is None:
        raise NotFound


async def _require_room(uow: UnitOfWork, actor: Actor) -> None:
    await uow.lock(f"labels {actor.practice_id}")
    count = await uow.execute(select(func.count()).where(Label.practice_id == actor.practice_id))
    if count.scalar_one() >= MOST_LABELS:
        raise Invalid.field("name", f"cannot be added: there are {MOST_LABELS} labels already; delete one first")


async def _write(uow: UnitOfWork, actor: Actor, statement: Any, *, name: str) -> None:
    try:
        await uow.execute(statement)
    except IntegrityError as error:
        raise NameTaken(f"There is a label “{name}” already. Choose another name.") from error
    uow.emit(Hint("labels", actor.practice_id, actor.practice_id))
