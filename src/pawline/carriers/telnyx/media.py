"""Fetch files that came with a text, from the carrier's own hosts and from nowhere else."""

from collections.abc import AsyncIterator

import httpx

from pawline.carriers import exchange
from pawline.carriers.interface import CarrierFailed, MediaLink
from pawline.carriers.telnyx.account import Account
from pawline.carriers.telnyx.api import Api

MOST_REDIRECTS = 3


async def fetch_media(api: Api, link: MediaLink) -> AsyncIterator[bytes]:
    url = _require_own(api.account, link.url)
    for _ in range(1 + MOST_REDIRECTS):
        # Files lie at an address that cannot be guessed; only the API itself is shown who we are.
        credentials = api.credentials() if _is_api(api.account, url) else {}
        # Uncompressed, so that a small answer cannot unfold into a large one.
        request = api.client.build_request("GET", url, headers={**credentials, "Accept-Encoding": "identity"})
        try:
            async with exchange.stream(api.client, api.record, request, auth=None) as response:
                if not response.has_redirect_location:
                    async for part in _read(response):
                        yield part
                    return
                url = _require_own(api.account, response.headers["location"], seen_at=url)
        except httpx.HTTPError as error:
            raise CarrierFailed("The carrier did not hand out a file that came with a text.") from error
    raise CarrierFailed("The carrier sends us from one address to the next for a file that came with a text.")


async def _read(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.status_code != 200:
        raise CarrierFailed(f"The carrier has no file where it said it would be (status {response.status_code}).")
    async for part in response.aiter_raw():
        yield part


def _require_own(account: Account, address: str, *, seen_at: httpx.URL | None = None) -> httpx.URL:
    try:
        url = seen_at.join(address) if seen_at else httpx.URL(address)
    except httpx.InvalidURL as error:
        raise CarrierFailed("A text came with an address that is none.") from error
    is_of_vendor = url.scheme == "https" and url.port is None and f".{url.host}".endswith(".telnyx.com")
    if url.userinfo or not (is_of_vendor or _is_api(account, url)):
        raise CarrierFailed(f"A text came with a file that does not lie at the carrier but at {url.host}.")
    return url


def _is_api(account: Account, url: httpx.URL) -> bool:
    api = account.base_url
    return (url.scheme, url.host, url.port) == (api.scheme, api.host, api.port)
