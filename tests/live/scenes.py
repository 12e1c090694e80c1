"""Small scenes for ``cases.json``: what happens before a screen's snapshot, what after, and how the frames arrive."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.live.acts import Act

Json = Any
Arrive = Callable[[list[Json]], list[Json]]


def in_order(frames: list[Json]) -> list[Json]:
    return frames


def reversed_(frames: list[Json]) -> list[Json]:
    return frames[::-1]


def twice(frames: list[Json]) -> list[Json]:
    return [*frames, *frames]


def shuffled(frames: list[Json]) -> list[Json]:
    mixed = [*frames, *frames]
    random.Random(7).shuffle(mixed)  # noqa: S311 - the same mix every time
    return mixed


@dataclass(frozen=True)
class Scene:
    """``with_early``: frames from before the snapshot come too. ``loses``: the first so many frames after it never come;
    the answer to "what changed since my snapshot?" comes in their place."""

    name: str
    before: Sequence[Act]
    after: Sequence[Act]
    arrive: Arrive = in_order
    with_early: bool = False
    loses: int = 0


def _acts(words: str) -> list[Act]:
    """``"olive post 0, nora read"``"""
    parts = [part.split() for part in words.split(",") if part.strip()]
    return [Act(part[0], part[1], int(part[2]) if len(part) > 2 else -1) for part in parts]


_TALK = _acts("olive post, nora post 0, omar post")

SCENES = (
    Scene("the first text opens a conversation", [], _acts("olive post")),
    Scene("texts of both sides arrive in reverse", _TALK, _acts("olive post, vane post 0, omar post"), reversed_),
    Scene("a frame that comes twice counts once", _TALK, _acts("nora post 0, olive post"), twice),
    Scene("a note shows to the team and counts for nobody", _TALK, _acts("nora note, olive post")),
    Scene("a deleted text keeps counting", _TALK, _acts("nora post 0, olive post, nora delete, olive delete")),
    Scene("a deletion overtakes its text", _TALK, _acts("olive post, nora post, olive delete, nora delete"), reversed_),
    Scene("tags move the badge of an unread message", _TALK, _acts("nora untag 1, vane tag 0, vane tag 2")),
    Scene(
        "the later of two taggings wins though it comes first", _TALK, _acts("nora tag 0, vane untag 0, nora tag 2"), reversed_
    ),
    Scene("own reading ends the unread", _TALK, _acts("nora read, olive read, omar post")),
    Scene("reading half leaves the rest", _TALK, _acts("nora read 1, olive read 2")),
    Scene("reading overtakes what was read", _TALK, _acts("omar post, vane post, nora read, olive read"), reversed_),
    Scene("a colleague's and a brother's reading leave it unread for me", _TALK, _acts("vane read, omar read")),
    Scene("what was read is unread again for one person", _TALK, _acts("nora read, vane read, nora unread"), reversed_),
    Scene(
        "read again, and unread once more", _TALK, _acts("nora read, nora unread, nora read, omar post, nora unread"), shuffled
    ),
    Scene(
        "urgent and not any more, in any order",
        _TALK,
        _acts("nora urgent 0, vane rename 1, vane calm 0, nora urgent 0"),
        shuffled,
    ),
    Scene("an end and the next conversation", _TALK, _acts("nora end, olive post 0"), reversed_),
    Scene(
        "ended, restarted and renamed in any order",
        _TALK,
        _acts("nora rename 0, vane end 0, nora restart 0, vane rename 2"),
        shuffled,
    ),
    Scene("a titled start, then texts", [], _acts("nora start 4, vane post, olive post"), shuffled),
    Scene(
        "late frames from before the snapshot undo nothing",
        _acts("olive post 0, nora post 0, vane untag 0, nora delete, olive read"),
        _acts("omar post"),
        shuffled,
        with_early=True,
    ),
    Scene(
        "a lost stretch comes as one answer",
        _TALK,
        _acts("vane post 0, olive post, nora read, vane tag 1, nora end, omar post"),
        reversed_,
        loses=4,
    ),
    Scene(
        "everything at once",
        _TALK,
        _acts("olive post, nora note, vane post 0, omar delete, nora tag 0")
        + _acts("olive read, vane end, nora read 4, omar post 0, vane rename 1"),
        shuffled,
        with_early=True,
    ),
    Scene(
        "a change of a message that is not loaded",
        [Act("olive", "post", number) for number in range(52)],
        _acts("nora tag 1, olive delete 0"),
        reversed_,
    ),
)
