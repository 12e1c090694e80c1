"""May a number get a text, and all that decides it.

Two layers, and both have to agree. The platform's: what was agreed with the practice, for each category. The carrier's: what
it lets through between one number of ours and one of theirs, which only the contact can lift.
Every change is a line of the ledger and, in the same transaction, the state that follows from it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Row, text

from pawline.consent import queries
from pawline.consent.author_blocks import Written, words_if_unheard
from pawline.consent.changes import EFFECTS, Category, Cause, ConsentChange, Ground, Source
from pawline.consent.views import CarrierBlockView, CategoryStanding, ConsentEventView, Standing
from pawline.consent.words import SOMEBODY, Place, words_about
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden
from pawline.platform.text import clean_line

LONGEST_REASON = 300
_NOWHERE = Place(None, "US", "UTC")

# May delivery ``d`` go out at this moment? Part of the statement that claims it. Both layers have to agree.
# A code to sign in with is stopped by what stops messages; nobody opts out of codes alone.
SENDABLE = """(
    NOT EXISTS (
        SELECT FROM subscription s
        WHERE s.practice_id = d.practice_id AND s.contact_number = d.to_number AND s.is_out
            AND s.category = CASE d.category WHEN 'sign_in' THEN 'two_way' ELSE d.category END
    )
    AND NOT EXISTS (
        SELECT FROM carrier_block b
        WHERE b.practice_id = d.practice_id AND b.number_id = d.number_id AND b.contact_number = d.to_number
    )
)"""


_STANDS_STILL = text("SELECT pg_try_advisory_xact_lock_shared(hashtextextended(:key, 0))")


@dataclass(frozen=True, slots=True)
class Denial:
    """``words`` are for staff and speak of "The client". ``event`` None: no line of the ledger, but a person stops it."""

    reason: Literal["opted_out", "carrier_block", "author_blocked"]
    words: str
    event: ConsentEventView | None

    def words_for(self, name: str) -> str:
        return name + self.words.removeprefix(SOMEBODY)


async def stands_still(uow: UnitOfWork, practice_id: UUID, contact_number: str) -> bool:
    """Is nobody changing this number's consent right now? If so, nobody can until this transaction ends."""
    return (await uow.execute(_STANDS_STILL, {"key": queries.lock_key(practice_id, contact_number)})).scalar_one()


async def may_send(  # size: what goes from where to where, and who wrote it
    uow: UnitOfWork,
    practice_id: UUID,
    *,
    number_id: UUID,
    contact_number: str,
    category: Category,
    written: Written | None = None,
) -> Denial | None:
    """None: it may. When both layers refuse, the carrier's is told, as it is the harder one to lift."""
    for row in await queries.events_in_force(uow, practice_id, number_id=number_id, contact_number=contact_number):
        if row.layer == "carrier" or row.category == category:
            event = _event_view(row)
            reason = "carrier_block" if event.layer == "carrier" else "opted_out"
            return Denial(reason, words_about(event, await _place(uow, practice_id, number_id)), event)
    words = written and await words_if_unheard(uow, practice_id, contact_number, written=written)
    return Denial("author_blocked", words, None) if words else None


async def record(uow: UnitOfWork, practice_id: UUID, cause: Cause, change: ConsentChange) -> bool:  # size: cause, then effect
    """Apply all that follows from ``cause`` by the table in EFFECTS; ``change.categories`` does not matter.

    Returns whether anything is different now: a second STOP is none.
    """
    effect = EFFECTS[cause]
    changed = [
        bool(effect.out) and await opt_out(uow, practice_id, replace(change, categories=effect.out)),
        bool(effect.back_in) and await opt_in(uow, practice_id, replace(change, categories=effect.back_in)),
        effect.blocks and await block(uow, practice_id, change),
        effect.clears and await clear_block(uow, practice_id, change),
    ]
    return any(changed)


async def opt_out(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> bool:
    return await _set_categories(uow, practice_id, change, is_out=True)


async def opt_in(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> bool:
    """Does not touch a carrier's block. Staff have to give the reason that the ledger keeps.

    Raises:
        Invalid: a staff member gave no reason.
    """
    if change.source is Source.STAFF:
        change = replace(change, reason=clean_line("reason", change.reason, longest=LONGEST_REASON))
    return await _set_categories(uow, practice_id, change, is_out=False)


async def block(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> bool:
    """The carrier lets nothing more through from ``change.number_id`` to the contact's number."""
    return await _set_block(uow, practice_id, change, write=queries.add_block, is_blocked=True)


async def clear_block(uow: UnitOfWork, practice_id: UUID, change: ConsentChange) -> bool:
    """
    Raises:
        Forbidden: somebody other than the contact, or the carrier who heard it from them, wants to lift the block.
    """
    if change.source not in {Source.CONTACT, Source.CARRIER}:
        raise Forbidden("Only the client can lift this: ask them to text START to your text number.")
    return await _set_block(uow, practice_id, change, write=queries.remove_block, is_blocked=False)


async def record_ground(uow: UnitOfWork, practice_id: UUID, change: ConsentChange, ground: Ground) -> bool:  # size: as above
    """Keep on what legal ground this number is texted. The same ground is kept once, with the first event behind it."""
    await queries.lock_number(uow, practice_id, change.contact_number)
    if await queries.has_ground(uow, practice_id, change.contact_number, ground=ground):
        return False
    await queries.append(uow, practice_id, change, layer="platform", action="ground", ground=ground)
    return True


async def standing(uow: UnitOfWork, practice_id: UUID, *, number_id: UUID | None, contact_number: str) -> Standing:
    """What the contact's number gets from one of ours; without ``number_id`` a block of any of ours counts."""
    rows = await queries.events_in_force(uow, practice_id, number_id=number_id, contact_number=contact_number)
    events = [_event_view(row) for row in rows]
    shown_number_id = number_id or next((event.number_id for event in events if event.number_id), None)
    place = await _place(uow, practice_id, shown_number_id) if shown_number_id else _NOWHERE
    out = {event.category: event for event in events if event.layer == "platform"}
    blocked = next((event for event in events if event.layer == "carrier"), None)
    return Standing(
        categories=[
            CategoryStanding(category.value, True, event.at, words_about(event, place))
            if (event := out.get(category.value))
            else CategoryStanding(category.value, False)
            for category in Category
        ],
        carrier_block=CarrierBlockView(blocked.at, words_about(blocked, place)) if blocked else None,
    )


async def ledger(
    uow: UnitOfWork, practice_id: UUID, contact_number: str, *, before: UUID | None = None, count: int = 100
) -> list[ConsentEventView]:
    """The newest lines first; ``before`` is the last id of the page before."""
    rows = await queries.events_of(uow, practice_id, contact_number, before=before, count=count)
    return [_event_view(row) for row in rows]


async def _set_categories(uow: UnitOfWork, practice_id: UUID, change: ConsentChange, *, is_out: bool) -> bool:
    await queries.lock_number(uow, practice_id, change.contact_number)
    already_out = await queries.categories_out(uow, practice_id, change.contact_number)
    concerned = [category for category in Category if category in change.categories and (category in already_out) != is_out]
    for category in concerned:
        await queries.set_category(uow, practice_id, change, category=category, is_out=is_out)
    return bool(concerned)


async def _set_block(
    uow: UnitOfWork, practice_id: UUID, change: ConsentChange, *, write: Callable[..., Any], is_blocked: bool
) -> bool:
    await queries.lock_number(uow, practice_id, change.contact_number)
    if await queries.is_blocked(uow, practice_id, change) == is_blocked:
        return False
    await write(uow, practice_id, change)
    return True


async def _place(uow: UnitOfWork, practice_id: UUID, number_id: UUID) -> Place:
    row = await queries.place_of(uow, practice_id, number_id)
    return Place(row.number, row.country, row.timezone) if row else _NOWHERE


def _event_view(row: Row[Any]) -> ConsentEventView:
    return msgspec.convert({name: getattr(row, name) for name in ConsentEventView.__struct_fields__}, ConsentEventView)
