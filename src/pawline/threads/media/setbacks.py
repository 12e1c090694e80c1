"""Files that could not be prepared though nobody found fault with them."""

MOST_SETBACKS = 3
_MOST_FILES = 500


class Setbacks:
    """Counted by the file's checksum, as it comes again under other keys and names; of the newest files of this process."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def is_last(self, sha256: str) -> bool:
        """Count one more. True: it has been tried often enough."""
        self._counts[sha256] = self._counts.pop(sha256, 0) + 1
        if len(self._counts) > _MOST_FILES:
            del self._counts[next(iter(self._counts))]
        return self._counts[sha256] >= MOST_SETBACKS

    def forget(self, sha256: str) -> None:
        self._counts.pop(sha256, None)
