"""Files that came with a text. The API wants our credentials and points to a file server, which must not get them."""

from collections.abc import AsyncIterator

import httpx

from pawline.carriers.exchange import stream
from pawline.carriers.interface import CarrierFailed, MediaLink
from pawline.carriers.twilio.api import Api

FILE_HOSTS = {"media.twiliocdn.com", "mms.twiliocdn.com"}
OWN_DOMAIN = ".twilio.com"


async def fetch_media(api: Api, link: MediaLink) -> AsyncIterator[bytes]:
    url = _url(link.url)
    if not _is_api(api, url):
        raise CarrierFailed("A file is not at the carrier's own address.")
    try:
        async with stream(api.client, api.record, _get(api, url), auth=api.client.auth) as response:
            if response.status_code not in {301, 302, 303, 307, 308}:
                async for chunk in _file(response):
                    yield chunk
                return
            url = require_file_server(api, url.join(_url(response.headers.get("location", ""))))
        async with stream(api.client, api.record, _get(api, url), auth=None) as response:
            async for chunk in _file(response):
                yield chunk
    except httpx.HTTPError as error:
        raise CarrierFailed(f"A file could not be fetched ({type(error).__name__}).") from error


def _get(api: Api, url: httpx.URL) -> httpx.Request:
    # Uncompressed, so that a small answer cannot unfold into a large one.
    return api.client.build_request("GET", url, headers={"Accept": "*/*", "Accept-Encoding": "identity"})


async def _file(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.status_code != 200:
        raise CarrierFailed(f"A file could not be fetched: the carrier answered {response.status_code}.")
    async for chunk in response.aiter_raw():
        yield chunk


def _url(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except httpx.InvalidURL as error:
        raise CarrierFailed("A file's address cannot be read.") from error


def _is_api(api: Api, url: httpx.URL) -> bool:
    own = httpx.URL(api.account.base_url)
    return (own.scheme, own.host, own.port) == (url.scheme, url.host, url.port)


def require_file_server(api: Api, url: httpx.URL) -> httpx.URL:
    is_known = url.scheme == "https" and (url.host in FILE_HOSTS or url.host.endswith(OWN_DOMAIN)) and url.port is None
    if not (is_known or _is_api(api, url)) or url.userinfo:
        raise CarrierFailed("The carrier points to a file at an unknown address.")
    return url
