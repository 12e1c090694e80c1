"""Was anything lost? In Jepsen's words: ok, lost, recovered, duplicated, unexpected."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from tests.faults.copy_of_thread import CopyOfThread, Row
from tests.faults.senders import Sent


@dataclass(frozen=True, slots=True)
class Verdict:
    """ok: acknowledged and there once. lost: acknowledged and not there. recovered: there without an acknowledgement.

    duplicated: there more than once. unexpected: there, and nobody sent it, or not as it was sent or acknowledged.
    """

    ok: int
    lost: int
    recovered: int
    duplicated: int
    unexpected: int

    @property
    def is_good(self) -> bool:
        return self.lost == self.duplicated == self.unexpected == 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {getattr(self, name)}" for name in ("ok", "lost", "recovered", "duplicated", "unexpected"))


def judge(sent: dict[UUID, Sent], copies: list[CopyOfThread]) -> Verdict:
    """Compare what the senders were told with everything that one reader finds."""
    found = [(copy.thread_id, message) for copy in copies for message in copy.messages.values()]
    times = Counter(message["body"] for _, message in found)
    return Verdict(
        ok=sum(1 for one in sent.values() if one.acknowledged_as and times[one.body] == 1),
        lost=sum(1 for one in sent.values() if one.acknowledged_as and not times[one.body]),
        recovered=sum(1 for one in sent.values() if not one.acknowledged_as and times[one.body]),
        duplicated=sum(1 for many in times.values() if many > 1),
        unexpected=sum(1 for thread_id, message in found if not _is_as_sent(sent, thread_id, message)),
    )


def faults_of(copy: CopyOfThread) -> list[str]:
    """What is wrong with a thread in itself: numbers with gaps or doubles (I3), revisions that contradict."""
    seqs = sorted(message["seq"] for message in copy.messages.values())
    revisions = [message["revision"] for message in copy.messages.values()]
    in_order = [message["revision"] for message in sorted(copy.messages.values(), key=lambda message: message["seq"])]
    wrong = {
        "seq has gaps or doubles": seqs != list(range(1, len(seqs) + 1)),
        "last_seq is not the last": copy.last_seq != len(seqs),
        "two messages have one revision": len(set(revisions)) != len(revisions),
        "revisions do not rise with seq": in_order != sorted(in_order),
        "a message is newer than its thread": max(revisions, default=0) > copy.revision,
    }
    return [f"{copy.thread_id}: {words}" for words, is_so in wrong.items() if is_so]


def recount_unread(copy: CopyOfThread, person_id: UUID) -> list[int]:
    """Which seqs the API should call unread for this person: the newest hundred, newest first (I12)."""
    mark = copy.read_marks.get(str(person_id), {"up_to_seq": 0})["up_to_seq"]
    unread = [
        message["seq"]
        for message in copy.messages.values()
        if message["seq"] > mark and message["kind"] == "text" and message["author_id"] != str(person_id)
    ]
    return sorted(unread, reverse=True)[:100]


def _is_as_sent(sent: dict[UUID, Sent], thread_id: UUID, message: Row) -> bool:
    one = sent.get(UUID(message["client_id"]))
    return (
        one is not None
        and (one.thread_id, one.body, str(one.author_id)) == (thread_id, message["body"], message["author_id"])
        and one.acknowledged_as <= {message["id"]}
    )
