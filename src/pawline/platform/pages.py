"""The compiled browser apps: one page for each, hashed assets beside them."""

from pathlib import Path
from typing import Any

from litestar import Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.static_files import (
    create_static_files_router,  # pyright: ignore[reportUnknownVariableType] - the library leaves PathLike open
)
from litestar.types import ControllerRouterHandler

from pawline.platform.errors import NotFound

WEB_FOLDER = Path(__file__).parent.parent / "web_dist"
_PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), microphone=()",
}


def page_routes(folder: Path, *, is_demo: bool) -> list[ControllerRouterHandler]:
    """``/staff`` and ``/owner`` with all paths below them, and ``/``: the start page of the demo, else the owner's app."""

    @get(["/staff", "/staff/{path:path}"], include_in_schema=False)
    async def staff_page() -> Response[bytes]:
        return _page(folder, "staff.html")

    @get(["/owner", "/owner/{path:path}"], include_in_schema=False)
    async def owner_page() -> Response[bytes]:
        return _page(folder, "owner.html")

    @get(["/", "/demo/{path:path}"] if is_demo else "/", include_in_schema=False)
    async def first_page() -> Response[bytes]:
        return _page(folder, "start.html" if is_demo else "owner.html")

    routes: list[ControllerRouterHandler] = [staff_page, owner_page, first_page]
    return [*routes, *_root_files(folder), *_assets(folder)]


def _page(folder: Path, name: str) -> Response[bytes]:
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error
    return Response(content, media_type="text/html; charset=utf-8", headers=_PAGE_HEADERS)


def _assets(folder: Path) -> list[Router]:
    if not (folder / "assets").is_dir():
        return []
    forever = CacheControlHeader(public=True, max_age=31_536_000, immutable=True)
    return [
        create_static_files_router(
            "/assets", [folder / "assets"], include_in_schema=False, cache_control=forever, after_request=_without_sniffing
        )
    ]


def _without_sniffing(response: Response[Any]) -> Response[Any]:
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _root_files(folder: Path) -> list[ControllerRouterHandler]:
    """Icons, manifest and service worker: few, small, at fixed names."""
    types = {
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".ico": "image/x-icon",
        ".webmanifest": "application/manifest+json",
        ".js": "text/javascript",
    }
    return [_root_file(path, types[path.suffix]) for path in sorted(folder.glob("*")) if path.suffix in types]


def _root_file(path: Path, media_type: str) -> ControllerRouterHandler:
    @get(f"/{path.name}", include_in_schema=False)
    async def root_file() -> Response[bytes]:
        return Response(
            path.read_bytes(), media_type=media_type, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        )

    return root_file
