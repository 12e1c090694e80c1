"""What the API takes and shows of a family's visits."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from pawline.practices.views import ClinicView
from pawline.schedule.views import Status, VisitingPet

LONGEST_WISH = 1_000


class MoveRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words``: when it would suit. They go to the clinic as a message; repeating it with ``client_id`` sends none twice."""

    client_id: UUID
    words: Annotated[str, msgspec.Meta(max_length=LONGEST_WISH)]


class VisitView(msgspec.Struct, frozen=True):
    """``with_name`` null: nobody in particular. ``can_answer``: it may be confirmed, or moved.

    ``can_take_back``: the practice has not acted yet on what the family answered.
    """

    id: UUID
    clinic: ClinicView
    pet: VisitingPet
    starts_at: datetime
    minutes: int
    kind: str
    with_name: str | None
    status: Status
    can_answer: bool
    can_take_back: bool


class DueView(msgspec.Struct, frozen=True):
    """What a pet is due for; ``thread_id`` null: nobody has written with that clinic yet."""

    id: UUID
    clinic: ClinicView
    pet: VisitingPet
    service: str
    reminded_at: datetime
    thread_id: UUID | None


class Visits(msgspec.Struct, frozen=True):
    """``coming``: soonest first. ``past``: those of the last year, latest first. Both end after fifty."""

    coming: list[VisitView]
    due: list[DueView]
    past: list[VisitView]
