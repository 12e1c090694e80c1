"""Stands between a worker and the carrier: what is asked gets there, and no answer comes back."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


@asynccontextmanager
async def answers_held_back(carrier_url: str) -> AsyncGenerator[str]:
    """The address to ask instead of the carrier's own."""
    carrier = urlsplit(carrier_url)
    connections: set[asyncio.Task[None]] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        task.add_done_callback(connections.discard)
        _, to_carrier = await asyncio.open_connection(carrier.hostname, carrier.port)
        with suppress(OSError, asyncio.CancelledError):
            while data := await reader.read(64 * 1024):
                to_carrier.write(data)
                await to_carrier.drain()
            # Whoever asked is gone; the carrier does not notice at once.
            await asyncio.sleep(5)
        for side in (writer, to_carrier):
            side.transport.abort()

    server = await asyncio.start_server(carry, "127.0.0.1")
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
