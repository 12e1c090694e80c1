"""Waiting for something that another process does."""

import asyncio
import time
from collections.abc import Callable

# Tells "it hangs" from "the machine is busy"; how fast it is, is measured by the bench and not asserted here.
HANG_SECONDS = 30
# How much longer than promised it may take where several tests share two cores. What it took is told in any case.
BUSY = 3


async def until(is_so: Callable[[], bool], *, seconds: float) -> float:
    """The seconds it took. Raises TimeoutError."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > seconds:
            raise TimeoutError
        await asyncio.sleep(0.01)
    return time.monotonic() - begun
