"""Files that came with a text: at the carrier's own addresses, which cannot be guessed."""

from collections.abc import AsyncIterator, Mapping

import httpx

from pawline.carriers.interface import MediaLink
from pawline.carriers.media import MediaSource, stream_media
from pawline.carriers.telnyx.api import Api

DOMAINS = (".telnyx.com",)


def fetch_media(api: Api, link: MediaLink) -> AsyncIterator[bytes]:
    def credentials(url: httpx.URL) -> Mapping[str, str]:
        # Only the API itself is shown who we are.
        return api.credentials() if source.is_api(url) else {}

    source = MediaSource(client=api.client, record=api.record, api=api.account.base_url, domains=DOMAINS, credentials=credentials)
    return stream_media(source, link)
