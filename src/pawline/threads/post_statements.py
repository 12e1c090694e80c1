"""The statements that store posts, put together from their files: who may post where is the same in each."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from pawline.families.chat import SQL_BARRED, SQL_CLOSED

_FOLDER = files("pawline.threads")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of those who post: a staff member ``m`` or a contact ``c``. ``fields`` of a draft that only they need."""

    name: Literal["staff", "contact"]
    join: str
    is_still: str
    may_post: str
    fields: str


def _read(name: str, **values: str) -> str:
    text = _FOLDER.joinpath(name).read_text().strip()
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


# Scalar subqueries in these and their files, for of an EXISTS the planner may make a scan of the whole table.
_STAFF = _Kind(
    name="staff",
    join="JOIN staff_member m ON m.practice_id = d.practice_id AND m.id = d.author_id AND m.left_at IS NULL",
    is_still="""m.role = d.author_role AND (m.role = 'practice_owner' OR (
        SELECT true FROM staff_clinic k
        WHERE k.practice_id = d.practice_id AND k.staff_id = d.author_id AND k.clinic_id = t.clinic_id))""",
    may_post=_read("may_post_staff.sql", barred=SQL_BARRED),
    fields="""CAST(%(author_role)s AS text) AS author_role, CAST(%(clinic_ids)s AS uuid[]) AS clinic_ids,
            CAST(%(scheduled)s AS text[]) AS scheduled, CAST(%(handed)s AS text[]) AS handed,
            CAST(%(seen_up_to)s AS bigint) AS seen_up_to, CAST(NULL AS text) AS kind""",
)
_CONTACT = _Kind(
    name="contact",
    join="""JOIN contact c ON c.practice_id = d.practice_id AND c.id = d.author_id AND c.role IN ('primary', 'secondary')""",
    is_still="c.family_id = d.family_id",
    may_post=_read("may_post_contact.sql", closed=SQL_CLOSED),
    fields="CAST(%(family_id)s AS uuid) AS family_id",
)


def _of_either(staff: str, contact: str) -> str:
    return f"CASE d.author_kind WHEN 'staff' THEN {staff}\nWHEN 'contact' THEN {contact}\nEND"


def _one_text(kind: _Kind) -> str:
    return _read(
        "post_text.sql", author=kind.join, is_still=kind.is_still, may_post=kind.may_post, fields=kind.fields, kind=kind.name
    )


_MAY_POST = _of_either(_STAFF.may_post, _CONTACT.may_post)
ANY_POST = _read("post_messages.sql", may_post=_MAY_POST)
TEXTS = _read(
    "post_texts.sql",
    authors=f"LEFT {_CONTACT.join}\n    LEFT {_STAFF.join}",
    are_still=_of_either(_STAFF.is_still, _CONTACT.is_still),
    may_post=_MAY_POST,
)
ONE_TEXT = {kind.name: _one_text(kind) for kind in (_STAFF, _CONTACT)}


def one_text_values(record: dict[str, Any]) -> dict[str, Any]:
    """What ``ONE_TEXT`` is told of a draft, of the record that ``TEXTS`` is told of it."""
    return {"scheduled": None, "handed": None, **record, "clinic_ids": list(record["clinic_ids"])}
