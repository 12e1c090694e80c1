"""HTTP of the practice's labels."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.inbox.labels import (
    LabelDraft,
    LabelInUse,
    LabelList,
    LabelView,
    add_label,
    change_label,
    delete_label,
    label_in_use,
    labels_of,
)
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk


@get("/", guards=[requires(Permission.TRIAGE)], summary="The practice's labels, by name")
async def read_labels(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> LabelList:
    return await labels_of(desk, actor)


@post("/", guards=[requires(Permission.MANAGE_LABELS)], summary="Add a label")
async def add_one(
    data: JSONBody[LabelDraft],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> LabelView:
    return await add_label(desk, actor, data, key=idempotency_key)


@patch("/{label_id:uuid}", guards=[requires(Permission.MANAGE_LABELS)], summary="Rename a label, or give it another colour")
async def change_one(
    label_id: FromPath[UUID], data: JSONBody[LabelDraft], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> LabelView:
    return await change_label(desk, actor, label_id, draft=data)


@get("/{label_id:uuid}/use", guards=[requires(Permission.MANAGE_LABELS)], summary="How many conversations have a label")
async def read_use(label_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> LabelInUse:
    return await label_in_use(desk, actor, label_id)


@delete(
    "/{label_id:uuid}",
    guards=[requires(Permission.MANAGE_LABELS)],
    status_code=200,
    summary="Delete a label, and take it off all conversations",
)
async def delete_one(label_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> LabelInUse:
    return await delete_label(desk, actor, label_id)


labels_router = Router(path="/labels", route_handlers=[read_labels, add_one, change_one, read_use, delete_one], tags=["labels"])
