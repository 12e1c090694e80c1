"""Look-ups of sessions. They name tables of several features in plain SQL: one round trip serves every request."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pawline.platform.actor import Actor, Role
from pawline.platform.dedicated import DedicatedConnection
from pawline.sign_in.reach import REACH, build_reach

# tenancy: a session is found by its secret, which is what says which practice it belongs to; all else hangs on its practice_id.
_ACTORS = """
SELECT s.token_hash, s.practice_id, s.id, s.person_id, s.last_seen_at, s.locks_at,
    coalesce(s.proven_at, s.created_at) AS proven_at, p.kind, p.name, m.role, c.family_id,
    CASE m.role
        WHEN 'practice_owner' THEN ARRAY(SELECT k.id FROM clinic k WHERE k.practice_id = s.practice_id)
        ELSE ARRAY(SELECT k.clinic_id FROM staff_clinic k WHERE k.practice_id = s.practice_id AND k.staff_id = s.person_id)
    END AS clinic_ids,
    ARRAY(SELECT b.blocked_id FROM person_block b
          WHERE b.practice_id = s.practice_id AND b.blocker_id = s.person_id ORDER BY b.blocked_id) AS blocked_ids,
    ARRAY(SELECT b.since FROM person_block b
          WHERE b.practice_id = s.practice_id AND b.blocker_id = s.person_id ORDER BY b.blocked_id) AS blocked_since,
    CASE m.role WHEN 'basic' THEN ({reach}) END AS reach
FROM login_session s
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.person_id
LEFT JOIN staff_member m ON m.practice_id = s.practice_id AND m.id = s.person_id AND m.left_at IS NULL
LEFT JOIN contact c ON c.practice_id = s.practice_id AND c.id = s.person_id AND c.role IN ('primary', 'secondary')
WHERE {condition} AND s.revoked_at IS NULL AND s.idle_until > %(now)s AND s.expires_at > %(now)s
    AND (m.id IS NOT NULL OR c.id IS NOT NULL)
"""
_BY_TOKEN = _ACTORS.format(reach=REACH, condition="s.token_hash = ANY(%(keys)s)")
_BY_SESSION = _ACTORS.format(reach=REACH, condition="s.id = ANY(%(keys)s)")


class Seat:
    """A live session: its actor, and when it was last seen."""

    __slots__ = ("actor", "last_seen_at")

    def __init__(self, row: Any, now: datetime) -> None:
        self.last_seen_at: datetime = row.last_seen_at
        kind: Literal["staff", "contact"] = row.kind
        self.actor = Actor(
            practice_id=row.practice_id,
            person_id=row.person_id,
            session_id=row.id,
            kind=kind,
            name=row.name,
            role=Role(row.role) if row.role else None,
            clinic_ids=tuple(row.clinic_ids),
            family_id=row.family_id,
            blocked=tuple(zip(row.blocked_ids, row.blocked_since, strict=True)),
            reach=build_reach(row.reach, now) if row.reach else (),
            locks_at=row.locks_at,
            proven_at=row.proven_at,
        )


async def seats_by_token(connection: DedicatedConnection, token_hashes: Sequence[bytes], now: datetime) -> dict[bytes, Seat]:
    rows = await connection.fetch(_BY_TOKEN, {"keys": list(token_hashes), "now": now})
    return {row.token_hash: Seat(row, now) for row in rows}


async def seats_by_session(connection: DedicatedConnection, session_ids: Sequence[UUID], now: datetime) -> dict[UUID, Seat]:
    rows = await connection.fetch(_BY_SESSION, {"keys": list(session_ids), "now": now})
    return {row.id: Seat(row, now) for row in rows}
