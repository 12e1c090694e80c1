"""HTTP of a family's threads side by side."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.inbox.beside import threads_beside
from pawline.inbox.views import ThreadsBeside
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk


@get(
    "/threads/{thread_id:uuid}/beside",
    guards=[requires(Permission.SEE_BESIDE)],
    summary="The threads that the family of a thread has with other clinics",
)
async def read_beside(thread_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> ThreadsBeside:
    return await threads_beside(desk, actor, thread_id)
