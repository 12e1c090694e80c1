"""The door every request passes: which session, whose, and may it do what the route names."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Scope
from sqlalchemy import update

from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.batching import Batcher
from pawline.platform.db import Database
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.errors import Forbidden, Locked, NotFound, Problem, StepUpNeeded
from pawline.platform.permissions import Permission
from pawline.platform.security import cookie_name, csrf_token, hash_secret, is_same, require_own_origin
from pawline.platform.settings import Settings
from pawline.sign_in.models import LoginSession
from pawline.sign_in.queries import Seat, seats_by_session, seats_by_token

APPS = ("staff", "owner")
IDLE = {"staff": timedelta(hours=12), "contact": timedelta(days=90)}
LONGEST = {"staff": timedelta(days=7), "contact": timedelta(days=365)}
LOCKS_AFTER = timedelta(minutes=10)
PROOF_LASTS = timedelta(minutes=15)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_SEEN_EVERY = timedelta(minutes=5)
_MOST_REMEMBERED = 5_000


class Gate:
    """Finds the actor behind a cookie, afresh for every request; look-ups that wait together share one statement."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self._database = database
        self._connection = DedicatedConnection(database.url, "pawline gate")
        self._rechecks = DedicatedConnection(database.url, "pawline access")
        self._one_recheck = asyncio.Lock()
        self._last_seats: dict[bytes, Seat] = {}
        self._lookups: Batcher[bytes, Seat | None] = Batcher(self._look_up, most=200)

    async def close(self) -> None:
        await self._lookups.drain()
        await self._connection.close()
        await self._rechecks.close()

    async def actor_by_secret(self, secret: str) -> Actor | None:
        """Nobody as long as the session is locked."""
        actor = await self.holder_of(secret)
        return None if actor is None or actor.is_locked else actor

    async def holder_of(self, secret: str) -> Actor | None:
        """Whose session it is, locked or not."""
        # An absent or odd secret must never match anything, so its shape is checked before the look-up.
        if not 40 <= len(secret) <= 64:
            return None
        token_hash = hash_secret(secret)
        seat = await self._lookups.submit(token_hash)
        self._remember(token_hash, seat)
        if seat is None:
            return None
        now = clock.now()
        if now - seat.last_seen_at > _SEEN_EVERY:
            await self._touch(seat, now)
        return seat.actor

    async def actors_by_session(self, session_ids: Sequence[UUID]) -> dict[UUID, Actor]:
        """The actors of those sessions that are still good, and not locked."""
        async with self._one_recheck:
            seats = await seats_by_session(self._rechecks, session_ids, clock.now())
        return {session_id: seat.actor for session_id, seat in seats.items() if not seat.actor.is_locked}

    async def actors_of(self, cookies: Mapping[str, str]) -> list[Actor]:
        """Everybody signed in with this browser, for links that cannot say which app they belong to."""
        found = [await self.actor_by_secret(cookies.get(cookie_name(self.settings, app), "")) for app in APPS]
        return [actor for actor in found if actor is not None]

    def secret_of(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> str:
        """The session secret of the app that the request names, or of the only one signed in; empty when none."""
        named = headers.get("x-pawline-app")
        apps = (named,) if named in APPS else APPS
        return next((secret for app in apps if (secret := cookies.get(cookie_name(self.settings, app)))), "")

    async def enter(
        self, connection: ASGIConnection[Any, Any, Any, Any], permission: Permission, *, even_locked: bool = False
    ) -> Actor:
        """
        Raises:
            NotFound: nobody is signed in; to them nothing here exists.
            Locked: it is a shared front desk, and has to be unlocked.
            StepUpNeeded: too long ago that this contact proved who they are.
        """
        secret = self.secret_of(connection.headers, connection.cookies)
        actor = await self.holder_of(secret)
        if actor is None:
            raise NotFound
        changes = cast("dict[str, Any]", connection.scope)["method"] not in _SAFE_METHODS
        if changes:
            self._require_meant(connection, secret)
        if actor.is_locked and not even_locked:
            raise Locked
        permission.require(actor)
        if changes and permission.value.needs_proof:
            require_proof(actor)
        return actor

    def presume(self, connection: ASGIConnection[Any, Any, Any, Any], permission: Permission) -> Actor | None:
        """Who this was at their last request, for a statement that finds out by itself whether they still are.

        None: nobody knows, or something is not as it should be; ``enter`` says what.
        """
        secret = self.secret_of(connection.headers, connection.cookies)
        seat = self._last_seats.get(hash_secret(secret))
        if seat is None or clock.now() - seat.last_seen_at > _SEEN_EVERY:
            return None
        if seat.actor.is_locked:
            return None
        if seat.actor.role is Role.BASIC:  # whom they may see today, no statement finds out by itself
            return None
        try:
            self._require_meant(connection, secret)
            permission.require(seat.actor)
        except Problem:
            return None
        return seat.actor

    def _remember(self, token_hash: bytes, seat: Seat | None) -> None:
        self._last_seats.pop(token_hash, None)
        if seat is not None:
            self._last_seats[token_hash] = seat
        if len(self._last_seats) > _MOST_REMEMBERED:
            del self._last_seats[next(iter(self._last_seats))]

    def _require_meant(self, connection: ASGIConnection[Any, Any, Any, Any], secret: str) -> None:
        require_own_origin(self.settings, connection.headers)
        if not is_same(connection.headers.get("x-csrf-token", ""), csrf_token(secret)):
            raise Forbidden("This page has been open since before you signed in. Reload it and try again.")

    async def _look_up(self, token_hashes: Sequence[bytes]) -> list[Seat | Exception | None]:
        found = await seats_by_token(self._connection, token_hashes, clock.now())
        return [found.get(token_hash) for token_hash in token_hashes]

    async def _touch(self, seat: Seat, now: datetime) -> None:
        actor = seat.actor
        async with self._database.transaction() as uow:
            await uow.execute(
                update(LoginSession)
                .where(LoginSession.practice_id == actor.practice_id, LoginSession.id == actor.session_id)
                .values(last_seen_at=now, idle_until=now + IDLE[actor.kind])
            )


def require_proof(actor: Actor) -> None:
    """Of contacts alone: a session of theirs lasts a year, and nobody knows who holds the phone by now."""
    if not actor.is_staff and not is_proven(actor):
        raise StepUpNeeded


def is_proven(actor: Actor) -> bool:
    return actor.proven_at is not None and clock.now() - actor.proven_at <= PROOF_LASTS


def requires(
    permission: Permission, *, even_locked: bool = False
) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]:
    """A guard for routes; the actor it found is the route's ``actor`` dependency. ``even_locked``: the way out of a lock."""

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        gate = cast("Gate", connection.app.state.gate)
        connection.scope["state"]["actor"] = await gate.enter(connection, permission, even_locked=even_locked)

    guard.permission = permission  # type: ignore[attr-defined]  # read when docs/permissions.md is made
    return guard


async def provide_actor(scope: Scope) -> Actor:
    return cast("Actor", scope["state"]["actor"])
