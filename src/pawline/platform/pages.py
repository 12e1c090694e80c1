"""The compiled browser apps: one page for each, hashed assets beside them."""

from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from pawline.platform.errors import NotFound

WEB_FOLDER = Path(__file__).parent.parent / "web_dist"
_TYPES = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "connect-src 'self' ws: wss:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(self)",
}


def page_routes(folder: Path, *, is_demo: bool) -> list[ControllerRouterHandler]:
    """``/staff`` and ``/owner`` with all paths below them, and ``/``: the start page of the demo, else the owner's app.

    ``/phones``: only the demo has it.
    """

    @get(["/staff", "/staff/{path:path}"], include_in_schema=False)
    async def staff_page() -> Response[bytes]:
        return _page(folder, "staff.html")

    @get(["/owner", "/owner/{path:path}"], include_in_schema=False)
    async def owner_page() -> Response[bytes]:
        return _page(folder, "owner.html")

    @get(["/", "/demo/{path:path}"] if is_demo else "/", include_in_schema=False)
    async def first_page() -> Response[bytes]:
        return _page(folder, "start.html" if is_demo else "owner.html")

    @get("/phones", include_in_schema=False)
    async def phones_page() -> Response[bytes]:
        return _page(folder, "phones.html")

    routes: list[ControllerRouterHandler] = [staff_page, owner_page, first_page, *([phones_page] if is_demo else [])]
    return [*routes, *_root_files(folder), _assets(folder)]


def _page(folder: Path, name: str) -> Response[bytes]:
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error
    return Response(content, media_type="text/html", headers=_PAGE_HEADERS)


def _assets(folder: Path) -> ControllerRouterHandler:
    """By name, out of those there were at the start: nothing a path may hold can lead elsewhere."""
    contents = {path.name: path.read_bytes() for path in sorted((folder / "assets").glob("*")) if path.suffix in _TYPES}

    @get("/assets/{name:str}", include_in_schema=False)
    async def asset(name: FromPath[str]) -> Response[bytes]:
        if name not in contents:
            raise NotFound
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return Response(contents[name], media_type=_TYPES[Path(name).suffix], headers=headers)

    return asset


def _root_files(folder: Path) -> list[ControllerRouterHandler]:
    """Icons, manifest and service worker: few, small, at fixed names."""
    return [_root_file(path, _TYPES[path.suffix]) for path in sorted(folder.glob("*")) if path.suffix in _TYPES]


def _root_file(path: Path, media_type: str) -> ControllerRouterHandler:
    @get(f"/{path.name}", include_in_schema=False)
    async def root_file() -> Response[bytes]:
        return Response(
            path.read_bytes(), media_type=media_type, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        )

    return root_file
