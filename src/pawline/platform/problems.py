"""Problem details (RFC 9457) for every refusal and failure."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.status_codes import HTTP_400_BAD_REQUEST

from pawline.platform.errors import FieldError, NotFound, Problem, TooManyRequests, Unavailable

_MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger()

_WORDS = {
    400: ("bad_request", "The request cannot be read"),
    405: ("method_not_allowed", "This cannot be done here"),
    406: ("not_acceptable", "No such format"),
    413: ("too_large", "Too large"),
    415: ("unsupported", "This kind of content cannot be used"),
    422: ("invalid", "Something in the request needs correcting"),
    429: ("too_many_requests", "Too many requests"),
}


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True):
    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError]


def on_problem(_: Request[Any, Any, Any], problem: Problem) -> Response[ProblemDetails]:
    headers: dict[str, str] = {}
    if isinstance(problem, (Unavailable, TooManyRequests)):
        headers["Retry-After"] = str(problem.retry_after_seconds)
    details = ProblemDetails(
        title=problem.title, status=problem.status, detail=problem.detail, code=problem.code, errors=problem.errors
    )
    return _response(details, headers)


def on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[ProblemDetails]:
    """What the framework itself refuses, in the same form."""
    if isinstance(error, NotFoundException):
        return on_problem(request, NotFound())
    if isinstance(error, ValidationException) or (error.status_code == HTTP_400_BAD_REQUEST and error.extra):
        errors = _field_errors(error.extra)
        code, title = _WORDS[422]
        return _response(ProblemDetails(title=title, status=422, detail=_sentence(errors), code=code, errors=errors))
    code, title = _WORDS.get(error.status_code, ("error", "This did not work"))
    details = ProblemDetails(title=title, status=error.status_code, detail=error.detail or title, code=code, errors=[])
    return _response(details, error.headers or {})


def on_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    route = cast("dict[str, Any]", request.scope).get("path_template")
    _log.exception("request_failed", method=request.method, route=route, error=type(error).__name__)
    sentence = "Something went wrong on our side. Nothing was changed; please try again."
    return _response(ProblemDetails(title="This did not work", status=500, detail=sentence, code="failed", errors=[]))


def _response(details: ProblemDetails, headers: Mapping[str, str] | None = None) -> Response[ProblemDetails]:
    return Response(details, status_code=details.status, media_type=_MEDIA_TYPE, headers=dict(headers or {}))


def _field_errors(extra: Any) -> list[FieldError]:
    """``extra`` is the framework's: mostly a list of dictionaries, sometimes with a name as ``key``."""
    entries = cast("list[Any]", extra) if isinstance(extra, list) else []
    found = [cast("dict[str, Any]", entry) for entry in entries if isinstance(entry, dict)]
    return [FieldError(str(entry.get("key") or "body"), str(entry.get("message", "is not valid"))) for entry in found]


def _sentence(errors: list[FieldError]) -> str:
    return (
        "; ".join(f"{error.field}: {error.message}" for error in errors)
        or "The request does not have the form described at /api/openapi.json."
    )
