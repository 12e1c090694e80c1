"""Parts of files, as browsers ask for them to show a video from its middle (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

from pawline.platform.errors import Problem

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


class NotInFile(Problem):
    """The part asked for lies beyond the end."""

    status = 416
    code = "not_in_file"
    title = "This part of the file does not exist"

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"The file ends after {size_bytes} bytes.")
        self.size_bytes = size_bytes


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Both ends are part of it."""

    first: int
    last: int


def read_range(header: str | None, *, size_bytes: int) -> ByteRange | None:
    """Which part a ``Range`` header asks for; None for the whole file, also when it asks for several parts or cannot be read.

    Raises:
        NotInFile: nothing of what it asks for is there.
    """
    asked = _ONE_RANGE.fullmatch(header.replace(" ", "")) if header else None
    if asked is None or asked[0] == "bytes=-":
        return None
    if not asked[1]:  # the last so many
        first, last = max(0, size_bytes - int(asked[2])), size_bytes - 1
    else:
        first, last = int(asked[1]), min(int(asked[2] or size_bytes), size_bytes - 1)
        if asked[2] and int(asked[2]) < first:
            return None
    if first >= size_bytes:
        raise NotInFile(size_bytes)
    return ByteRange(first, last)
