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
from pawline.platform.errors import Forbidden, NotFound, Problem
from pawline.platform.permissions import Permission
from pawline.platform.security import cookie_name, csrf_token, hash_secret, is_same, require_own_origin
from pawline.platform.settings import Settings
from pawline.sign_in.models import LoginSession
from pawline.sign_in.queries import Seat, seats_by_session, seats_by_token

APPS = ("staff", "owner")
IDLE = {"staff": timedelta(hours=12), "contact": timedelta(days=90)}
LONGEST = {"staff": timedelta(days=7), "contact": timedelta(days=365)}
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
        """The actors of those sessions that are still good."""
        async with self._one_recheck:
            seats = await seats_by_session(self._rechecks, session_ids, clock.now())
        return {session_id: seat.actor for session_id, seat in seats.items()}

    async def actors_of(self, cookies: Mapping[str, str]) -> list[Actor]:
        """Everybody signed in with this browser, for links that cannot say which app they belong to."""
        found = [await self.actor_by_secret(cookies.get(cookie_name(self.settings, app), "")) for app in APPS]
        return [actor for actor in found if actor is not None]

    def secret_of(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> str:
        """The session secret of the app that the request names, or of the only one signed in; empty when none."""
        named = headers.get("x-pawline-app")
        apps = (named,) if named in APPS else APPS
        return next((secret for app in apps if (secret := cookies.get(cookie_name(self.settings, app)))), "")

    async def enter(self, connection: ASGIConnection[Any, Any, Any, Any], permission: Permission) -> Actor:
        """Raises NotFound for whoever is not signed in: to them nothing here exists."""
        secret = self.secret_of(connection.headers, connection.cookies)
        actor = await self.actor_by_secret(secret)
        if actor is None:
            raise NotFound
        if cast("dict[str, Any]", connection.scope)["method"] not in _SAFE_METHODS:
            self._require_meant(connection, secret)
        permission.require(actor)
        return actor

    def presume(self, connection: ASGIConnection[Any, Any, Any, Any], permission: Permission) -> Actor | None:
        """Who this was at their last request, for a statement that finds out by itself whether they still are.

        None: nobody knows, or something is not as it should be; ``enter`` says what.
        """
        secret = self.secret_of(connection.headers, connection.cookies)
        seat = self._last_seats.get(hash_secret(secret))
        if seat is None or clock.now() - seat.last_seen_at > _SEEN_EVERY:
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


def requires(permission: Permission) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]:
    """A guard for routes; the actor it found is the route's ``actor`` dependency."""

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        gate = cast("Gate", connection.app.state.gate)
        connection.scope["state"]["actor"] = await gate.enter(connection, permission)

    guard.permission = permission  # type: ignore[attr-defined]  # read when docs/permissions.md is made
    return guard


async def provide_actor(scope: Scope) -> Actor:
    return cast("Actor", scope["state"]["actor"])
