"""One request to a carrier and its answer, and the record of both that is fit to be kept: what every vendor folder shares."""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import parse_qsl

import httpx

from pawline.carriers.interface import Exchange, RecordExchange

LONGEST_KEPT = 4000  # characters; the rest of an answer is an error page or a long list
HIDDEN = "…"
MESSAGE_FIELDS = {"body", "text"}
# The address for receipts ends in a code that proves it is ours.
ADDRESS_FIELDS = {"statuscallback", "statuscallbackurl", "webhookurl", "webhookfailoverurl"}
SECRET_FIELDS = {
    "apikey",
    "apisecret",
    "authorization",
    "authtoken",
    "accesstoken",
    "password",
    "privatekey",
    "secret",
    "sig",
    "signature",
    "token",
}
# E.164 in plain or percent-encoded spelling, bare digits (some carriers leave out the plus), and North American spelling.
# Digits inside a longer word are somebody's id.
PHONE_NUMBER = re.compile(
    r"(?:\+|%2B)\d[\d ().-]{5,18}\d|(?<![\w.-])\d{7,15}(?![\w-])|(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])",
    re.IGNORECASE,
)


async def call(
    client: httpx.AsyncClient,
    record: RecordExchange,
    request: httpx.Request,
    *,
    reference: str = "",
    timeout_seconds: float = 20,
) -> httpx.Response:
    """Send ``request`` and read the whole answer; both are recorded, also when no answer comes.

    ``timeout_seconds`` bounds all of it, where httpx bounds each step. Raises nothing but httpx.HTTPError.
    Redirects are not followed.
    """
    started_at = time.monotonic()
    try:
        response = await _send_within(timeout_seconds, client, request)
    except httpx.HTTPError as error:
        await record(_unanswered(request, type(error).__name__, started_at, reference=reference))
        raise
    await record(_answered(response, _readable(response.text, response.headers), started_at, reference=reference))
    return response


async def _send_within(timeout_seconds: float, client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    try:
        async with asyncio.timeout(timeout_seconds):
            return await client.send(request, follow_redirects=False)
    except TimeoutError as error:
        raise httpx.ReadTimeout("no whole answer in time", request=request) from error


@asynccontextmanager
async def stream(
    client: httpx.AsyncClient, record: RecordExchange, request: httpx.Request, *, auth: httpx.Auth | None
) -> AsyncGenerator[httpx.Response]:
    """Like ``call``, for files: the answer's body is the caller's to read, and no part of it is recorded.

    ``auth`` None sends no credentials, whatever the client has.
    """
    started_at = time.monotonic()
    try:
        response = await client.send(request, stream=True, auth=auth, follow_redirects=False)
    except httpx.HTTPError as error:
        await record(_unanswered(request, type(error).__name__, started_at))
        raise
    try:
        answer = f"{response.headers.get('content-type', 'file')}, {response.headers.get('content-length', 'unknown')} bytes"
        await record(_answered(response, answer, started_at))
        yield response
    finally:
        await response.aclose()


def retry_after_seconds(response: httpx.Response) -> float | None:
    """What the carrier asks for, in seconds or as a date; a date counts from the answer's own, whatever our clock says."""
    asked = response.headers.get("retry-after", "")
    if asked.isascii() and asked.isdecimal():
        return float(asked)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(response.headers.get("date", ""))
    except (ValueError, TypeError):  # the second: one date has a zone and the other has not
        return None
    return max(0.0, wait.total_seconds())


def _answered(response: httpx.Response, answer: str, started_at: float, *, reference: str = "") -> Exchange:
    exchange = _unanswered(response.request, answer, started_at, reference=reference)
    return replace(exchange, status=response.status_code)


def _unanswered(request: httpx.Request, problem: str, started_at: float, *, reference: str = "") -> Exchange:
    return Exchange(
        method=request.method,
        url=redact_url(request.url),
        request=_readable(request.content.decode(errors="replace"), request.headers),
        status=None,
        answer=problem,
        seconds=time.monotonic() - started_at,
        reference=reference,
    )


def redact_url(url: httpx.URL) -> str:
    """Without user and password; numbers and secrets in path and query are hidden."""
    query = redact_form(url.query.decode()) if url.query else ""
    return f"{url.scheme}://{url.netloc.decode()}{shorten_numbers(url.path)}{'?' if query else ''}{query}"


def redact_form(form: str) -> str:
    """For people's eyes: percent-encoding is undone."""
    return "&".join(f"{name}={_redact_text(name, value)}" for name, value in parse_qsl(form, keep_blank_values=True))


def redact_json(text: str) -> str:
    """Raises ValueError when it is not JSON."""
    return json.dumps(_redact("", json.loads(text)), ensure_ascii=False)


def shorten_numbers(text: str) -> str:
    return PHONE_NUMBER.sub(lambda found: HIDDEN + found[0][-4:], text)


def _readable(text: str, headers: Mapping[str, str]) -> str:
    return _redact_body(text, headers.get("content-type", ""))[:LONGEST_KEPT]


def _redact_body(text: str, media_type: str) -> str:
    if "form-urlencoded" in media_type:
        return redact_form(text)
    try:
        return redact_json(text)
    except ValueError:
        return shorten_numbers(text)


def _redact(name: str, value: object) -> object:
    if isinstance(value, dict):
        return {key: _redact(key, part) for key, part in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_redact(name, part) for part in cast("list[object]", value)]
    return _redact_text(name, value) if isinstance(value, str) else value


def _redact_text(name: str, value: str) -> str:
    plain_name = name.replace("_", "").replace("-", "").lower()
    if plain_name in SECRET_FIELDS:
        return HIDDEN
    if plain_name in MESSAGE_FIELDS:
        return f"({len(value)} characters)"
    if plain_name in ADDRESS_FIELDS:
        return f"{value.rpartition('/')[0]}/{HIDDEN}"
    return shorten_numbers(value)
