"""What a screen must know, reckoned from a snapshot and any frames: the reference for the browsers' reducers.

Frames may come late, twice and in any order. A projection holds only what two screens must agree on.
"""

from collections.abc import Iterable
from typing import Any

Json = Any
UNREAD_LISTED = 100


def project(snapshot: Json, frames: Iterable[Json], me: str, *, from_seq: int = 0) -> dict[str, Json]:
    """The projection of ``snapshot`` (a ThreadView) and ``frames`` (Changes) for the person ``me``.

    ``from_seq`` leaves out older messages; those that the snapshot has not loaded are left out in any case.
    """
    frames = list(frames)
    known = [*snapshot["messages"], *(message for frame in frames for message in frame["messages"])]
    messages = _newest({}, known)
    marks = _read_marks([*snapshot["read_marks"], *(mark for frame in frames for mark in frame["read_marks"])])
    first = max(from_seq, loaded_from(snapshot))
    opened = (conversation for frame in frames for conversation in frame["conversations"])
    return {
        "messages": {id_: _comparable(each) for id_, each in messages.items() if each["seq"] >= first},
        "read_marks": marks,
        "conversations": _newest({}, [*snapshot["conversations"], *opened]),
        "unread": _unread(snapshot, messages.values(), me, mark=marks.get(me, {})),
        "last_seq": max([snapshot["last_seq"], *(frame["last_seq"] for frame in frames)]),
        "revision": contiguous(snapshot["revision"], frames),
    }


def loaded_from(snapshot: Json) -> int:
    """The first ``seq`` that a screen with this snapshot can show."""
    return snapshot["messages"][0]["seq"] if snapshot["has_older"] else 0


def contiguous(revision: int, frames: Iterable[Json]) -> int:
    """Up to which revision nothing is missing."""
    for frame in sorted(frames, key=lambda frame: frame["after"]):
        if frame["after"] <= revision:
            revision = max(revision, frame["revision"])
    return revision


def _newest(known: dict[str, Json], rows: Iterable[Json]) -> dict[str, Json]:
    for row in rows:
        if row["id"] not in known or known[row["id"]]["revision"] < row["revision"]:
            known[row["id"]] = row
    return known


def _read_marks(rows: Iterable[Json]) -> dict[str, Json]:
    marks: dict[str, Json] = {}
    for row in sorted(rows, key=lambda row: row["revision"]):
        marks[row["person_id"]] = row
    return marks


def _unread(snapshot: Json, messages: Iterable[Json], me: str, *, mark: Json) -> list[Json]:
    """The snapshot has counted what is no newer than itself, and knows its tags better than a late frame."""
    counted = {each["seq"]: sorted(each["pet_ids"]) for each in snapshot["unread"]}
    for message in messages:
        if message["revision"] > snapshot["revision"] and message["kind"] == "text" and message["author_id"] != me:
            counted[message["seq"]] = sorted(message["pet_ids"])
    marked = mark.get("marked_unread_seq")
    counted |= {message["seq"]: sorted(message["pet_ids"]) for message in messages if message["seq"] == marked}
    unread = sorted(seq for seq in counted if seq > mark.get("up_to_seq", 0) or seq == marked)[-UNREAD_LISTED:]
    return [{"seq": seq, "pet_ids": counted[seq]} for seq in unread]


def _comparable(message: Json) -> Json:
    return {**message, "pet_ids": sorted(message["pet_ids"])}
