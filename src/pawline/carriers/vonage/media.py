"""Files that came with a text: handed out to the application they were meant for alone."""

from collections.abc import AsyncIterator

from pawline.carriers.interface import MediaLink
from pawline.carriers.media import MediaSource, stream_media
from pawline.carriers.vonage.api import Api

DOMAINS = (".nexmo.com", ".vonage.com")


def fetch_media(api: Api, link: MediaLink) -> AsyncIterator[bytes]:
    source = MediaSource(
        client=api.client,
        record=api.record,
        api=api.account.base_url,
        domains=DOMAINS,
        credentials=lambda _: api.application_credentials(),
    )
    return stream_media(source, link)
