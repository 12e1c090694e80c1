"""A brake on addresses that ask for links which lead nowhere."""

from collections import OrderedDict
from datetime import datetime, timedelta

from pawline.platform import clock
from pawline.platform.errors import TooManyRequests

WINDOW = timedelta(minutes=10)
MOST = 60
_MOST_ADDRESSES = 10_000


class LinkTries:
    """Held by each process for itself: a token of 256 random bits cannot be guessed, so this spares the database, no more.

    That is also why it does not use the lock-out of sign-ins, which writes a row for each try.
    """

    def __init__(self) -> None:
        # By address: since when, and how many. The longest unseen address goes first when there are too many.
        self._misses: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def require_few(self, address: str) -> None:
        since, misses = self._misses.get(address, (clock.now(), 0))
        wait = since + WINDOW - clock.now()
        if wait > timedelta() and misses >= MOST:
            sentence = "Too many links that do not work were opened from your network. Please wait a few minutes and try again."
            raise TooManyRequests(sentence, retry_after_seconds=max(1, int(wait.total_seconds())))

    def count_miss(self, address: str) -> None:
        now = clock.now()
        since, misses = self._misses.pop(address, (now, 0))
        self._misses[address] = (since, misses + 1) if now - since < WINDOW else (now, 1)
        if len(self._misses) > _MOST_ADDRESSES:
            self._misses.popitem(last=False)
