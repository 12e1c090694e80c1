"""A transcript as it is handed to the child process that prints it: a head, then entries, a line of JSON each."""

import msgspec

PRINTED = "transcript.pdf"


class Fact(msgspec.Struct, frozen=True):
    """One line of the head."""

    name: str
    value: str


class Head(msgspec.Struct, frozen=True):
    """``warning``: what stands over all, as on a copy that is not for the family. ``logo``: as ``FileLine.picture``."""

    language: str
    practice: str
    clinic: str
    title: str
    facts: list[Fact]
    times: str
    warning: str = ""
    logo: str | None = None


class FileLine(msgspec.Struct, frozen=True):
    """``picture``: the name of its small picture in the folder of the job."""

    name: str
    picture: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """``day`` stands over the first entry of each day. ``how``: by which way it went, and how far."""

    day: str
    time: str
    author: str
    how: str
    body: str
    files: list[FileLine]
    is_of_team: bool
    is_note: bool
    is_deleted: bool
