"""HTTP of ending several conversations at once."""

from typing import Annotated

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.ending_many import ChosenConversation, Outcomes, end_many, restart_many

RUN = requires(Permission.RUN_CONVERSATION)


class ChosenConversations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conversations: Annotated[list[ChosenConversation], msgspec.Meta(min_length=1, max_length=100)]


@post("/conversations/end", guards=[RUN], status_code=200, summary="End several conversations, each by itself")
async def end_chosen(data: JSONBody[ChosenConversations], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> Outcomes:
    return await end_many(desk, actor, data.conversations)


@post("/conversations/restart", guards=[RUN], status_code=200, summary="Restart several conversations, each by itself")
async def restart_chosen(
    data: JSONBody[ChosenConversations], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Outcomes:
    return await restart_many(desk, actor, data.conversations)
