"""Web push: browsers that asked for it are told of a new message at once. Never relied on; the e-mail follows if need be."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import http_ece  # pyright: ignore[reportMissingTypeStubs]
import httpx
import msgspec
import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text

from pawline.notifications.finding import FOLDER, UNREAD_FOR_CONTACT
from pawline.notifications.owner_paths import owner_path
from pawline.notifications.push_addresses import NotPublic, public_address
from pawline.notifications.push_keys import PushIdentity
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.money import format_money
from pawline.platform.settings import Settings
from pawline.platform.tracing import span

FIND_PUSHES = FOLDER.joinpath("find_pushes.sql").read_text().replace("{unread_for_contact}", UNREAD_FOR_CONTACT)
LATEST = timedelta(seconds=60)
SETTLED = timedelta(seconds=2)
MOST_READ = 50
_KEPT_SECONDS = 4 * 3600
_TIMEOUT_SECONDS = 10
_AT_ONCE = 16
_GONE = frozenset({404, 410})
_log = structlog.get_logger()

_ANY = text("SELECT EXISTS (SELECT FROM push_subscription)")  # tenancy: asks only whether there is work at any practice
_FIND = text(FIND_PUSHES)
_FACTS = text("""
SELECT s.practice_id, s.endpoint, s.browser_key, s.browser_secret, y.name AS practice_name, c.language, e.id AS pet_id,
    e.name AS pet_name, s.practice_id <> t.practice_id AS is_elsewhere, q.amount_minor, q.currency
FROM push_subscription s
JOIN thread t ON t.practice_id = :practice_id AND t.id = :thread_id
JOIN practice y ON y.id = t.practice_id
JOIN login_session l ON l.practice_id = s.practice_id AND l.id = s.session_id
JOIN contact c ON c.practice_id = l.practice_id AND c.id = l.person_id
LEFT JOIN message b ON b.practice_id = t.practice_id AND b.thread_id = t.id AND b.seq = :up_to_seq
LEFT JOIN payment_request q ON q.practice_id = b.practice_id AND q.message_id = b.id AND q.state = 'requested'
LEFT JOIN pet e ON e.practice_id = t.practice_id AND e.id = coalesce(
    (SELECT (array_agg(g.pet_id))[1]
        FROM message m
        JOIN message_pet g ON g.practice_id = m.practice_id AND g.message_id = m.id
        WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.seq = :up_to_seq
        HAVING count(*) = 1),
    (SELECT (array_agg(o.id))[1] FROM pet o
        WHERE o.practice_id = t.practice_id AND o.family_id = t.family_id AND o.died_on IS NULL HAVING count(*) = 1))
WHERE s.id = :subscription_id
""")
_FORGET = text("DELETE FROM push_subscription WHERE practice_id = :practice_id AND id = :subscription_id")

_BODIES = {"en": ("New message about {pet}", "New message"), "es": ("Mensaje nuevo sobre {pet}", "Mensaje nuevo")}
_ASKED = {
    "en": ("Payment request about {pet}: {amount}", "Payment request: {amount}"),
    "es": ("Solicitud de pago sobre {pet}: {amount}", "Solicitud de pago: {amount}"),
}

FindAddress = Callable[[str, int], Awaitable[str]]


class PushWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the browser shows. Never what was written, nor what a payment is for: a locked phone shows it to whoever looks.

    ``path``: what it opens; the owner's thread where it says nothing. ``is_elsewhere``: at another of the owner's practices
    than the one that the app shows.
    """

    title: str
    body: str
    thread_id: str
    path: str = ""
    is_elsewhere: bool = False


class WebPush:
    """Run as many as you like, in any process. ``find_address`` says where a push service's name leads."""

    def __init__(self, settings: Settings, database: Database, *, find_address: FindAddress = public_address) -> None:
        self._identity = PushIdentity(settings)
        self._database = database
        self._find_address = find_address
        self._client = httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, follow_redirects=False, trust_env=False)
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def close(self) -> None:
        await self._client.aclose()

    async def push_now(self) -> bool:
        """Tell all who are due; False, for nothing is left then.

        What could not be delivered is not tried again: the next message rings again, and the e-mail tells of this one.
        """
        now = clock.now()
        values = {"since": now - LATEST, "settled": now - SETTLED, "now": now, "most_read": MOST_READ}
        async with self._database.transaction() as uow:
            if not (await uow.execute(_ANY)).scalar_one():
                return False
            found: Sequence[Any] = (await uow.execute(_FIND, values)).all()
        await asyncio.gather(*(self._push(row) for row in found))
        return False

    async def _push(self, told: Any) -> None:
        thread = {"practice_id": told.practice_id, "thread_id": told.thread_id, "up_to_seq": told.up_to_seq}
        async with self._database.transaction() as uow:
            facts = (await uow.execute(_FACTS, {**thread, "subscription_id": told.subscription_id})).one_or_none()
        if facts is not None:
            key = {"practice_id": facts.practice_id, "subscription_id": told.subscription_id}
            await self.tell(key, facts, _words(facts, told.thread_id))

    async def tell(self, key: dict[str, Any], facts: Any, words: PushWords) -> None:
        """``key`` of the subscription; ``facts`` has its ``endpoint`` and keys. A subscription that is gone is forgotten."""
        async with self._room:
            status = await self._send(facts, words)
        if status in _GONE:
            async with self._database.transaction() as uow:
                await uow.execute(_FORGET, key)

    async def _send(self, facts: Any, words: PushWords) -> int | None:
        """The push service's answer; None: there was none."""
        url = httpx.URL(facts.endpoint)
        try:
            address = await self._find_address(url.host, url.port or 443)
            request = self._client.build_request(
                "POST",
                url.copy_with(host=address),
                content=encrypt(facts.browser_key, facts.browser_secret, msgspec.json.encode(words)),
                headers={**self._headers(facts.endpoint, words.thread_id), "Host": url.netloc.decode()},
                # The certificate has to be that of the name, not of the address.
                extensions={"sni_hostname": url.host},
            )
            with span("push"):
                response = await self._client.send(request)
        except (httpx.HTTPError, NotPublic) as error:
            _log.warning("push_not_sent", host=url.host, error=type(error).__name__)
            return None
        if response.is_error:
            _log.warning("push_refused", host=url.host, status=response.status_code)
        return response.status_code

    def _headers(self, endpoint: str, thread_id: str) -> dict[str, str]:
        return {
            "Authorization": self._identity.authorization(endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_KEPT_SECONDS),
            "Urgency": "high",
            # Of several that wait for a phone without network, the last one is enough. Base64url, 32 characters at most.
            "Topic": thread_id.replace("-", ""),
        }


def encrypt(browser_key: bytes, browser_secret: bytes, content: bytes) -> bytes:
    """So that only that browser can read it, and not the push service on the way (RFC 8291)."""
    own_key = ec.generate_private_key(ec.SECP256R1())
    encrypted = http_ece.encrypt(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        content, private_key=own_key, dh=browser_key, auth_secret=browser_secret, version="aes128gcm"
    )
    return cast(bytes, encrypted)


def _words(facts: Any, thread_id: UUID) -> PushWords:
    about_pet, about_nothing = (_ASKED if facts.amount_minor else _BODIES)[facts.language]
    amount = format_money(facts.amount_minor, facts.currency, facts.language) if facts.amount_minor else ""
    body = (about_pet if facts.pet_name else about_nothing).format(pet=facts.pet_name, amount=amount)
    path = owner_path(thread_id, facts.pet_id)
    return PushWords(facts.practice_name, body, str(thread_id), path, is_elsewhere=facts.is_elsewhere)
