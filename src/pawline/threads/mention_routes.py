"""HTTP of calling colleagues in a note."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.mentions import ThreadTeam, team_of_thread


@get("/{thread_id:uuid}/team", guards=[requires(Permission.WRITE_NOTE)], summary="Which colleagues a note can call")
async def read_team(thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ThreadTeam:
    return await team_of_thread(desk, actor, thread_id)
