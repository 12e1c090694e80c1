"""Reading the dialogues: who says what, how long after the line before.

A line is ``voice [note] [deleted] [photo=name] [pay=cents] [paid] [+gap]: text``. Voices: contact, other (the second contact,
if there is one), nurse, vet, desk. A gap is a number with m, h or d; without one people take the time they usually take. In a
text ``{pet}`` and the like are filled in, and one of ``[this|that]`` is chosen.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import Any

STAFF_VOICES = ("nurse", "vet", "desk")

_LINE = re.compile(r"(?P<voice>contact|other|nurse|vet|desk)(?P<marks>( [^ :]+)*):(?P<text>.*)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Line:
    """``gap`` None: as long as people usually take. ``photo`` names a picture of pictures.py.

    ``pay``: what the family is asked to pay, in cents; ``is_paid``: and has.
    """

    voice: str
    text: str
    gap: timedelta | None
    photo: str | None
    is_note: bool
    is_deleted: bool
    pay: int | None = None
    is_paid: bool = False

    @property
    def is_staff(self) -> bool:
        return self.voice in STAFF_VOICES


@dataclass(frozen=True, slots=True)
class Dialogue:
    """``use`` is a special occasion, "goodbye" or "young"; empty for all others. ``ages`` in years; no months: any month."""

    title: str
    lines: tuple[Line, ...]
    species: tuple[str, ...] = ("any",)
    months: tuple[int, ...] = ()
    ages: tuple[float, float] = (0, 99)
    use: str = ""

    def suits(self, species: str, *, years: float) -> bool:
        return (species in self.species or "any" in self.species) and self.ages[0] <= years <= self.ages[1]


@dataclass(frozen=True, slots=True)
class OpenDialogue:
    """One that is under way when the demo is filled.

    ``unread_for`` is "staff", "family" or "none"; or "called": whoever a note calls has not seen it yet.
    ``labels`` are names of those in labels.py. ``set_down`` is "urgent", or "snoozed": until tomorrow morning.
    """

    family: str
    dialogue: Dialogue
    ago: timedelta
    unread_for: str
    labels: tuple[str, ...]
    set_down: str


def read_dialogues() -> list[Dialogue]:
    names = ("worries", "routine", "seasons")
    return [_dialogue(table) for name in names for table in _tables(name)["dialogue"]]


def read_open_dialogues() -> list[OpenDialogue]:
    return [
        OpenDialogue(
            family=f"{table['family']} family",
            dialogue=_dialogue(table),
            ago=timedelta(minutes=table["ago"]),
            unread_for=table["unread"],
            labels=tuple(table.get("labels", ())),
            set_down=table.get("set_down", ""),
        )
        for table in _tables("now")["now"]
    ]


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads(files("pawline.demo").joinpath("dialogues", f"{name}.toml").read_text("utf-8"))


def _dialogue(table: dict[str, Any]) -> Dialogue:
    return Dialogue(
        title=table["title"],
        lines=tuple(read_line(line) for line in table["lines"]),
        species=tuple(table.get("species", ("any",))),
        months=tuple(table.get("months", ())),
        ages=tuple(table.get("ages", (0, 99))),
        use=table.get("use", ""),
    )


def read_line(line: str) -> Line:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not a line of a dialogue: {line!r}")
    gap, photo, pay = None, None, None
    marks = found["marks"].split()
    for mark in marks:
        if mark.startswith("+"):
            gap = timedelta(**{_UNITS[mark[-1]]: int(mark[1:-1])})
        elif mark.startswith("photo="):
            photo = mark.removeprefix("photo=")
        elif mark.startswith("pay="):
            pay = int(mark.removeprefix("pay="))
        elif mark not in ("note", "deleted", "paid"):
            raise ValueError(f"unknown mark {mark!r} in {line!r}")
    return Line(
        found["voice"],
        found["text"].strip(),
        gap,
        photo,
        is_note="note" in marks,
        is_deleted="deleted" in marks,
        pay=pay,
        is_paid="paid" in marks,
    )
