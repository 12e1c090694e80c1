"""What the team sets down with a conversation to find it in time: that it is urgent, and until when it sleeps."""

from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Moment

# Few conversations are, so that the queue can ask for them first. Written so that each of the three implies it.
TRIAGED = "ended_at IS NULL AND (urgent_at IS NOT NULL OR snoozed_until IS NOT NULL OR back_at IS NOT NULL)"
# What is written to a conversation that sleeps no more.
AWAKE = dict.fromkeys(("snoozed_until", "snoozed_by_id", "snoozed_seq"))
# What a conversation has of it that starts again: it may have ended long ago, and now somebody wants it.
AT_REST = {**dict.fromkeys(("urgent_at", "urgent_by_id", "back_at")), **AWAKE}


class TriageColumns:
    """``snoozed_seq``: the thread's last ``seq`` on the screen of whoever did it; whatever the family writes later wakes it.

    ``back_at``: since when it is back from sleeping; until the team writes in it.
    """

    urgent_at: Mapped[Moment | None]
    urgent_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    snoozed_until: Mapped[Moment | None]
    snoozed_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    snoozed_seq: Mapped[int | None] = mapped_column(BigInteger)
    back_at: Mapped[Moment | None]
