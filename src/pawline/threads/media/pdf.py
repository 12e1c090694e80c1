"""A PDF in, a quieter PDF out: no scripts, no embedded files, nothing that acts by itself, no author's metadata.

Runs in a child process (``python -m pawline.threads.media.pdf``); the pages stay as they are, and it is only ever a download.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf

from pawline.threads.media.child import Refused, serve_one_job

# ISO 32000-2: 12.6 actions, 7.11.4 embedded files, 12.7.8 XFA, 13 media, 14.3 metadata. Gone wherever they stand.
_FORBIDDEN_KEYS = (
    "/OpenAction",
    "/AA",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/RichMediaContent",
    "/Metadata",
    "/PieceInfo",
)
# Of the actions, only moving within the file and opening a web page remain.
_KEPT_ACTIONS = ("/GoTo", "/URI", "/Named")
_KEPT_LINKS = ("https://", "http://", "mailto:", "tel:")


def clean_pdf(source: Path, folder: Path) -> Mapping[str, int | str]:
    """Write ``document`` into ``folder``; returns the number of pages.

    A file that only forbids printing opens for everyone and passes, without that ban; one that needs a password does not.

    Raises:
        Refused: ``locked`` with a password, or without any page.
    """
    try:
        pdf = pikepdf.open(source)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    with pdf:
        pages = len(pdf.pages)
        if pages == 0:
            raise Refused("unreadable")
        for entry in _dictionaries(pdf):
            _disarm(entry)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        pdf.save(folder / "document", encryption=False)
    return {"pages": pages}


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, however deep; what is only pointed at comes in its own turn."""
    for top in [pdf.trailer, *pdf.objects]:
        waiting = [top]
        while waiting:
            current = waiting.pop()
            if isinstance(current, pikepdf.Array):
                waiting.extend(_written_here(list(current)))
            elif isinstance(current, (pikepdf.Dictionary, pikepdf.Stream)):
                yield current
                waiting.extend(_written_here([current[key] for key in current.keys()]))  # noqa: SIM118 - not a dict


def _written_here(values: list[pikepdf.Object]) -> list[pikepdf.Object]:
    # Numbers and the like arrive as plain Python values.
    return [
        value
        for value in values
        if isinstance(value, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)) and not value.is_indirect
    ]


def _disarm(entry: pikepdf.Object) -> None:
    for key in _FORBIDDEN_KEYS:
        if key in entry:
            del entry[key]
    if "/A" in entry and not _is_harmless(entry["/A"]):
        del entry["/A"]
    if "/Next" in entry and "/S" in entry:  # actions chain; links of a chapter list, also "/Next", have no "/S"
        del entry["/Next"]


def _is_harmless(action: pikepdf.Object) -> bool:
    """An annotation's ``/A`` is an action; elsewhere the same key may be a number or a list, which do nothing."""
    if not isinstance(action, pikepdf.Dictionary):
        return True
    if str(action.get("/S", "")) not in _KEPT_ACTIONS:
        return "/S" not in action
    return "/URI" not in action or str(action["/URI"]).lower().startswith(_KEPT_LINKS)


if __name__ == "__main__":
    serve_one_job(clean_pdf)
