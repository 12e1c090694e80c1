"""Whoever takes the money for this installation, for the length of a block."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pawline.payments.interface import Provider
from pawline.platform.errors import NotFound
from pawline.platform.settings import Settings


@asynccontextmanager
async def provider_of(settings: Settings) -> AsyncGenerator[Provider]:
    """Raises NotFound where nobody can be paid."""
    if settings.payments is None:
        raise NotFound
    from pawline.payments.stripe.adapter import Adapter  # noqa: PLC0415 - words: 11 MiB that few processes ever need

    provider = Adapter(settings.payments)
    try:
        yield provider
    finally:
        await provider.close()
