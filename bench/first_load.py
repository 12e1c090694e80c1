"""What a phone fetches before an app's first screen is drawn."""

import gzip
import re
from pathlib import Path

AS_THE_SERVER_DOES = 4
_SCRIPT = re.compile(r"""<(?:script|link rel="modulepreload")[^>]* (?:src|href)="/(assets/[^"]+\.js)">""")


def script_bytes(web_folder: Path, page: str) -> dict[str, int]:
    """The compressed size of the page's script and of all it imports at once, which the build lists in the page itself."""
    names = _SCRIPT.findall((web_folder / page).read_text(encoding="utf-8"))
    return {name: len(gzip.compress((web_folder / name).read_bytes(), AS_THE_SERVER_DOES)) for name in names}
