"""The labels of the demo practice, and what they stand on."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any
from uuid import UUID

from pawline.demo.cast import PracticePart
from pawline.demo.ids import Ids
from pawline.demo.people import Row, Table
from pawline.demo.year import ToldThread
from pawline.inbox.models import ConversationLabel, Label  # imports: fill.py says why
from pawline.platform.actor import Role

_COLOURS = {"Refill": "purple", "Lab results": "teal", "Billing": "yellow", "Call back": "blue"}


def label_tables(practice: PracticePart, told: Sequence[ToldThread]) -> Iterator[Table]:
    ids = Ids(Random(practice.id.int))  # noqa: S311 - the same ids every time is the point
    id_of = {name: ids.at(practice.since) for name in _COLOURS}
    keeper = next((member for member in practice.staff if member.role is Role.ADMINISTRATOR), practice.staff[0])
    labels: list[dict[str, Any]] = [
        {"id": id_of[name], "name": name, "colour": colour, "created_at": practice.since} for name, colour in _COLOURS.items()
    ]
    yield Label, labels
    own = [thread for thread in told if thread.past.practice_id == practice.id]
    yield ConversationLabel, [row for thread in own for row in _put(thread, id_of, put_by_id=keeper.id)]


def _put(thread: ToldThread, id_of: dict[str, UUID], *, put_by_id: UUID) -> Iterator[Row]:
    for conversation in thread.past.conversations:
        if conversation.ended_at is None and conversation.channel == "app":
            for name in thread.labels:
                put = {"put_by_id": put_by_id, "put_at": conversation.opened_at}
                yield {"conversation_id": conversation.id, "label_id": id_of[name], **put}
