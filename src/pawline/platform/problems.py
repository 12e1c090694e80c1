"""Problem details (RFC 9457) for every refusal and failure."""

import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.handlers.base import BaseRouteHandler
from litestar.status_codes import HTTP_400_BAD_REQUEST

from pawline.platform.byte_ranges import NotInFile
from pawline.platform.errors import FieldError, Invalid, NotFound, Problem, TooManyRequests, Unavailable
from pawline.platform.field_words import field_error

MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger()

# What the framework refuses by itself: code, title, and a sentence in place of its own.
_WORDS = {
    400: ("bad_request", "The request cannot be read", "This request is not one that Pawline understands."),
    405: ("method_not_allowed", "This cannot be done here", "This address does not take requests of this kind."),
    406: ("not_acceptable", "No such format", "This is not available in the format you asked for."),
    413: ("too_large", "Too large", "This request is too large. Send less at once."),
    415: ("unsupported", "This kind of content cannot be used", "Send the body as JSON."),
    429: ("too_many_requests", "Too many requests", "Please wait a moment and try again."),
}
_OTHERS = ("error", "This did not work", "Something went wrong on our side. Please try again.")
_MISSING_PARAMETER = re.compile(r"Missing required \w+ parameter '([\w-]+)' for path")


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
    if isinstance(problem, NotInFile):
        headers["Content-Range"] = f"bytes */{problem.size_bytes}"
    details = ProblemDetails(
        title=problem.title, status=problem.status, detail=problem.detail, code=problem.code, errors=problem.errors
    )
    return _response(details, headers)


def on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[ProblemDetails]:
    """What the framework itself refuses, in the same form."""
    if isinstance(error, NotFoundException):
        return on_problem(request, NotFound())
    if isinstance(error, ValidationException) or (error.status_code == HTTP_400_BAD_REQUEST and error.extra):
        handler = cast("dict[str, Any]", request.scope).get("route_handler")
        return on_problem(request, Invalid.fields(_field_errors(error, handler)))
    code, title, sentence = _WORDS.get(error.status_code, _OTHERS)
    details = ProblemDetails(title=title, status=error.status_code, detail=sentence, code=code, errors=[])
    return _response(details, error.headers or {})


def on_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemDetails]:
    route = cast("dict[str, Any]", request.scope).get("path_template")
    _log.exception("request_failed", method=request.method, route=route, error=type(error).__name__)
    sentence = "Something went wrong on our side. Nothing was changed; please try again."
    return _response(ProblemDetails(title="This did not work", status=500, detail=sentence, code="failed", errors=[]))


EXCEPTION_HANDLERS = {Problem: on_problem, HTTPException: on_http_exception, Exception: on_unexpected}


def _response(details: ProblemDetails, headers: Mapping[str, str] | None = None) -> Response[ProblemDetails]:
    return Response(details, status_code=details.status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _field_errors(error: HTTPException, handler: BaseRouteHandler | None) -> list[FieldError]:
    """The framework says it in ``extra``: mostly a list of dictionaries, sometimes with a name as ``key``."""
    if missing := _MISSING_PARAMETER.match(error.detail):
        return [FieldError(missing[1], "is missing; add it")]
    entries = error.extra if isinstance(error.extra, list) else []
    found = [cast("dict[str, Any]", entry) for entry in entries if isinstance(entry, dict)]
    if not found:
        return [field_error("", "")]
    return [_field_error(str(entry.get("key") or ""), str(entry.get("message", "")), handler) for entry in found]


def _field_error(key: str, message: str, handler: BaseRouteHandler | None) -> FieldError:
    if key == "data":
        is_missing = message == "'data'"  # what is left of the framework's KeyError when there is no body at all
        return FieldError("body", "is missing; send JSON") if is_missing else field_error("", message)
    return field_error(_name_outside(key, handler), message)


def _name_outside(key: str, handler: BaseRouteHandler | None) -> str:
    """The name of a parameter as requests carry it; the framework tells the one in our code."""
    definition = handler.parsed_fn_signature.parameters.get(key) if handler is not None else None
    return getattr(definition.kwarg_definition, "name", None) or key if definition is not None else key
