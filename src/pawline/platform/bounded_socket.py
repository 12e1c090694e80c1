"""A WebSocket whose reader may stop reading, yet not for ever, and to which ready-made frames can be written."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

STALLED_SECONDS = 30.0
_EXTENSION = "pawline.ready_frames"

WriteNow = Callable[[bytes], bool]


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """Cuts the line when nothing of what waits has been taken for STALLED_SECONDS.

    An orderly close would wait for the very flush that cannot happen.
    """

    _stalled: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        self.scope["extensions"] = {**(self.scope.get("extensions") or {}), _EXTENSION: {"write_now": self.write_now}}
        await super().run_asgi()

    def write_now(self, frame: bytes) -> bool:
        """Write a whole encoded frame past the ASGI message, which would be encoded anew for each socket.

        False: nothing was written, for the line is not open or has to drain first. Never cuts into another frame,
        as uvicorn hands every frame to the transport in the step that makes it.
        """
        if self.conn.state is not State.OPEN or not self.writable.is_set() or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(STALLED_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _forget(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def writer_of(scope: Mapping[str, Any]) -> WriteNow:
    """The ``write_now`` of the socket; under another server one that never writes."""
    extensions: dict[str, dict[str, WriteNow]] = scope.get("extensions") or {}
    return extensions.get(_EXTENSION, {}).get("write_now", _never)


def _never(_frame: bytes) -> bool:
    return False
