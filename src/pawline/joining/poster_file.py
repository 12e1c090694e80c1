"""A poster as an answer to a request."""

import asyncio

from litestar import Response

from pawline.joining.poster_facts import Paper, Poster
from pawline.joining.poster_words import PosterLanguage
from pawline.platform.file_response import safe_headers


async def poster_response(poster: Poster, paper: Paper, language: PosterLanguage = "en") -> Response[bytes]:
    # In a thread: it takes long enough for somebody's message to wait for it.
    content = await asyncio.to_thread(_print, poster, paper, language)
    headers = safe_headers("application/pdf", f"Poster {poster.clinic_name}.pdf", is_download=True)
    return Response(content, media_type="application/pdf", headers={**headers, "Cache-Control": "private, no-store"})


def _print(poster: Poster, paper: Paper, language: PosterLanguage) -> bytes:
    from pawline.joining.poster_pdf import print_poster  # noqa: PLC0415 - takes 24 MiB that only few processes ever need

    return print_poster(poster, paper, language)
