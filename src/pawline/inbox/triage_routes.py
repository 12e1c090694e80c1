"""HTTP of what the team sets down with a conversation: that it is urgent, labels, and until when it sleeps."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.inbox.handing_off import Place
from pawline.inbox.snooze_times import SnoozeChoices
from pawline.inbox.snoozing import snooze, snooze_choices, wake
from pawline.inbox.triage import put_label, set_urgent, take_label_off
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.views import ConversationView

_CONVERSATION = "/{thread_id:uuid}/conversations/{conversation_id:uuid}"


class UrgencyRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    is_urgent: bool


class SnoozeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time on the clinic's own wall, without a zone. ``seen_seq``: of the thread's last message on the screen."""

    wall_clock: Annotated[datetime, msgspec.Meta(tz=False)]
    seen_seq: Annotated[int, msgspec.Meta(ge=0, le=2**62)] | None = None


@put(f"{_CONVERSATION}/urgency", guards=[requires(Permission.TRIAGE)], summary="Say whether a conversation is urgent")
async def set_urgency(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[UrgencyRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    return await set_urgent(desk, actor, Place(thread_id, conversation_id), is_urgent=data.is_urgent)


@put(f"{_CONVERSATION}/labels/{{label_id:uuid}}", guards=[requires(Permission.TRIAGE)], summary="Put a label on a conversation")
async def put_one_label(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    label_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    return await put_label(desk, actor, Place(thread_id, conversation_id), label_id=label_id)


@delete(
    f"{_CONVERSATION}/labels/{{label_id:uuid}}",
    guards=[requires(Permission.TRIAGE)],
    status_code=200,
    summary="Take a label off a conversation",
)
async def take_one_label_off(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    label_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    return await take_label_off(desk, actor, Place(thread_id, conversation_id), label_id=label_id)


@get(
    f"{_CONVERSATION}/snooze-choices",
    guards=[requires(Permission.SNOOZE)],
    summary="Until when a conversation can sleep, by the clinic's hours",
)
async def read_snooze_choices(
    thread_id: FromPath[UUID], conversation_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> SnoozeChoices:
    return await snooze_choices(desk, actor, Place(thread_id, conversation_id))


@post(
    f"{_CONVERSATION}/snooze",
    guards=[requires(Permission.SNOOZE)],
    status_code=200,
    summary="Let a conversation sleep until a time on the clinic's wall, or until the family writes",
)
async def snooze_one(
    thread_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[SnoozeRequest],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> ConversationView:
    place = Place(thread_id, conversation_id)
    return await snooze(desk, actor, place, wall_clock=data.wall_clock, seen_seq=data.seen_seq)


@post(
    f"{_CONVERSATION}/wake", guards=[requires(Permission.SNOOZE)], status_code=200, summary="Bring a sleeping conversation back"
)
async def wake_one(
    thread_id: FromPath[UUID], conversation_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> ConversationView:
    return await wake(desk, actor, Place(thread_id, conversation_id))


triage_router = Router(
    path="/threads",
    route_handlers=[set_urgency, put_one_label, take_one_label_off, read_snooze_choices, snooze_one, wake_one],
    tags=["triage"],
)
