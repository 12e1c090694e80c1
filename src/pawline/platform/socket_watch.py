"""Waiting for a socket, over and over again."""

import asyncio


class SocketWatch:
    """Stays registered with the event loop: to register anew for each answer takes longer than many an answer.

    One waits at a time.
    """

    def __init__(self, fileno: int, *, longest_seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._fileno = fileno
        self._longest_seconds = longest_seconds
        self._waiting: asyncio.Future[None] | None = None
        self._is_reading = False
        self._since = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    async def ready(self, *, for_writing: bool) -> None:
        """Wait until there is something to read, or room to write. Raises TimeoutError when there is not for too long."""
        self._listen()
        self._waiting = self._loop.create_future()
        if for_writing:
            self._loop.add_writer(self._fileno, self._wake)
        try:
            await self._waiting
        finally:
            self._waiting = None
            if for_writing:
                self._loop.remove_writer(self._fileno)

    def close(self) -> None:
        """To be called before the socket is closed."""
        self._stop_reading()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _listen(self) -> None:
        self._since = self._loop.time()
        if self._alarm is None:
            self._alarm = self._loop.call_later(self._longest_seconds, self._ring)
        if not self._is_reading:
            self._is_reading = True
            self._loop.add_reader(self._fileno, self._wake)

    def _wake(self) -> None:
        if self._waiting is None:
            # Nobody takes what came, most likely the end of the connection: it would call again and again.
            self._stop_reading()
        elif not self._waiting.done():
            self._waiting.set_result(None)

    def _ring(self) -> None:
        """One alarm serves many waits; it is set anew for the latest one, and not at all when nobody waits."""
        self._alarm = None
        if self._waiting is None:
            return
        left = self._since + self._longest_seconds - self._loop.time()
        if left > 0:
            self._alarm = self._loop.call_later(left, self._ring)
        elif not self._waiting.done():
            self._waiting.set_exception(TimeoutError())

    def _stop_reading(self) -> None:
        if self._is_reading:
            self._is_reading = False
            self._loop.remove_reader(self._fileno)
