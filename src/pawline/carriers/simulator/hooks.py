"""Requests to the product: signed, repeated until it takes them, and badly treated by the weather."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag
from uuid import uuid4

import httpx

from pawline.carriers.simulator.events import Events
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.carriers.simulator.signature import build_signature
from pawline.carriers.simulator.weather import Sky

LONGEST_PAUSE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Hook:
    """A request to make. ``on_arrival`` is called each time the product took a genuine one."""

    url: str
    fields: Mapping[str, str]
    on_arrival: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class HookAnswer:
    status: int
    body: str

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300


class Hooks:
    def __init__(self, settings: SimulatorSettings, sky: Sky, events: Events) -> None:
        self._settings = settings
        self._sky = sky
        self._events = events
        self._client = httpx.AsyncClient(timeout=settings.hook_timeout_seconds, trust_env=False)

    async def close(self) -> None:
        await self._client.aclose()

    async def post(self, hook: Hook) -> HookAnswer | None:
        """The product's answer below 500, or None when it gave none in all the times it was asked."""
        url, fragment = urldefrag(hook.url)
        hook = Hook(url, hook.fields, hook.on_arrival)
        retries = _retries_in(fragment, self._settings.hook_retries)
        token = str(uuid4())
        if self._sky.happens(self._sky.weather.wrong_signatures):
            await self._post_forged(hook, token)
        for attempt in range(retries + 1):
            answer = await self._post_once(hook, token, auth_token=self._settings.auth_token)
            if answer is not None and answer.status < 500:
                if not answer.is_taken:
                    return answer
                hook.on_arrival()
                if attempt == retries or not self._sky.happens(self._sky.weather.lost_hook_answers):
                    return answer
                self._events.log("answer lost on the way, asking again")
            if attempt < retries:
                await asyncio.sleep(self._pause(attempt))
        return None

    async def _post_forged(self, hook: Hook, token: str) -> None:
        answer = await self._post_once(hook, token, auth_token="somebody-else")  # noqa: S106 - wrong on purpose
        self._events.log(f"wrong signature → {answer.status if answer else 'no answer'}")

    async def _post_once(self, hook: Hook, token: str, *, auth_token: str) -> HookAnswer | None:
        headers = {
            "X-Twilio-Signature": build_signature(auth_token, hook.url, hook.fields),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
        }
        started = time.perf_counter()
        try:
            response = await self._client.post(hook.url, data=dict(hook.fields), headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._events.log(f"→ no answer ({type(error).__name__})")
            return None
        milliseconds = (time.perf_counter() - started) * 1000
        self._events.log(f"→ {response.status_code} in {milliseconds:.0f} ms")
        return HookAnswer(response.status_code, response.text)

    def _pause(self, attempt: int) -> float:
        return min(LONGEST_PAUSE_SECONDS, self._sky.scaled(self._settings.hook_retry_seconds * 2**attempt))


def _retries_in(fragment: str, default: int) -> int:
    """``#rc=3`` on the address says how often the request is repeated; at most 5, as the real carrier does."""
    wanted = parse_qs(fragment).get("rc", [""])[0]
    return min(5, int(wanted)) if wanted.isdecimal() else default
