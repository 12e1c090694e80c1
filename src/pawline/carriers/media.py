"""Files that came with a text, fetched from a carrier's own hosts and from nowhere else."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

import httpx

from pawline.carriers import exchange
from pawline.carriers.interface import CarrierFailed, MediaLink, RecordExchange

MOST_REDIRECTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSource:
    """Where a carrier keeps files: at its API, and on any host whose name ends in one of ``domains``.

    ``credentials`` are the headers that an address of those is shown; no other address is asked at all.
    """

    client: httpx.AsyncClient
    record: RecordExchange
    api: httpx.URL
    domains: tuple[str, ...]
    credentials: Callable[[httpx.URL], Mapping[str, str]]

    def is_api(self, url: httpx.URL) -> bool:
        return (url.scheme, url.host, url.port) == (self.api.scheme, self.api.host, self.api.port)

    def require_own(self, address: str, *, seen_at: httpx.URL | None = None) -> httpx.URL:
        try:
            url = seen_at.join(address) if seen_at else httpx.URL(address)
        except httpx.InvalidURL as error:
            raise CarrierFailed("A text came with an address that is none.") from error
        is_of_vendor = url.scheme == "https" and url.port is None and f".{url.host}".endswith(self.domains)
        if url.userinfo or not (is_of_vendor or self.is_api(url)):
            raise CarrierFailed(f"A text came with a file that does not lie at the carrier but at {url.host}.")
        return url


async def stream_media(source: MediaSource, link: MediaLink) -> AsyncIterator[bytes]:
    """Raises CarrierFailed for a file that is not the carrier's own, or that it does not hand out."""
    url = source.require_own(link.url)
    for _ in range(1 + MOST_REDIRECTS):
        # Uncompressed, so that a small answer cannot unfold into a large one.
        headers = {**source.credentials(url), "Accept-Encoding": "identity"}
        request = source.client.build_request("GET", url, headers=headers)
        try:
            async with exchange.stream(source.client, source.record, request, auth=None) as response:
                if not response.has_redirect_location:
                    async for part in _read(response):
                        yield part
                    return
                url = source.require_own(response.headers["location"], seen_at=url)
        except httpx.HTTPError as error:
            raise CarrierFailed("The carrier did not hand out a file that came with a text.") from error
    raise CarrierFailed("The carrier sends us from one address to the next for a file that came with a text.")


async def _read(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.status_code != 200:
        raise CarrierFailed(f"The carrier has no file where it said it would be (status {response.status_code}).")
    async for part in response.aiter_raw():
        yield part
