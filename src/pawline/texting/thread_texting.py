"""What a thread's screen needs to know of texting: may this family be texted, at which numbers, and what stands in the way."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.consent.service import standing
from pawline.consent.views import Standing
from pawline.families.chat import SQL_OBSTACLES, ChatObstacleView, read_obstacles
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.phone_numbers import ABROAD, format_for_people, is_textable
from pawline.texting.away import closed_now, is_overridden
from pawline.texting.clinic_numbers import NO_NUMBER, number_of_clinic, why_not
from pawline.texting.countries import COUNTRIES
from pawline.threads.access import sql_visible
from pawline.threads.queries import visible_to


class OpenElsewhere(msgspec.Struct, frozen=True):
    """The text conversation that is open with a number, in the thread of another family that has it too."""

    thread_id: UUID
    family_name: str


class PhoneLine(msgspec.Struct, frozen=True):
    """One number of one contact. ``conversation_id``: the text conversation that is open with it in this thread.

    ``elsewhere``: where else one is open, if the reader may see that thread; then none can be started here.
    ``chat_obstacles``: why the contact is not written to in the app; none of them: there chat is available.
    """

    contact_id: UUID
    contact_name: str
    is_guest: bool
    number: str
    shown: str
    is_textable: bool
    standing: Standing
    conversation_id: UUID | None
    elsewhere: OpenElsewhere | None
    is_override_on: bool
    chat_obstacles: list[ChatObstacleView]


class ThreadTexting(msgspec.Struct, frozen=True):
    """``words`` say why nothing can be texted while ``is_enabled`` is false. ``is_closed``: the clinic is off duty."""

    is_enabled: bool
    words: str
    clinic_number: str | None
    practice_name: str
    media: Literal["link", "none"]
    media_words: str
    is_closed: bool
    lines: list[PhoneLine]


async def thread_texting(uow: UnitOfWork, actor: Actor, thread_id: UUID) -> ThreadTexting:
    thread = await visible_to(uow.connection, actor, thread_id)
    number = await number_of_clinic(uow, actor.practice_id, thread.clinic_id)
    if number is None:
        return ThreadTexting(False, NO_NUMBER, None, "", "none", NO_NUMBER, False, [])
    country = COUNTRIES[number.country]
    rows = await _lines(uow, actor, thread, number_id=number.id)
    return ThreadTexting(
        is_enabled=number.is_enabled,
        words=why_not(number) or "",
        clinic_number=format_for_people(number.number, ABROAD),
        practice_name=number.clinic_name,
        media=country.media,
        media_words=country.media_words,
        is_closed=await closed_now(uow, number, clock.now()) is not None,
        lines=[await _line(uow, row, number_id=number.id) for row in rows],
    )


async def _line(uow: UnitOfWork, row: Any, *, number_id: UUID) -> PhoneLine:
    is_override_on = row.conversation_id is not None and await is_overridden(
        uow, row.practice_id, row.conversation_id, now=clock.now()
    )
    return PhoneLine(
        contact_id=row.contact_id,
        contact_name=row.name,
        is_guest=row.is_guest,
        number=row.number,
        shown=format_for_people(row.number, ABROAD),
        is_textable=is_textable(row.number, is_landline=row.is_landline),
        standing=await standing(uow, row.practice_id, number_id=number_id, contact_number=row.number),
        conversation_id=row.conversation_id,
        elsewhere=OpenElsewhere(row.elsewhere_id, row.elsewhere_name) if row.elsewhere_id else None,
        is_override_on=is_override_on,
        chat_obstacles=read_obstacles(row.chat_obstacles),
    )


async def _lines(uow: UnitOfWork, actor: Actor, thread: Any, *, number_id: UUID) -> Sequence[Any]:
    visible, access = sql_visible(actor)
    key = {"practice_id": thread.practice_id, "thread_family_id": thread.family_id, "thread_clinic_id": thread.clinic_id}
    values = {**key, "thread_id": thread.id, "number_id": number_id, **access}
    return (await uow.execute(text(_LINES.replace("{visible}", visible)), values)).all()


_LINES = f"""
SELECT o.practice_id, o.contact_id, p.name, c.is_guest, o.number, o.is_landline, {SQL_OBSTACLES} AS chat_obstacles,
    here.id AS conversation_id, elsewhere.thread_id AS elsewhere_id, elsewhere.family_name AS elsewhere_name
FROM contact_number o
JOIN contact c ON c.practice_id = o.practice_id AND c.id = o.contact_id
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN clinic k ON k.practice_id = c.practice_id AND k.id = :thread_clinic_id
LEFT JOIN conversation here ON here.practice_id = o.practice_id AND here.number_id = :number_id
    AND here.contact_number = o.number AND here.ended_at IS NULL AND here.thread_id = :thread_id
LEFT JOIN LATERAL (
    SELECT t.id AS thread_id, y.name AS family_name
    FROM conversation v
    JOIN thread t ON t.practice_id = v.practice_id AND t.id = v.thread_id
    JOIN family y ON y.practice_id = t.practice_id AND y.id = t.family_id
    WHERE v.practice_id = o.practice_id AND v.number_id = :number_id AND v.contact_number = o.number AND v.ended_at IS NULL
        AND v.thread_id <> :thread_id AND {{visible}}
) elsewhere ON true
WHERE o.practice_id = :practice_id AND c.family_id = :thread_family_id
ORDER BY c.role = 'primary' DESC, c.created_at, o.created_at, o.number
"""  # noqa: S608 - made of constants
